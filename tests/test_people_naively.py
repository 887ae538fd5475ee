"""Whatever happens to people, a plain count over the rows says what the product says."""

import datetime
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.periods import Period
from delegates.assembly import assembly_of, expected_at
from delegates.models import Level, Mandate, Suspension
from groups import attendance
from groups.models import Activity, Membership, Post
from groups.open_sheets import sheet_is_open
from reports.figures.groups import delegate_figures, group_figures
from reports.scope import Scope
from tests import factory
from tests.people_over_time import Town

pytestmark = pytest.mark.django_db
FIRST = datetime.date(2020, 1, 1)
PEOPLE, LENGTH = 4, 12

days = st.integers(0, 20).map(lambda number: FIRST + datetime.timedelta(days=number))
steps = st.tuples(
    st.sampled_from(
        ["elected", "county", "ends", "suspended", "resumes", "moves", "leaves", "leads"]
    ),
    st.integers(0, PEOPLE - 1),
    days,
    st.sampled_from([1, 2]),
)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=st.lists(steps, min_size=4, max_size=LENGTH), asked=days)
def test_counts_are_those_of_a_plain_recount(office, history, asked):
    with transaction.atomic():
        town = Town(office)
        town.people = [factory.make_delegate(f"张某{number}") for number in range(PEOPLE)]
        for step in history:
            try:
                with transaction.atomic():
                    happens(town, *step)
            except ValidationError:
                continue
        check_spans()
        check_counts(town, asked)
        transaction.set_rollback(True)


def happens(town, what, who, on, group):
    person = town.people[who]
    mandate = person.mandates.filter(end=None).order_by("-pk").first()
    if what in ("elected", "county"):
        level = Level.COUNTY if what == "county" else Level.TOWN
        town.elected(person, str(on), group=group, level=level)
    elif mandate is None:
        return
    elif what == "ends":
        town.ends(mandate, on)
    elif what == "suspended":
        town.suspended(mandate, on)
    elif what == "resumes":
        town.resumes(mandate, on)
    elif what == "moves":
        town.moves(mandate, group, on)
    elif what == "leaves":
        town.leaves(mandate, on)
    elif mandate.memberships.filter(end=None).exists():
        town.takes_post(mandate, Post.LEADER, on)


def holds(span, day):
    return span.start <= day and (span.end is None or day < span.end)


def check_spans():
    """Nobody is in two groups by one mandate, or in one without a mandate; one leader a group."""
    memberships = list(Membership.objects.select_related("mandate"))
    for number in range(40):
        day = FIRST + datetime.timedelta(days=number)
        now = [each for each in memberships if holds(each, day)]
        assert max(Counter(each.mandate_id for each in now).values(), default=0) <= 1
        assert all(holds(each.mandate, day) for each in now)
        leaders = Counter(each.group_id for each in now if each.post == Post.LEADER)
        assert max(leaders.values(), default=0) <= 1
        in_force = [each for each in Mandate.objects.all() if holds(each, day)]
        same = Counter((each.delegate_id, each.term_id, each.level) for each in in_force)
        assert max(same.values(), default=0) <= 1


def check_counts(town, day):
    suspended = {each.mandate_id for each in Suspension.objects.all() if holds(each, day)}
    active = [
        mandate
        for mandate in Mandate.objects.all()
        if holds(mandate, day) and mandate.pk not in suspended
    ]
    group_of = {
        each.mandate_id: each.group for each in Membership.objects.all() if holds(each, day)
    }
    by_level = Counter(mandate.level for mandate in active)
    figures = delegate_figures(Scope(Period(day, day), day.year))
    assert (figures.town, figures.county) == (by_level[Level.TOWN], by_level[Level.COUNTY])
    assert figures.persons == len({mandate.delegate_id for mandate in active})
    members = Counter(group_of[each.pk].ordinal for each in active if each.pk in group_of)
    told = group_figures(Scope(Period(day, day), day.year)).groups
    assert {each.ordinal: each.town + each.county for each in told} == {
        1: members[1],
        2: members[2],
    }
    session = factory.make_session(1, day)
    town_mandates = {each.pk for each in active if each.level == Level.TOWN}
    assert set(expected_at(session).values_list("pk", flat=True)) == town_mandates
    assert assembly_of(session).in_office == len(town_mandates)
    for group in (None, town.groups[1], town.groups[2]):
        activity = factory.make_activity(day, group)
        wanted = {each.pk for each in active if group in (None, group_of.get(each.pk))}
        assert set(attendance.expected_at(activity).values_list("pk", flat=True)) == wanted
        lines = attendance.sheet(activity)
        assert len(lines) == len({each.delegate_id for each in active if each.pk in wanted})
        is_open = Activity.objects.filter(sheet_is_open(), pk=activity.pk).exists()
        assert is_open == bool(lines)
        for line in lines:
            factory.make_attendance(activity, line.mandate)
        assert not Activity.objects.filter(sheet_is_open(), pk=activity.pk).exists()
        taken = attendance.taken(activity, attendance.sheet(activity))
        assert taken.turnout.expected == taken.turnout.present == len(lines)
