"""接待情况: the counts of days, duties, visits and items, and how even the turns are."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.periods import Period
from tests import factory
from voters.models import ReceptionDay, ReceptionDuty, Unavailability
from voters.turnout import (
    DayTurnout,
    Figures,
    GroupTurns,
    Turnout,
    Turns,
    figures,
    turns_by_group,
)

pytestmark = pytest.mark.django_db

YEAR = Period.of_year(2020)


def found(period=YEAR):
    return figures(ReceptionDay.objects.all(), period)


def turns():
    return turns_by_group(ReceptionDay.objects.all(), YEAR)


def day(date, group, *members, absent=(), **fields):
    """A held day; mandates of members on duty, and of those missing."""
    reception_day = factory.make_reception_day(date, group, [*members, *absent], **fields)
    reception_day.duties.filter(mandate__in=absent).update(status="absent")
    return reception_day


def members(group, number, **span):
    return [factory.make_membership(group, **span).mandate for _ in range(number)]


def test_a_day_in_all_its_counts():
    group = factory.make_group(1)
    first, second, third = members(group, 3)
    held = day("2020-07-15", group, first, second, absent=[third])
    factory.make_visit(held, persons=3)
    visit = factory.make_visit(held, persons=2, channel="phone")
    topic = factory.make_topic("道路")
    factory.make_item(visit, topic=topic)
    factory.make_item(visit, topic=topic)

    counts = Turnout(days=1, without_visitor=0, on_duty=2, absent=1, visits=2, persons=5)
    assert found() == Figures(
        days=(DayTurnout(datetime.date(2020, 7, 15), group.pk, 1, "镇政府会议室", counts),),
        delegates=2,
        channels={"in_person": (1, 3), "phone": (1, 2)},
        topics={(topic.pk, "道路"): 2},
    )
    assert (found().total, found().items) == (counts, 2)


def test_nothing_gives_nothing():
    assert found() == Figures((), 0, {}, {})
    assert (found().total, turns()) == (Turnout(), ())


def test_planned_and_cancelled_days_do_not_count():
    group = factory.make_group(1)
    member = members(group, 1)[0]
    day("2020-09-15", group, member, state=ReceptionDay.State.PLANNED)
    cancelled = day("2020-07-15", group, member, state=ReceptionDay.State.CANCELLED)
    factory.make_item(factory.make_visit(cancelled))

    assert found() == Figures((), 0, {}, {})


def test_who_came_before_the_day_is_marked_held_counts_already():
    group = factory.make_group(1)
    today = day("2020-08-20", group, *members(group, 2), state=ReceptionDay.State.ANNOUNCED)
    factory.make_visit(today, persons=2)

    assert found().total == Turnout(visits=1, persons=2)
    assert found().delegates == 0


def test_only_days_of_the_period_and_of_those_given():
    first, second = factory.make_group(1), factory.make_group(2)
    for group in (first, second):
        for date in ("2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01"):
            day(date, group)

    assert found().total == Turnout(days=4, without_visitor=4)
    own = figures(ReceptionDay.objects.filter(group=first), YEAR)
    assert own.total == Turnout(days=2, without_visitor=2)


def test_by_date_group_or_place():
    first, second = factory.make_group(1), factory.make_group(2)
    day("2020-07-15", first, place="甲村")
    day("2020-07-15", second, place="乙村")
    day("2020-08-15", second, place="甲村")

    one, two = Turnout(days=1, without_visitor=1), Turnout(days=2, without_visitor=2)
    assert found().by(lambda each: each.date.month) == {7: two, 8: one}
    assert found().by(lambda each: each.ordinal) == {1: one, 2: two}
    assert found().by(lambda each: each.place) == {"甲村": two, "乙村": one}


def test_turns_of_each_and_the_spread():
    group = factory.make_group(1)
    often, once, never = members(group, 3)
    day("2020-07-15", group, often, once)
    day("2020-08-15", group, often, absent=[never])

    assert turns() == (
        GroupTurns(
            group.pk,
            1,
            (
                Turns(often.delegate_id, often.delegate.name, turns=2, absent=0, is_full=True),
                Turns(once.delegate_id, once.delegate.name, turns=1, absent=0, is_full=True),
                Turns(never.delegate_id, never.delegate.name, turns=0, absent=1, is_full=True),
            ),
        ),
    )
    assert (turns()[0].on_duty, turns()[0].most_and_least, turns()[0].spread) == (2, (2, 0), 2)


@pytest.mark.parametrize("why", ["joined", "left", "ended", "suspended", "unavailable"])
def test_who_could_not_come_every_time_is_not_compared(why):
    group = factory.make_group(1)
    (steady,) = members(group, 1)
    span = {"joined": {"start": "2020-08-01"}, "left": {"end": "2020-08-01"}}.get(why, {})
    mandate = factory.make_mandate(end="2020-08-01" if why == "ended" else None)
    factory.make_membership(group, mandate, **span)
    if why == "suspended":
        factory.make_suspension(mandate, "2020-08-01")
    if why == "unavailable":
        Unavailability.objects.create(
            delegate=mandate.delegate,
            start=factory.day("2020-08-10"),
            end=factory.day("2020-08-20"),
        )
    day("2020-07-15", group, steady)
    day("2020-08-15", group, steady)

    rows = {row.person: row.is_full for row in turns()[0].rows}
    assert rows == {steady.delegate_id: True, mandate.delegate_id: False}
    assert turns()[0].spread == 0


def test_who_was_no_member_on_any_day_is_not_listed():
    group = factory.make_group(1)
    (steady,) = members(group, 1)
    members(group, 1, start="2020-10-01")
    members(group, 1, end="2020-02-01")
    day("2020-07-15", group, steady)

    assert [row.person for row in turns()[0].rows] == [steady.delegate_id]


def test_who_stood_in_from_another_group_is_listed_and_not_compared():
    group = factory.make_group(1)
    (steady,) = members(group, 1)
    (guest,) = members(factory.make_group(2), 1)
    day("2020-07-15", group, steady, guest)
    day("2020-08-15", group, guest)

    assert [(row.person, row.turns, row.is_full) for row in turns()[0].rows] == [
        (guest.delegate_id, 2, False),
        (steady.delegate_id, 1, True),
    ]
    assert turns()[0].spread == 0


def test_two_mandates_of_one_person_are_one_row():
    group = factory.make_group(1)
    person = factory.make_delegate()
    town, county = factory.make_mandate(person), factory.make_mandate(person, level="county")
    factory.make_membership(group, town, end="2020-08-01")
    factory.make_membership(group, county, start="2020-08-01")
    day("2020-07-15", group, town)
    day("2020-08-15", group, county)

    assert turns()[0].rows == (Turns(person.pk, person.name, turns=2, absent=0, is_full=True),)


def test_without_anybody_to_compare_there_is_no_spread():
    group = factory.make_group(1)
    day("2020-07-15", group)

    assert (turns()[0].rows, turns()[0].most_and_least, turns()[0].spread) == ((), None, None)


def test_three_hundred_visits_cost_as_many_queries_as_three():
    group = factory.make_group(1)
    village = factory.make_village()

    def fill(date, visits):
        held = day(date, group, *members(group, 2))
        made = [factory.make_visit(held, village) for _ in range(visits)]
        factory.make_item(made[0])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            found()
            turns()
        return len(captured)

    fill("2020-07-15", 3)
    few = queries()
    fill("2020-08-15", 297)
    assert found().total.visits == 300
    assert queries() == few <= 10


def test_swapped_duties_are_neither_done_nor_missed():
    group = factory.make_group(1)
    (member,) = members(group, 1)
    day("2020-07-15", group, member)
    ReceptionDuty.objects.update(status=ReceptionDuty.Status.SWAPPED)

    assert found().total == Turnout(days=1, without_visitor=1)
    assert [(row.turns, row.absent) for row in turns()[0].rows] == [(0, 0)]
