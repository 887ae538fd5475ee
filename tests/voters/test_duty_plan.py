"""The year's plan of duty reports: who is proposed and why, who is chosen, what waits."""

import pytest

from congress.periods import today
from congress.todo import todos_of
from tests import factory
from voters.duty_plan import DutyPlan
from voters.models import DutyReport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring(set_today):
    set_today("2020-03-10")


@pytest.fixture
def client(secretary, logged_in):
    return logged_in(secretary)


def member(group, name, **mandate):
    person = factory.make_mandate(factory.make_delegate(name), **mandate)
    return factory.make_membership(factory.make_group(group), person).mandate


def names(candidates):
    return [each.mandate.delegate.name for each in candidates]


def told(client, year=2020):
    return client.get(f"/duty-reports/plan/{year}/").context["plan"]


def test_never_reported_first_then_the_longest_ago_groups_in_turn():
    for group, name in [(1, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (2, "戊")]:
        member(group, name)
    old = factory.make_term(14, "2011-12-20")
    person = DutyPlan(2020).mandates[0].delegate
    before = factory.make_mandate(person, start="2012-01-05", end="2017-01-05", term=old)
    factory.make_held_report(before, 2014)
    factory.make_held_report(DutyPlan(2020).mandates[1], 2018)

    plan = DutyPlan(2020)

    assert [(each.mandate.delegate.name, each.reason) for each in plan.candidates] == [
        ("丙", "从未述职"),
        ("丁", "从未述职"),
        ("甲", "本届未述职，上次为2014年"),
        ("戊", "从未述职"),
        ("乙", "本届已于2018年述职"),
    ]


def test_an_even_share_of_those_left_is_proposed_and_spread_over_the_year():
    mandates = [member(1, f"{number}号") for number in range(8)]
    factory.make_duty_report(mandates[0], planned_month=3)

    plan = DutyPlan(2020)

    # The term of 2016 runs to 2021: one year after this one is not left.
    assert (len(plan.never), len(plan.planned), plan.proposed_number) == (7, 1, 7)
    assert list(plan.proposed.values()) == [4, 5, 6, 7, 9, 10, 11]
    assert plan.never[0].reason == "从未述职；同选区今年已安排1人"


def test_the_chosen_are_planned_in_their_months(client):
    first, second = member(1, "甲"), member(2, "乙")
    sent = {f"on_{first.pk}": "on", f"month_{first.pk}": 5, f"month_{second.pk}": 6}

    response = client.post("/duty-reports/plan/2020/", sent)

    assert response.url == "/duty-reports/?year=2020"
    assert list(DutyReport.objects.values_list("mandate", "year", "planned_month")) == [
        (first.pk, 2020, 5)
    ]
    assert names(told(client).planned) == ["甲"]


def test_nobody_reports_twice_before_all_have_once_unless_wanted(client):
    twice, never = member(1, "甲"), member(1, "乙")
    factory.make_held_report(twice, 2018)
    sent = {f"on_{twice.pk}": "on", f"month_{twice.pk}": 5}

    refused = client.post("/duty-reports/plan/2020/", sent)
    assert refused.context["form"].non_field_errors() == [
        "甲本届已述职或已安排，还有1人本届未述职。确需再次安排的，请勾选“同意再次述职”。"
    ]
    assert not DutyReport.objects.filter(year=2020).exists()

    client.post("/duty-reports/plan/2020/", sent | {"again": "on"})
    assert DutyReport.objects.get(year=2020).mandate == twice
    assert names(told(client).never) == [never.delegate.name]


def test_those_to_report_this_year_are_not_due_next_year():
    factory.make_duty_report(member(1, "甲"), planned_month=9)
    member(1, "乙")

    assert [(each.mandate.delegate.name, each.reason) for each in DutyPlan(2021).candidates] == [
        ("乙", "从未述职"),
        ("甲", "2020年9月已安排"),
    ]


def test_nothing_ticked_plans_nothing(client):
    member(1, "甲")

    response = client.post("/duty-reports/plan/2020/", {})

    assert response.context["form"].non_field_errors() == ["请至少勾选一名代表。"]


def test_those_who_left_and_county_delegates_are_not_due():
    member(1, "甲")
    factory.make_mandate(end="2019-05-01")
    factory.make_mandate(level="county")
    factory.make_suspension(factory.make_mandate(), "2020-01-01")

    assert names(DutyPlan(2020).candidates) == ["甲"]


def test_a_plan_costs_the_same_for_3_and_300(client, queries_of):
    for number in range(3):
        factory.make_held_report(member(1, f"{number}号"), 2018)
    address = "/duty-reports/plan/2020/"
    queries_of(client, address)
    few = queries_of(client, address)
    for number in range(300):
        member(1 + number % 3, f"更多{number}号")

    assert queries_of(client, address) == few


@pytest.mark.parametrize(
    ("month", "state", "colour"),
    [(2, "逾期未述职", "overdue"), (3, "本月述职", "due-soon"), (4, "未述职", "")],
)
def test_the_list_tells_how_each_stands(client, month, state, colour):
    factory.make_duty_report(planned_month=month)

    (_, cells), *_ = client.get("/duty-reports/").context["rows"]

    assert [(cell["text"], cell["state"]) for cell in cells if cell["state"]] == [
        (state, f"state {colour}")
    ]


def waiting(user):
    found = [todo for todo in todos_of(user, today()) if todo.label == "本月及以前应述职"]
    return [(todo.count, todo.urgency, [each.words for each in todo.samples()]) for todo in found]


def test_what_waits_for_whom(secretary, leader, other_leader, delegate, chair, unit):
    own = delegate.delegate.mandates.get()
    factory.make_duty_report(own, planned_month=3)
    factory.make_duty_report(member(2, "乙"), planned_month=2)
    factory.make_duty_report(member(1, "丙"), planned_month=4)
    factory.make_held_report(member(1, "丁"), planned_month=3)

    assert waiting(secretary) == [(2, "overdue", ["2020年 乙", "2020年 代表甲"])]
    assert waiting(leader) == waiting(delegate) == [(1, "due-soon", ["2020年 代表甲"])]
    assert waiting(other_leader) == [(1, "overdue", ["2020年 乙"])]
    assert waiting(chair) == waiting(unit) == []


def test_the_list_behind_it_counts_the_same(client):
    for month in (1, 3, 4):
        factory.make_duty_report(planned_month=month)

    page = client.get("/duty-reports/", {"year": 2020, "state": "due"})

    assert [report.planned_month for report, _ in page.context["rows"]] == [1, 3]
