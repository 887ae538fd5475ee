"""The page 接待情况 over the ledgers of 2020: every number is the list behind it."""

import io

import openpyxl
import pytest

from congress.roles import Role
from groups.models import DelegateGroup, Membership, Post
from tests import factory
from tests.voters.figure_pages import PAGE, numbers_unlike_their_lists, tables, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


@pytest.fixture
def leader_of_one(imported_2020, db, logged_in):
    """The session of the leader of group 1."""
    post = Membership.objects.get(group__ordinal=1, post=Post.LEADER, end=None)
    user = factory.make_user("leader", Role.LEADER)
    person = post.mandate.delegate
    person.account = user
    person.save()
    return logged_in(user)


def test_every_number_is_the_list_behind_it(imported_2020, client):
    assert numbers_unlike_their_lists(client, year=2020) == (119, [])


def test_every_number_of_a_leader_is_the_list_behind_it(leader_of_one):
    group = DelegateGroup.objects.get(ordinal=1)

    for query in ({}, {"group": group.pk}):
        count, unlike = numbers_unlike_their_lists(leader_of_one, year=2020, **query)
        assert (count > 50, unlike) == (True, [])


def test_the_figures_of_2020_are_those_of_the_report(imported_2020, client):
    found = tables(client, year=2020)

    assert [values(row)[:7] for row in found["按代表小组"].rows] == [
        ["第一代表小组", 8, 0, 17, 0, 19, 43],
        ["第二代表小组", 8, 0, 15, 0, 19, 34],
        ["第三代表小组", 8, 1, 16, 0, 16, 27],
    ]
    assert values(found["按代表小组"].total) == ["合计", 24, 1, 48, 0, 54, 104]
    assert len(found["按日期"].rows) == 9
    assert [values(row)[:3] for row in found["来访方式"].rows] == [
        ["当面", 49, 99],
        ["电话", 2, 2],
        ["书面", 1, 1],
        ["入户", 2, 2],
    ]
    assert sum(row[1].value for row in found["意见建议类别"].rows) == 33
    assert found["第一代表小组轮值"].note == (
        "21名代表中9名到岗。每次都可轮值的代表中，最多2班次，最少0班次，相差2班次。"
    )


def test_a_group_alone(imported_2020, client):
    group = DelegateGroup.objects.get(ordinal=3)
    found = tables(client, year=2020, group=group.pk)

    assert values(found["按代表小组"].total)[:7] == ["合计", 8, 1, 16, 0, 16, 27]
    assert [title for title in found if title.endswith("轮值")] == ["第三代表小组轮值"]


def test_a_leader_sees_the_own_group_only(leader_of_one):
    assert [values(row)[0] for row in tables(leader_of_one, year=2020)["按代表小组"].rows] == [
        "第一代表小组"
    ]
    other = DelegateGroup.objects.get(ordinal=2)
    assert leader_of_one.get(PAGE, {"year": 2020, "group": other.pk}).status_code == 404


def test_the_workbook_holds_the_tables(imported_2020, client):
    response = client.get(PAGE, {"year": 2020, "export": "xlsx"})
    workbook = openpyxl.load_workbook(io.BytesIO(response.getvalue()))

    found = tables(client, year=2020)
    assert workbook.sheetnames == list(found)
    for sheet in workbook:
        table = found[sheet.title]
        rows = [*table.rows, table.total] if table.total else table.rows
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
            list(table.headings),
            *map(values, rows),
        ]
