"""One step for many items: all or none, in as many queries for three as for three hundred."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory
from tests.factory import day
from voters.actions import take_step, take_step_for_all
from voters.models import FeedbackItem, FeedbackStep

pytestmark = pytest.mark.django_db

_TOLD = {
    "group_told_on": day("2020-08-20"),
    "voter_told_on": day("2020-08-20"),
    "told_by": "phone",
}


def make_items(count, state):
    """As many items of one visit, in few statements."""
    first = factory.make_item(state=state)
    rows = []
    for number in range(2, count + 1):
        row = FeedbackItem.objects.get(pk=first.pk)
        row.pk, row.number = None, f"2020-J{number:03d}"
        rows.append(row)
    FeedbackItem.objects.bulk_create(rows)
    return FeedbackItem.objects.filter(visit=first.visit).exclude(state="handling")


#: Step, the state it starts from, what it is given, and the state it leads to.
CASES = [
    ("assign", "registered", {}, "assigned"),
    ("sign", "assigned", {"signed_on": day("2020-08-20")}, "signed"),
    ("inform", "replied", _TOLD, "told"),
    ("remind", "assigned", {}, "assigned"),
    ("withdraw", "assigned", {}, "registered"),
    ("merge", "assigned", {}, "merged"),
    ("reassign", "assigned", {"due_on": day("2020-10-12")}, "assigned"),
]


def given(step, values):
    """What can be made only with a database."""
    if step == "assign":
        units = [factory.make_unit("镇水利站")]
        due = {"due_on": day("2020-10-12")}
        return {"lead_unit": factory.make_unit(), "co_units": units, **due}
    if step == "reassign":
        return {"lead_unit": factory.make_unit("镇水利站"), **values}
    if step == "merge":
        visit = factory.make_visit(words="主件")
        return {"follows": factory.make_item(visit, "handling", number="2020-J900")}
    return values


def statements(queries):
    """The statements in short; SQLite writes 124 entries of the trail with each, more follow."""
    told = [query["sql"].split("WHERE")[0].split(" (")[0] for query in queries]
    told = [sql for sql in told if "SAVEPOINT" not in sql]
    return [
        sql
        for number, sql in enumerate(told)
        if not ("INSERT" in sql and number and told[number - 1] == sql)
    ]


@pytest.mark.parametrize(("step", "state", "values", "reached"), CASES)
def test_as_many_queries_for_three_as_for_three_hundred(
    reception_day, office, step, state, values, reached
):
    items, queries = make_items(300, state), {}
    values = given(step, values)

    for count in (3, 297):
        keys = list(items.filter(state=state, version=1).values_list("pk", flat=True)[:count])
        some = FeedbackItem.objects.filter(pk__in=keys)
        with CaptureQueriesContext(connection) as captured:
            moved = take_step_for_all(user=office, items=some, step=step, note="一并办理", **values)
        queries[count] = statements(captured.captured_queries)
        assert [(item.pk, item.state, item.version) for item in moved] == [
            (key, reached, 2) for key in sorted(keys)
        ]

    assert queries[3] == queries[297]
    assert set(items.values_list("state", "version")) == {(reached, 2)}
    entries = FeedbackStep.objects.values_list("kind", "user", "from_state", "to_state", "item")
    keys = items.order_by("pk").values_list("pk", flat=True)
    assert list(entries.order_by("item")) == [
        (step, office.pk, state, reached, key) for key in keys
    ]


def test_assigning_many_gives_each_unit_co_units_and_term(reception_day, office):
    items = make_items(3, "registered")
    lead, other = factory.make_unit(), factory.make_unit("镇水利站")

    take_step_for_all(
        user=office,
        items=items,
        step="assign",
        lead_unit=lead,
        co_units=[other],
        due_on=day("2020-10-12"),
    )

    assert set(items.values_list("lead_unit", "co_units", "assigned_on", "due_on")) == {
        (lead.pk, other.pk, day("2020-08-20"), day("2020-10-12"))
    }


@pytest.mark.parametrize(
    ("step", "state", "bad", "values", "told"),
    [
        (
            "assign",
            "registered",
            {"state": "closed"},
            {},
            "2020-J002：这条意见现在的状态是“办结”，不能办理“交办”。",
        ),
        (
            "sign",
            "assigned",
            {"assigned_on": day("2020-08-20")},
            {"signed_on": day("2020-08-19")},
            "2020-J002：签收日期不能早于交办日期。",
        ),
        (
            "inform",
            "replied",
            {"replied_on": day("2020-08-20")},
            {"group_told_on": day("2020-08-19")},
            "2020-J002：告知小组日期不能早于答复日期。",
        ),
    ],
)
def test_one_that_does_not_fit_refuses_all_and_is_named(
    reception_day, office, step, state, bad, values, told
):
    items = make_items(3, state)
    if "state" in bad:
        closed = factory.make_item(items.first().visit, "closed", number="X")
        items.filter(number="2020-J002").delete()
        FeedbackItem.objects.filter(pk=closed.pk).update(number="2020-J002")
    else:
        items.filter(number="2020-J002").update(**bad)
    values = given(step, values)
    before = list(FeedbackItem.objects.order_by("pk").values())

    with pytest.raises(ValidationError) as refused:
        take_step_for_all(user=office, items=items, step=step, **values)

    assert refused.value.messages == [told]
    assert list(FeedbackItem.objects.order_by("pk").values()) == before
    assert FeedbackStep.objects.count() == 0
    assert FeedbackItem.co_units.through.objects.count() == 0


def test_a_step_of_its_own_is_not_taken_for_many(reception_day, office):
    with pytest.raises(ValidationError, match="“办结”须逐条办理。"):
        take_step_for_all(user=office, items=make_items(2, "told"), step="close")


def test_a_unit_signs_many_of_its_own_and_none_of_others(reception_day, unit):
    items = make_items(3, "assigned")
    items.first().lead_unit.accounts.add(unit)
    values = {"step": "sign", "signed_on": day("2020-08-20"), "user": unit}
    items.filter(number="2020-J003").update(lead_unit=factory.make_unit("镇水利站"))

    with pytest.raises(PermissionDenied):
        take_step_for_all(items=items, **values)
    assert set(items.values_list("state", "version")) == {("assigned", 1)}

    take_step_for_all(items=items.exclude(number="2020-J003"), **values)
    assert list(items.order_by("number").values_list("state", "signed_by")) == [
        ("signed", "村建中心"),
        ("signed", "村建中心"),
        ("assigned", ""),
    ]


@pytest.mark.parametrize("step", ["assign", "remind", "withdraw", "merge"])
def test_who_takes_no_such_step_takes_it_for_none(reception_day, leader, step):
    items = make_items(2, "assigned")

    with pytest.raises(PermissionDenied):
        take_step_for_all(user=leader, items=items, step=step, note="试试")

    assert FeedbackStep.objects.count() == 0


def test_a_leader_tells_the_voters_of_the_own_group_only(reception_day, leader):
    items = make_items(2, "replied")
    theirs = factory.make_reception_day("2020-08-15", factory.make_group(2))
    factory.make_item(factory.make_visit(theirs), "replied")
    told = {"step": "inform", **_TOLD}

    with pytest.raises(PermissionDenied):
        take_step_for_all(user=leader, items=FeedbackItem.objects.all(), **told)
    take_step_for_all(user=leader, items=items, **told)

    assert list(FeedbackItem.objects.order_by("pk").values_list("state", "voter_teller")) == [
        ("told", "一组组长"),
        ("told", "一组组长"),
        ("replied", ""),
    ]


def test_how_far_it_is_is_told(reception_day, office):
    heard = []

    take_step_for_all(
        user=office,
        items=make_items(3, "assigned"),
        step="remind",
        note="请尽快答复",
        tell=lambda done, total: heard.append((done, total)),
    )

    assert heard == [(0, 3), (3, 3)]


def test_none_is_nothing(office):
    assert (
        take_step_for_all(
            user=office, items=FeedbackItem.objects.none(), step="remind", note="请尽快答复"
        )
        == []
    )


def test_followers_of_many_follow(reception_day, office):
    items = make_items(2, "assigned")
    main = items.order_by("pk").first()
    follower = factory.make_item(factory.make_visit())
    take_step(user=office, item=follower, step="merge", follows=main)
    unit = factory.make_unit("镇水利站", contact="王水生")

    take_step_for_all(
        user=office,
        items=items,
        step="reassign",
        note="改由水利站办理",
        lead_unit=unit,
        due_on=day("2020-10-30"),
    )

    follower.refresh_from_db()
    clock = (follower.state, follower.lead_unit, follower.responsible, follower.due_on)
    assert clock == ("merged", unit, "王水生", day("2020-10-30"))
    assert follower.version == 3
    assert follower.steps.values_list("kind", "note").last() == (
        "follow",
        "2020-J001改办，办理期限2020-10-30",
    )
