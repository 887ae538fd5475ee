"""The page 办理情况 over the ledgers of 2020: every number is the list behind it."""

import io

import openpyxl
import pytest

from congress.roles import Role
from groups.models import DelegateGroup, Membership, Post
from tests import factory
from tests.voters.board_pages import (
    PAGE,
    numbers_unlike_their_lists,
    opened,
    rates,
    tables,
    values,
)
from voters.models import FeedbackItem, HandlingUnit, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_cut_off(set_today):
    set_today("2020-08-20")


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def test_every_number_is_the_list_behind_it(imported_2020, client):
    count, unlike = numbers_unlike_their_lists(client)

    assert (count > 150, unlike) == (True, [])


@pytest.mark.parametrize(
    "query",
    [
        {"day": "2020-05-31"},
        {"first": "2020-03-01", "last": "2020-06-30", "counted": "true"},
        {"first": "2020-01-01", "last": "2020-12-31", "day": "2021-01-31"},
    ],
)
def test_every_number_of_another_period_is_the_list_behind_it(imported_2020, client, query):
    count, unlike = numbers_unlike_their_lists(client, **query)

    assert (count > 60, unlike) == (True, [])


def test_every_number_of_a_group_and_a_topic_is_the_list_behind_it(imported_2020, client):
    topic = Topic.objects.get(name="村村通道路")
    group = DelegateGroup.objects.get(ordinal=1)
    count, unlike = numbers_unlike_their_lists(client, group=group.pk, topic=topic.pk)

    assert (count > 20, unlike) == (True, [])


def test_the_rates_are_those_of_the_report(imported_2020, client):
    assert rates(client) == {
        "reply": (27, 32, None),
        "on_time": (27, 29, None),
        "reply_past_due": (21, 23, None),
        "closed_past_due": (21, 23, None),
        "told": (25, 27, 0),
        "solved": (19, 27, None),
        "process_satisfied": (20, 25, 25),
        "result_satisfied": (17, 25, 23),
    }
    page = opened(client).content.decode()
    assert "代表小组和选民都已告知的条数，占已答复条数的比例。" in page
    assert "满意和基本满意" in page


def test_the_tables_of_2020(imported_2020, client):
    found = tables(client)

    assert [values(row) for row in found["按状态"].rows] == [
        ["登记", 1],
        ["交办", 1],
        ["办理中", 3],
        ["已答复", 2],
        ["办结", 23],
        ["重新办理", 2],
        ["不予受理", 1],
    ]
    assert values(found["按主办单位"].total) == ["合计", 33, 9, 2, 27, 23]
    assert values(found["逾期（按主办单位）"].total)[:2] == ["合计", 2]
    assert dict(values(row)[:2] for row in found["按类别"].rows) == {
        "快速通道建设": 9,
        "村村通道路": 8,
        "民生工程": 7,
        "旅游开发": 5,
        "征地拆迁": 4,
    }
    assert sum(row[1].value for row in found["未办结的已提出多久"].rows) == 9
    assert values(found["按月"].total) == ["合计", 33, 27, 23]
    assert [
        sum(column) for column in zip(*(values(row)[1:] for row in found["按月"].rows), strict=True)
    ] == [33, 27, 23]


def test_the_medians_are_those_of_the_items(imported_2020, client):
    def median(days):
        days = sorted(days)
        return f"{(days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2:g}"

    items = FeedbackItem.objects.filter(replied_on__isnull=False)
    answer = [(item.replied_on - item.assigned_on).days for item in items]
    tell = [(item.voter_told_on - item.replied_on).days for item in items if item.voter_told_on]

    assert values(tables(client)["办理用时的中位数"].total) == [
        "合计",
        "",
        0,
        median(answer),
        27,
        median(tell),
        25,
    ]


def test_a_leader_a_delegate_and_a_unit_see_their_own(imported_2020, logged_in):
    leader = factory.make_user("leader", Role.LEADER)
    delegate = factory.make_user("delegate", Role.DELEGATE)
    unit = factory.make_user("unit", Role.UNIT)
    item = FeedbackItem.objects.filter(state="closed").first()
    post = Membership.objects.get(group__ordinal=1, post=Post.LEADER, end=None)
    post.mandate.delegate.account = leader
    post.mandate.delegate.save()
    received_by = item.visit.received_by.exclude(delegate__account=leader).first()
    received_by.delegate.account = delegate
    received_by.delegate.save()
    HandlingUnit.objects.get(pk=item.lead_unit_id).accounts.add(unit)

    for user in (leader, delegate, unit):
        client = logged_in(user)
        count, unlike = numbers_unlike_their_lists(client)
        total = opened(client).context["headlines"][0].cell.value
        visible = FeedbackItem.objects.visible_to(user).count()
        assert (count > 15, unlike, total) == (True, [], visible)
    assert "按主办单位" not in tables(logged_in(unit))
    other = DelegateGroup.objects.get(ordinal=2)
    refused = logged_in(leader).get(PAGE, {"group": other.pk})
    assert "统计范围填写有误" in refused.content.decode()


def test_the_workbook_holds_the_tables(imported_2020, client):
    response = client.get(PAGE, {"export": "xlsx"})
    workbook = openpyxl.load_workbook(io.BytesIO(response.getvalue()))

    found = tables(client)
    assert workbook.sheetnames == ["比率", *found]
    assert [cell.value for cell in workbook["比率"][2]][:4] == ["答复率", "84.4%", 27, 32]
    for sheet in workbook.worksheets[1:]:
        table = found[sheet.title]
        rows = [*table.rows, table.total] if table.total else table.rows
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
            list(table.headings),
            *([value or (None if value == "" else value) for value in values(row)] for row in rows),
        ]


def test_a_chip_for_each_condition_of_a_number(imported_2020, client):
    address = opened(client).context["rates"][4].rest.address
    chips = client.get(address).context["filter"].chips

    assert [(label, words) for label, words, _ in chips] == [
        ("提出日期自", "2020-01-01"),
        ("至", "2020-08-20"),
        ("计入统计", "各种来源"),
        ("办理情况截至", "2020-08-20"),
        ("比率", "告知率"),
        ("比率的哪一部分", "其余"),
    ]
    without_rate = client.get("/items/" + chips[4][2]).context
    assert without_rate["page_obj"].paginator.count == 33
