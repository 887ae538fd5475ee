"""From the records to the case of a rota."""

import pytest

from delegates.models import Level
from tests import factory
from voters import rota
from voters.models import ReceptionDuty
from voters.rota_planning import rota_standing, rota_to_make

from .township_of_groups import make_groups, mandates_of

pytestmark = pytest.mark.django_db

day = factory.day


def spans(member):
    return [(str(span.start), str(span.end) if span.end else None) for span in member.spans]


def members(planning):
    return {member.key: member for member in planning.case.members}


def test_time_is_membership_and_office_without_suspensions():
    factory.make_township()
    group = factory.make_group(1)
    factory.make_reception_day("2020-09-15", group, [], state="planned")
    mandate = factory.make_mandate(start="2017-01-05", end="2020-11-01")
    factory.make_membership(group, mandate, start="2020-02-01", end="2020-03-01")
    factory.make_membership(group, mandate, start="2020-05-01")
    factory.make_suspension(mandate, "2020-06-01", "2020-07-01")
    factory.make_suspension(mandate, "2020-10-01")

    found = members(rota_to_make(2020))

    assert list(found) == [mandate.pk]
    assert spans(found[mandate.pk]) == [
        ("2020-02-01", "2020-03-01"),
        ("2020-05-01", "2020-06-01"),
        ("2020-07-01", "2020-10-01"),
    ]


def test_leave_is_told_by_dates_and_for_every_mandate_of_the_person():
    (group,) = make_groups(1, 1)
    for date in ("2020-09-15", "2020-10-15", "2020-11-15"):
        factory.make_reception_day(date, group, [], state="planned")
    town = mandates_of(group)[0]
    county = factory.make_mandate(town.delegate, Level.TOWN, term=factory.make_term(14))
    factory.make_membership(group, county)
    factory.make_unavailability(town.delegate, "2020-09-15", "2020-10-15")
    factory.make_unavailability(town.delegate, "2020-11-01", "2020-12-01")

    found = members(rota_to_make(2020))

    assert [found[mandate.pk].unavailable for mandate in (town, county)] == [
        {day("2020-09-15"), day("2020-11-15")}
    ] * 2


def test_states_of_the_days():
    (group,) = make_groups(1, 2)
    first, second = mandates_of(group)
    held = factory.make_reception_day("2020-01-15", group, [first, second])
    ReceptionDuty.objects.filter(day=held, mandate=second).update(status="absent")
    for date, fields in {
        "2020-07-15": {"state": "planned"},
        "2020-09-15": {"state": "planned"},
        "2020-10-15": {"state": "planned", "is_fixed": True},
        "2020-11-15": {"state": "announced"},
        "2020-12-15": {"state": "cancelled"},
    }.items():
        factory.make_reception_day(date, group, [first], **fields)

    days = {f"{each.date:%m-%d}": each for each in rota_to_make(2020).case.days}

    assert {date: each.state.value for date, each in days.items()} == {
        "01-15": "held",
        "07-15": "fixed",
        "09-15": "open",
        "10-15": "fixed",
        "11-15": "fixed",
    }
    assert days["01-15"].duties == (
        rota.Duty(first.pk),
        rota.Duty(second.pk, rota.Status.ABSENT),
    )
    assert days["09-15"].duties == ()
    assert {each.state for each in rota_standing(2020).case.days} == {
        rota.DayState.HELD,
        rota.DayState.FIXED,
    }


def test_only_one_group_can_be_open():
    first, second = make_groups(2, 2)
    for group in (first, second):
        factory.make_reception_day("2020-09-15", group, [], state="planned")

    states = {each.group: each.state.value for each in rota_to_make(2020, second.pk).case.days}

    assert states == {first.pk: "fixed", second.pk: "open"}


def test_the_year_before_counts_as_past():
    (group,) = make_groups(1, 1)
    (mandate,) = mandates_of(group)
    for date in ("2018-12-15", "2019-12-15", "2020-01-15"):
        factory.make_reception_day(date, group, [mandate])
    factory.make_reception_day("2019-11-15", group, [mandate], state="cancelled")

    assert rota_to_make(2020).case.past == (rota.PastDuty(mandate.delegate_id, day("2019-12-15")),)


def test_who_stood_in_from_outside_is_a_member_on_no_day():
    (group,) = make_groups(1, 1)
    stranger = factory.make_mandate()
    factory.make_reception_day("2020-01-15", group, [stranger])

    assert members(rota_to_make(2020))[stranger.pk].spans == ()
