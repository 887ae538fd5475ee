"""The pages of a year's plan: the strip, the cards a leader edits, issue, history, what counts."""

import re
import uuid

import pytest
from django.urls import reverse

from congress.models import Session
from groups import planning
from groups.models import PlanChange, PlanItem
from groups.plan import planned_by_month
from tests.factory import (
    day,
    make_activity,
    make_group,
    make_plan_item,
    make_reception_day,
    make_term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is(set_today):
    set_today("2020-08-20")


def year_page(client, year=2020):
    return client.get(reverse("plan_year", args=[year]))


def board(pk):
    return reverse("group_plan", args=[2020, pk])


def card(item=None, **fields):
    """A card as the page sends it."""
    prefix = f"item{item.pk}" if item else "new"
    values = {
        "title": "视察道路",
        "kind": "inspection",
        "first_month": "5",
        "last_month": "6",
        "planned_count": "2",
        "responsible": "组长",
        "participants": "本组代表",
        "note": "",
        **({"version": item.version} if item else {"submission": str(uuid.uuid4())}),
        **fields,
    }
    return {"card": item.pk if item else "new"} | {
        f"{prefix}-{name}": value for name, value in values.items()
    }


@pytest.mark.parametrize(
    ("first", "last", "planned", "spread"),
    [
        (7, 7, 1, [1]),
        (1, 12, 12, [1] * 12),
        (3, 12, 20, [2] * 10),
        (11, 12, 1, [0, 1]),
        (4, 6, 4, [1, 1, 2]),
    ],
)
def test_the_planned_number_is_spread_over_the_months(first, last, planned, spread):
    item = PlanItem(first_month=first, last_month=last, planned_count=planned)

    assert planned_by_month(item) == dict(enumerate(spread, first))


def cells(page, row=0):
    return [f"{cell} {cell.word}".strip() for cell in page.context["rows"][row].cells]


def test_the_strip_tells_each_month_of_each_organiser(office, logged_in):
    make_plan_item(make_group(1), kind="reception", first_month=1, last_month=12, planned_count=12)
    make_plan_item(make_group(1), first_month=3)
    make_plan_item(kind="training", first_month=9)
    for month in (1, 2, 4):
        make_reception_day(f"2020-{month:02}-15", make_group(1), on_duty=[])
    make_activity("2020-03-31", make_group(1))

    page = year_page(logged_in(office))

    assert [row.label for row in page.context["rows"]] == ["全乡镇", "第一代表小组"]
    assert cells(page, 0) == [*[""] * 8, "0/1 未到", *[""] * 3]
    assert cells(page, 1) == [
        "1/1 完成",
        "1/1 完成",
        "1/2 欠",
        "1/1 完成",
        *["0/1 欠"] * 3,
        "0/1 本月",
        *["0/1 未到"] * 4,
    ]
    assert [row.total for row in page.context["rows"]] == ["0/1", "4/13"]


def test_what_is_left_over_when_its_months_are_past_is_late(office, logged_in):
    make_plan_item(first_month=5, last_month=7, planned_count=3)
    make_activity("2020-05-10")
    make_activity("2020-06-10")

    page = year_page(logged_in(office))

    assert cells(page)[4:8] == ["1/1 完成", "1/1 完成", "0/1 逾期", ""]
    assert page.context["late"] == 1


def test_the_drawing_says_all_in_its_description_and_in_the_table(office, logged_in):
    make_plan_item(make_group(1), first_month=7)
    make_activity("2020-07-15", make_group(1))

    html = year_page(logged_in(office)).content.decode()

    assert re.findall(r"<desc>(.*?)</desc>", html) == ["第一代表小组：7月1/1完成。"] * 2
    link = f"{reverse('planitem_list')}?year=2020&amp;month=7&amp;group={make_group(1).pk}"
    assert f'<a href="{link}">1/1</a> 完成' in html


def test_a_year_without_a_plan_offers_to_begin(office, chair, logged_in):
    make_group(1)

    page = year_page(logged_in(office), 2031)

    assert (page.context["rows"], page.context["items"]) == ([], [])
    assert [each.name for each in page.context["plans"]] == ["全乡镇", "第一代表小组"]
    assert [each.may_edit for each in year_page(logged_in(chair)).context["plans"]] == [
        False,
        False,
    ]


@pytest.mark.parametrize(("year", "years"), [(1900, [1900, 1901]), (2099, [2098, 2099])])
def test_the_first_and_the_last_year_have_pages_too(office, logged_in, year, years):
    assert year_page(logged_in(office), year).context["years"] == years


def test_pages_cost_the_same_queries_for_3_items_and_300(
    office, leader, secretary, logged_in, queries_of
):
    group = make_group(1)
    addresses = [(office, reverse("plan_year", args=[2020])), (leader, board(group.pk))]
    addresses.append((secretary, reverse("plan_issue", args=[2020])))
    addresses.append((leader, reverse("plan_year", args=[2020])))
    addresses += [(user, reverse("planitem_list")) for user in (office, leader)]
    addresses.append((office, reverse("plan_workbook", args=[2020])))

    def fill(count):
        first = PlanItem.objects.count() + 1
        PlanItem.objects.bulk_create(
            PlanItem(
                year=2020,
                number=number,
                group=group,
                title="视察",
                kind="inspection",
                first_month=3,
                last_month=9,
                responsible="组长",
            )
            for number in range(first, first + count)
        )

    fill(3)
    few = [queries_of(logged_in(user), address) for user, address in addresses]
    fill(297)

    assert [queries_of(logged_in(user), address) for user, address in addresses] == few


def test_a_leader_adds_changes_and_reorders_on_one_page(leader, logged_in):
    group = make_group(1)
    browser, address = logged_in(leader), board(group.pk)

    data = card(title="视察道路")
    for _ in range(2):
        response = browser.post(address, data)
    browser.post(address, card(title="学法", kind="training", first_month="3", last_month="3"))
    first, second = PlanItem.objects.order_by("number")
    assert response.status_code == 302
    browser.post(address, card(first, title="视察河堤", planned_count="1"))
    browser.post(reverse("planitem_move", args=[second.pk]), {"up": ""})

    told = PlanItem.objects.order_by("number").values_list(
        "number", "title", "group", "first_month", "last_month", "planned_count", "participants"
    )
    assert list(told) == [
        (1, "学法", group.pk, 3, 3, 2, "本组代表"),
        (2, "视察河堤", group.pk, 5, 6, 1, "本组代表"),
    ]


def test_a_card_with_a_mistake_comes_back_as_typed(leader, logged_in):
    item = make_plan_item(make_group(1), title="视察")

    page = logged_in(leader).post(
        board(make_group(1).pk), card(item, title="视察河堤", first_month="9", last_month="3")
    )

    assert page.context["sent"].errors == {
        "last_month": ["计划月份须为1至12，截止月份不早于起始月份。"]
    }
    assert 'value="视察河堤"' in page.content.decode()
    assert PlanItem.objects.get().title == "视察"


def test_two_who_change_one_card_see_both_versions(leader, office, logged_in):
    item = make_plan_item(make_group(1), title="视察")
    stale = card(item, title="视察河堤", first_month="7", last_month="7", planned_count="1")
    logged_in(office).post(board(make_group(1).pk), card(item, title="视察学校"))

    page = logged_in(leader).post(board(make_group(1).pk), stale)

    assert page.status_code == 409
    assert [(each.label, each.theirs, each.yours) for each in page.context["differences"]] == [
        ("项目", "视察学校", "视察河堤"),
        ("起始月份", "5月", "7月"),
        ("截止月份", "6月", "7月"),
        ("计划数量", "2", "1"),
    ]


def test_an_item_deleted_meanwhile_is_told(leader, logged_in):
    item = make_plan_item(make_group(1))
    data = card(item)
    PlanItem.objects.all().delete()

    page = logged_in(leader).post(board(make_group(1).pk), data, follow=True)

    assert [str(each) for each in page.context["messages"]] == [
        "这一项刚被删除，您填写的内容没有保存。"
    ]


def issue(secretary, *groups):
    planning.issue(by=secretary, year=2020, groups=groups)


def test_the_secretary_issues_the_chosen_plans(secretary, logged_in):
    make_plan_item(make_group(1))
    make_plan_item(make_group(2))
    make_plan_item()
    browser, address = logged_in(secretary), reverse("plan_issue", args=[2020])

    refused = browser.post(address)
    assert refused.context["error"] == "请勾选要下发的计划。"
    done = browser.post(address, {"plan": ["township", make_group(2).pk]}, follow=True)

    assert [str(each) for each in done.context["messages"]] == [
        "已下发2020年度计划：全乡镇、第二代表小组。以后的变更须写明原因并留存。"
    ]
    assert [bool(each.issue) for each in done.context["plans"]] == [True, False, True]
    assert done.context["may_issue"] is True


def test_after_issue_card_and_page_ask_for_the_reason(secretary, leader, logged_in):
    item = make_plan_item(make_group(1), title="视察")
    issue(secretary, make_group(1))
    browser, address = logged_in(leader), board(make_group(1).pk)

    refused = browser.post(address, card(item))
    assert refused.context["sent"].errors == {"reason": ["请填写这一项。"]}
    browser.post(address, card(item, reason="汛期"))
    edit = reverse("planitem_edit", args=[item.pk])
    data = card(item, title="视察河堤")
    plain = {name.partition("-")[2]: value for name, value in data.items() if "-" in name}
    plain |= {"group": make_group(1).pk, "version": 2}
    refused = browser.post(edit, plain)
    assert refused.context["form"].errors == {
        "reason": ["第一代表小组2020年度计划已下发，请写明变更原因。"]
    }
    browser.post(edit, plain | {"reason": "改期"})
    delete = reverse("planitem_delete", args=[item.pk])
    assert browser.post(delete).context["form"].errors == {"reason": ["请填写这一项。"]}
    browser.post(delete, {"reason": "合并"})

    assert list(PlanChange.objects.order_by("pk").values_list("kind", "reason")) == [
        ("changed", "汛期"),
        ("changed", "改期"),
        ("deleted", "合并"),
    ]
    told = [str(each) for each in year_page(browser).context["changes"]]
    assert told == ["删除“视察河堤”", "修改“视察河堤”", "修改“视察道路”"]


def test_the_office_gives_another_number_within_limits(office, logged_in):
    item = make_plan_item(number=3)
    data = {name.partition("-")[2]: value for name, value in card(item).items() if "-" in name}
    browser, address = logged_in(office), reverse("planitem_edit", args=[item.pk])

    refused = browser.post(address, data | {"number": "30000"})
    browser.post(address, data | {"number": "12"})

    assert refused.context["form"].errors == {"number": ["请填写不大于9999的整数。"]}
    assert PlanItem.objects.get().number == 12


def test_a_new_item_of_an_issued_plan_needs_a_reason_too(secretary, office, logged_in):
    make_plan_item()
    issue(secretary, None)
    browser, address = logged_in(office), reverse("planitem_add")
    data = {name.partition("-")[2]: value for name, value in card().items() if "-" in name}
    data |= {"year": "2020", "group": ""}

    refused = browser.post(address, data)
    assert refused.context["form"].errors == {
        "reason": ["全乡镇2020年度计划已下发，请写明变更原因。"]
    }
    browser.post(address, data | {"reason": "新增任务"})

    assert list(PlanChange.objects.values_list("kind", "title", "reason")) == [
        ("added", "视察道路", "新增任务")
    ]


def test_an_items_page_lists_what_counts_and_what_is_arranged(office, logged_in):
    reception = make_plan_item(
        make_group(1), kind="reception", first_month=7, last_month=9, planned_count=3
    )
    session = make_plan_item(kind="session", first_month=9)
    held = make_reception_day("2020-07-15", make_group(1), on_duty=[])
    make_reception_day("2020-07-15", make_group(2), on_duty=[])
    coming = make_reception_day("2020-09-15", make_group(1), on_duty=[], state="planned")
    planned = Session.objects.create(
        term=make_term(), ordinal=4, date=day("2020-09-03"), agenda="选举"
    )
    browser = logged_in(office)

    page = browser.get(reception.get_absolute_url()).context
    other = browser.get(session.get_absolute_url()).context

    assert (page["counted"], page["awaited"], page["missing"]) == (
        [(day("2020-07-15"), held)],
        [coming],
        2,
    )
    assert (other["counted"], other["awaited"], other["missing"]) == ([], [planned], 1)


def test_a_leader_is_shown_and_edits_the_own_plan_only(leader, other_leader, secretary, logged_in):
    own = make_plan_item(make_group(1))
    foreign = make_plan_item(make_group(2))
    make_plan_item()
    issue(secretary, make_group(2))
    planning.delete(by=secretary, item=foreign, reason="合并")
    foreign = make_plan_item(make_group(2), number=9)
    browser = logged_in(leader)

    page = year_page(browser)
    assert ([each.name for each in page.context["plans"]], page.context["items"]) == (
        ["第一代表小组"],
        [own],
    )
    assert list(page.context["changes"]) == []
    for address, data in (
        (board(make_group(2).pk), card(foreign)),
        (board(make_group(2).pk), card()),
        (reverse("township_plan", args=[2020]), card()),
        (reverse("planitem_move", args=[foreign.pk]), {"up": ""}),
        (reverse("planitem_delete", args=[foreign.pk]), {"reason": "无"}),
    ):
        assert browser.get(address).status_code == 404
        assert browser.post(address, data).status_code == 404
    told = browser.post(board(make_group(1).pk), card(foreign), follow=True)
    assert [str(each) for each in told.context["messages"]] == [
        "这一项刚被删除，您填写的内容没有保存。"
    ]
    assert PlanItem.objects.filter(title="视察道路").count() == 0
