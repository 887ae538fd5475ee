"""代表名册 of a day: who stands on it, in which order, and read back by the import."""

import io

import openpyxl
import pytest
from django.urls import reverse

from congress.models import AuditEntry
from delegates.models import Constituency, Delegate, Level, Mandate
from groups.models import Membership, Post
from groups.roll.people import Order, entries, in_order, sections
from groups.roll.scope import Scope, day_of
from groups.roll.sheets import write_roll
from groups.roster.judging import Judge
from groups.roster.reading import read_roster
from tests import factory

pytestmark = pytest.mark.django_db
DAY = factory.day("2020-08-20")


@pytest.fixture(autouse=True)
def town(set_today):
    set_today("2020-08-20")
    factory.make_township()


def join(name, ordinal=1, post=Post.MEMBER, card=None, mandate=None, **fields):
    """A delegate of the town in a group."""
    if mandate is None:
        fields = {"card_number": card} | fields if card else fields
        mandate = factory.make_mandate(factory.make_delegate(name), **fields)
    factory.make_membership(factory.make_group(ordinal), mandate, post)
    return mandate


def names(order=Order.CARD, **scope):
    return [each.person.name for each in in_order(entries(Scope(DAY, **scope)), order)]


ORDERS = {
    Order.GROUP: ["单雄", "田富", "田大利", "曾甲", "王喆", "阿不都", "李珮"],
    Order.CARD: ["田富", "单雄", "王喆", "田大利", "阿不都", "曾甲", "李珮"],
    # Surnames as they are read: 单 shan, 曾 zeng.
    Order.PINYIN: ["阿不都", "李珮", "单雄", "田大利", "田富", "王喆", "曾甲"],
    Order.SURNAME: ["王喆", "田富", "田大利", "李珮", "阿不都", "单雄", "曾甲"],
    Order.FULL_NAME: ["王喆", "田大利", "田富", "李珮", "阿不都", "单雄", "曾甲"],
}


@pytest.mark.parametrize("order", ORDERS)
def test_orders(order):
    join("田富", card="Z15-2")
    join("田大利", card="Z15-10")
    join("王喆", 2, card="Z15-9", post=Post.LIAISON)
    join("阿不都", 2, card="Z15-11")
    join("曾甲", 2, card="Z15-12", post=Post.LEADER)
    join("单雄", card="Z15-3", post=Post.LEADER)
    factory.make_mandate(factory.make_delegate("李珮"), card_number="Z15-13")

    assert names(order) == ORDERS[order]


def test_sections_of_groups():
    join("王喆", 2)
    join("李珮")
    factory.make_mandate(factory.make_delegate("田富"))
    ordered = in_order(entries(Scope(DAY)), Order.GROUP)
    found = [
        (heading, [each.person.name for each in part])
        for heading, part in sections(ordered, Order.GROUP)
    ]

    assert found == [("第一代表小组", ["李珮"]), ("第二代表小组", ["王喆"]), ("未编组", ["田富"])]
    assert [heading for heading, _ in sections(ordered, Order.CARD)] == [""]


def test_who_is_in_office_that_day():
    join("在任")
    join("离任", end="2020-08-20")
    join("次日离任", end="2020-08-21")
    join("未到任", start="2020-08-21")
    factory.make_suspension(join("暂停"), "2020-08-01")
    moved = join("调组")
    Membership.objects.filter(mandate=moved).update(end=DAY)
    join("调组", 2, mandate=moved)

    found = entries(Scope(DAY))
    assert [(each.person.name, each.group) for each in found] == [
        ("在任", "第一代表小组"),
        ("次日离任", "第一代表小组"),
        ("调组", "第二代表小组"),
    ]
    assert names(group=factory.make_group(2)) == ["调组"]


def test_two_mandates_are_one_line():
    mandate = join("王喆", post=Post.LEADER)
    factory.make_mandate(mandate.delegate, Level.COUNTY, card_number="X15-001")
    [entry] = entries(Scope(DAY))

    assert (entry.levels, entry.cards, entry.group, entry.post) == (
        "县、镇",
        "X15-001、Z15-001",
        "第一代表小组",
        "组长",
    )
    # The county's mandate alone still tells of the group.
    [of_county] = entries(Scope(DAY, level="county", group=factory.make_group()))
    assert (of_county.cards, of_county.group) == ("X15-001", "第一代表小组")


@pytest.mark.parametrize(
    ("ordinal", "last_day", "expected"),
    [
        (15, None, "2020-08-20"),
        (14, None, "2016-12-19"),
        (14, "2016-11-30", "2016-12-19"),
        (16, None, "2021-12-20"),
    ],
)
def test_day_of_a_term(ordinal, last_day, expected):
    factory.make_term()
    factory.make_term(14, "2011-12-20")
    factory.make_term(16, "2021-12-20")
    term = factory.make_term(ordinal)
    term.last_day = factory.day(last_day)

    assert day_of(term) == factory.day(expected)
    assert day_of(None) == DAY


def test_import_reads_the_workbook_back_without_changes():
    join("艾力·吐尔逊", post=Post.LEADER, start="2017-01-05")
    join("黄𬱖", 2)
    both = join("王喆", 2, post=Post.VICE_LEADER)
    factory.make_membership(
        factory.make_group(2),
        factory.make_mandate(both.delegate, Level.COUNTY, card_number="X15-001"),
        Post.MEMBER,
    )
    Delegate.objects.update(ethnicity="回族", education="大专", party="群众", occupation="=村民")
    for phones in (True, False):
        file = io.BytesIO()
        write_roll(file, in_order(entries(Scope(DAY)), Order.SURNAME), phones=phones)
        file.seek(0)
        roster = read_roster(file, {})
        judged = Judge(factory.make_term()).judge(roster.rows)

        assert [
            (each.row["姓名"], each.word, each.row.notes, each.row.errors, each.changes)
            for each in judged
        ] == [(name, "无变化", [], [], []) for name in ("王喆", "王喆", "艾力·吐尔逊", "黄𬱖")]


def headings(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    return [cell.value for cell in sheet[1]]


def test_phones_only_for_who_keeps_the_records(chair, office, logged_in, monkeypatch):
    join("王喆")
    address = reverse("delegate_roll")
    asked = f"{address}?export=xlsx&phones=on"
    printed = []
    monkeypatch.setattr(
        "groups.roll.sheets.render_to_string", lambda _, context: printed.append(context["phones"])
    )
    monkeypatch.setattr("groups.roll.sheets.render_pdf", lambda html: b"%PDF-")
    for user in (office, chair):
        client = logged_in(user)
        pdf = f"{reverse('delegate_roll_pdf')}?phones=on"
        client.get(pdf)
        if user is office:
            assert printed == []
            client.post(pdf, {"reason": "存入纸质档案"})
        assert "联系电话" not in headings(client.get(f"{address}?export=xlsx"))

    assert printed == [True, False]
    assert "事由" in logged_in(office).get(asked).content.decode()
    assert "联系电话" in headings(logged_in(office).post(asked, {"reason": "统计核对"}))
    told = AuditEntry.objects.filter(kind__in=["export", "print"]).values_list("kind", "reason")
    assert list(told.order_by("pk")) == [("print", "存入纸质档案"), ("export", "统计核对")]
    assert "联系电话" not in headings(logged_in(chair).get(asked))
    assert "13800000001" not in logged_in(office).get(address).content.decode()


def test_page_tells_what_cannot_be_sorted_or_printed(office, logged_in):
    join("𱍊明")
    client = logged_in(office)
    page = client.get(f"{reverse('delegate_roll')}?order=surname").content.decode()

    assert "没有收录“𱍊”的笔画笔顺" in page
    assert "𱍊明（𱍊）" in page
    assert "没有收录" not in client.get(reverse("delegate_roll")).content.decode()


def test_what_is_not_understood_is_told_and_left_out(office, logged_in):
    join("王喆")
    response = logged_in(office).get(
        f"{reverse('delegate_roll')}?day=abc&group=999&order=x&level=town"
    )

    assert "请填写日期，如2020-08-20。" in response.content.decode()
    assert response.context["count"] == 1


def many(count):
    """Town delegates in a group, stored at once."""
    known = Delegate.objects.count()
    constituency = Constituency.objects.first() or factory.make_constituency()
    group = factory.make_group()
    people = Delegate.objects.bulk_create(
        Delegate(name=f"代表{number}", sex="女", birth_month=DAY, phone=str(10**10 + number))
        for number in range(known, count)
    )
    mandates = Mandate.objects.bulk_create(
        Mandate(
            delegate=person,
            level=Level.TOWN,
            term=group.term,
            constituency=constituency,
            card_number=f"Z15-{person.pk}",
            start=group.start,
        )
        for person in people
    )
    Membership.objects.bulk_create(
        Membership(group=group, mandate=mandate, start=group.start) for mandate in mandates
    )


def test_queries_do_not_grow(office, logged_in, queries_of):
    client = logged_in(office)
    addresses = [
        reverse("delegate_roll"),
        f"{reverse('delegate_roll')}?order=surname&party=untold&export=xlsx",
        reverse("delegate_structure"),
        f"{reverse('delegate_structure')}?other_day=2019-01-01",
    ]
    found = []
    for count in (3, 300):
        many(count)
        found.append([queries_of(client, address) for address in addresses])

    assert found[0] == found[1]
    assert names()[-1] == "代表299"
