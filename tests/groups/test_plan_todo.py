"""What of the plan waits on the to-do lists: all for the office, the own group's for a leader."""

import pytest

from congress.todo import todos_of
from groups.models import PlanItem
from groups.plan import planned_by_month, to_do_in_month_of, with_progress
from tests.factory import day, make_activity, make_group, make_plan_item, make_reception_day

pytestmark = pytest.mark.django_db
TODAY = day("2020-08-20")


def waiting(user):
    return [
        (todo.label, todo.count, [sample.words for sample in todo.samples()])
        for todo in todos_of(user, TODAY)
        if "计划" in todo.label
    ]


def test_late_items_and_those_of_this_month_wait(
    office, leader, other_leader, chair, delegate, set_today
):
    set_today("2020-08-20")
    make_plan_item(make_group(1), title="视察", first_month=3)
    make_plan_item(make_group(1), title="培训", first_month=5, kind="training")
    make_activity("2020-05-10", make_group(1), kind="training")
    make_plan_item(make_group(2), title="走访", first_month=8)
    make_plan_item(title="评议", first_month=8, kind="evaluation")
    make_plan_item(title="去年", year=2019)

    assert waiting(office) == [
        ("计划逾期未完成", 1, ["视察（第一代表小组）"]),
        ("本月计划应完成", 2, ["走访（第二代表小组）", "评议"]),
    ]
    assert waiting(leader) == [("本组计划逾期未完成", 1, ["视察（第一代表小组）"])]
    assert waiting(other_leader) == [("本组本月计划应完成", 1, ["走访（第二代表小组）"])]
    assert (waiting(chair), waiting(delegate)) == ([], [])


def test_the_address_leads_to_the_same_items(office, logged_in, set_today):
    set_today("2020-08-20")
    make_plan_item(title="视察", first_month=3)
    make_plan_item(title="评议", first_month=8)
    make_plan_item(title="培训", first_month=9)
    browser = logged_in(office)

    shown = [
        [item.title for item in browser.get(todo.address).context["object_list"]]
        for todo in todos_of(office, TODAY)
        if "计划" in todo.label
    ]

    assert shown == [["视察"], ["评议"]]


@pytest.mark.parametrize(("planned", "first", "last"), [(12, 1, 12), (5, 3, 12), (1, 8, 9)])
def test_a_span_of_months_waits_once_its_even_share_is_missing(planned, first, last):
    item = make_plan_item(
        make_group(1),
        kind="reception",
        planned_count=planned,
        first_month=first,
        last_month=last,
    )
    due = sum(number for month, number in planned_by_month(item).items() if month <= 8)
    found = []
    for done in range(due + 1):
        items = with_progress(PlanItem.objects.all(), TODAY)
        found.append(to_do_in_month_of(items, TODAY).exists())
        make_reception_day(f"2020-{first:02}-{done + 1:02}", make_group(1), on_duty=[])

    assert found == [True] * due + [False]
