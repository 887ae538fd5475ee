"""The pages of duty files: whose, of which period, with links that their reader can follow."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.periods import Period
from delegates.duty_file import duty_files
from delegates.models import Delegate, Mandate
from groups.models import Membership
from tests import factory
from tests.voters.printed_paper import content, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(set_today):
    set_today("2020-08-20")


@pytest.fixture
def person(delegate):
    """With an activity attended and one missed for health."""
    mandate = delegate.delegate.mandates.get()
    group = factory.make_group(1)
    factory.make_attendance(factory.make_activity("2020-03-01", group, title="组内视察"), mandate)
    missed = factory.make_activity("2020-04-01", title="全镇视察")
    factory.make_attendance(missed, mandate, "leave", "health")
    return delegate.delegate


def address(person, query=""):
    return f"/delegates/{person.pk}/duty-file/{query}"


def inspections(page):
    [part] = [each.part for each in page.context["parts"] if each.part.key == "inspection"]
    return part


def test_links_and_health_are_for_those_who_may_read_them(
    person, office, chair, leader, delegate, logged_in
):
    shown = {}
    for user in (office, chair, leader, delegate):
        page = logged_in(user).get(address(person))
        shown[user.username] = [
            (each.address.strip("/").split("/")[:-1], each.remark)
            for each in inspections(page).entries
        ]
    assert shown == {
        "office": [(["activities"], ""), (["activities"], "健康")],
        "chair": [(["activities"], ""), (["activities"], "")],
        "leader": [(["activities"], ""), ([], "")],
        "delegate": [(["my", "activities"], ""), (["my", "activities"], "健康")],
    }


def test_leaders_read_those_of_their_members_of_today(person, leader, other_leader, logged_in):
    own = leader.delegate
    answers = {
        user.username: [logged_in(user).get(address(each)).status_code for each in (person, own)]
        for user in (leader, other_leader)
    }
    assert answers == {"leader": [200, 200], "other_leader": [404, 404]}
    lines = logged_in(leader).get("/duty-files/").context["rows"]
    assert {cells[0]["text"] for _, cells in lines} == {"一组组长", "代表甲"}


def test_a_delegate_is_led_to_the_own_file(person, delegate, logged_in):
    response = logged_in(delegate).get("/duty-files/")
    assert response.url == address(person)


@pytest.mark.parametrize(
    ("query", "words", "days"),
    [
        ("", "2020年", ["2020-03-01", "2020-04-01"]),
        ("?period=2019", "2019年", []),
        (
            "?period=term",
            "十五届（2016年12月20日至2020年8月20日）",
            ["2020-03-01", "2020-04-01"],
        ),
        (
            "?period=range&first=2020-01-01&last=2020-03-31",
            "2020年1月1日至2020年3月31日",
            ["2020-03-01"],
        ),
        ("?period=range&first=2020-05-01", "2020年", ["2020-03-01", "2020-04-01"]),
        ("?period=range&first=2020-05-01&last=2020-04-01", "2020年", ["2020-03-01", "2020-04-01"]),
        ("?period=20200", "2020年", ["2020-03-01", "2020-04-01"]),
        ("?period=2099", "2099年", []),
    ],
)
def test_the_period_stays_in_the_address(person, office, logged_in, query, words, days):
    page = logged_in(office).get(address(person, query))
    assert page.context["chosen"].words == words
    assert [str(each.day) for each in inspections(page).entries] == days
    assert page.context["chosen"].query in page.context["pdf_url"]


def test_the_overview_counts_sorts_and_exports(person, office, logged_in):
    factory.make_membership(
        factory.make_group(2), factory.make_mandate(factory.make_delegate("李敏"))
    )
    ended = factory.make_mandate(start="2017-01-05", end="2019-06-01")
    client = logged_in(office)

    def lines(query=""):
        rows = client.get(f"/duty-files/{query}").context["rows"]
        return [[cell["text"] for cell in cells[:8]] for _, cells in rows]

    first = ["代表甲", "第一代表小组", "2", "1", "1", "0", "0", "50%"]
    second = ["李敏", "第二代表小组", "1", "0", "0", "0", "1", ""]
    assert lines() == [first, second]
    assert lines("?sort=present") == [second, first]
    assert lines("?sort=-present") == [first, second]
    assert lines(f"?group={factory.make_group(2).pk}") == [second]
    assert lines("?q=李") == [second]
    assert [line[0] for line in lines("?period=2019")] == ["代表甲", "李敏", str(ended.delegate)]
    response = client.get("/duty-files/?export=xlsx&q=李")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    [heading, line] = book.active.iter_rows(values_only=True)
    assert heading[:5] == ("姓名", "代表小组", "应到", "实到", "请假")
    assert line[:5] == ("李敏", "第二代表小组", 1, 0, 0)


def test_the_paper_tells_the_same(person, office, logged_in):
    factory.make_township()
    paper = logged_in(office).get(f"/delegates/{person.pk}/duty-file/pdf/")
    text = text_of(content(paper))
    for words in (
        "XX镇人大代表履职档案",
        "代表甲",
        "组内视察（第一代表小组组织）",
        "健康",
        "本时期没有记录",
    ):
        assert words in text


def many(number):
    """So many more delegates in group 1."""
    group = factory.make_group(1)
    pattern = factory.make_mandate()
    start = Delegate.objects.count()
    people = Delegate.objects.bulk_create(
        Delegate(name=f"代表{start + n}号", sex="女", birth_month=factory.day("1980-01-01"))
        for n in range(number)
    )
    mandates = Mandate.objects.bulk_create(
        Mandate(
            delegate=person,
            level="town",
            term=pattern.term,
            constituency=pattern.constituency,
            card_number=f"M{person.pk}",
            start=pattern.start,
        )
        for person in people
    )
    Membership.objects.bulk_create(
        Membership(group=group, mandate=mandate, start=mandate.start) for mandate in mandates
    )


def test_as_many_queries_for_three_hundred_as_for_three(person, office, logged_in, queries_of):
    client = logged_in(office)
    many(1)
    queries_of(client, "/duty-files/")
    asked = []
    for more in (0, 297):
        many(more)
        with CaptureQueriesContext(connection) as collected:
            duty_files(Delegate.objects.all(), Period.of_year(2020), office)
        asked.append(
            [
                len(collected),
                queries_of(client, "/duty-files/"),
                queries_of(client, address(person)),
            ]
        )
    assert asked[0] == asked[1]
