"""Whom an activity invites and what a delegate is invited to: one rule, read both ways."""

import datetime

import pytest

from delegates.models import Mandate
from groups.attendance import Invitations, expected_at, sheet
from groups.models import Activity, Attendance, LeaveRequest
from groups.open_sheets import sheet_is_open
from tests.factory import (
    day,
    make_activity,
    make_attendance,
    make_delegate,
    make_group,
    make_leave_request,
    make_mandate,
    make_membership,
    make_suspension,
    make_user,
)

pytestmark = pytest.mark.django_db

APPROVED = {
    "state": "approved",
    "approved_by": "人大主席",
    "decided_at": "2020-06-20T09:00+08:00",
}
DAYS = [datetime.date(2020, 6, 25) + datetime.timedelta(days=number) for number in range(12)]


def person(name, *mandates):
    """A delegate with an account; each mandate as (level, group or None, start, end)."""
    user = make_user(name, role="delegate")
    delegate = make_delegate(name, account=user)
    for level, group, start, end in mandates:
        mandate = make_mandate(delegate, level, start=start, end=end)
        if group:
            make_membership(make_group(group), mandate, start=start, end=end)
    return delegate


@pytest.fixture
def people():
    whole = ("2017-01-05", None)
    moved = person("调组", ("town", 1, *whole))
    first = moved.mandates.get().memberships.get()
    first.end = day("2020-06-30")
    first.save()
    make_membership(make_group(2), first.mandate, start="2020-06-30")
    suspended = person("暂停", ("town", 1, *whole))
    make_suspension(suspended.mandates.get(), "2020-06-28", "2020-07-02")
    return [
        moved,
        suspended,
        person("一组", ("town", 1, *whole)),
        person("县代表", ("county", 2, *whole)),
        person("双职", ("county", None, *whole), ("town", 2, *whole)),
        person("已终止", ("town", 1, "2017-01-05", "2020-06-30")),
        person("新当选", ("town", 2, "2020-07-01", None)),
        person("未编组", ("town", None, *whole)),
        person("没有资格"),
    ]


def activities(people):
    """Every day, every circle, of the township and of both groups."""
    circle = Activity.Circle
    chosen = [person.mandates.first() for person in people[1:5]]
    for date in DAYS:
        for group in (None, make_group(1), make_group(2)):
            for value in circle.values:
                activity = make_activity(date, group, circle=value)
                if value == circle.GROUPS:
                    activity.invited_groups.set([make_group(2)])
                if value == circle.NAMED:
                    activity.invited.set(chosen)


def test_all_ways_agree_on_every_day_circle_and_organiser(people):
    activities(people)

    expected = {
        (activity.pk, delegate)
        for activity in Activity.objects.all()
        for delegate in expected_at(activity).values_list("delegate", flat=True)
    }
    invited = {
        (activity.pk, person.pk)
        for person in people
        for activity in Activity.objects.invited_to(person.account)
    }

    invitations = Invitations(Activity.objects.all())
    in_memory = {
        (activity.pk, mandate.delegate_id)
        for activity in Activity.objects.all()
        for mandate in Mandate.objects.prefetch_related("suspensions", "memberships")
        if mandate.is_in_office_on(activity.date) and invitations.include(activity, mandate)
    }

    assert len(expected) > 300
    assert invited == expected
    assert in_memory == expected


def test_a_sheet_is_open_while_somebody_expected_is_not_marked(people, django_assert_num_queries):
    activities(people)
    office = make_user("office")
    for number, activity in enumerate(Activity.objects.order_by("pk")):
        lines = sheet(activity)
        # Marked are none, all but one, or all; some of them by leave, some by another mandate.
        for line in lines[: (0, len(lines) - 1, len(lines))[number % 3]]:
            other = line.mandate.delegate.mandates.first()
            if number % 2:
                make_attendance(activity, other)
            else:
                make_leave_request(activity, other, office, **APPROVED, decided_by=office)
        if number % 7 == 0:
            Activity.objects.filter(pk=activity.pk).update(rest_not_asked=True)

    with django_assert_num_queries(1):
        found = set(Activity.objects.filter(sheet_is_open()).values_list("pk", flat=True))

    marked = {
        (each.activity_id, each.mandate.delegate_id)
        for model in (Attendance, LeaveRequest)
        for each in model.objects.select_related("mandate")
    }
    expected = {
        activity.pk
        for activity in Activity.objects.all()
        if not activity.rest_not_asked
        and any((activity.pk, line.mandate.delegate_id) not in marked for line in sheet(activity))
    }
    assert 0 < len(expected) < Activity.objects.count()
    assert found == expected


def test_each_activity_is_found_once_and_also_where_one_was_only_marked(people):
    moved, *_, double, _, _, _, nobody = people
    activity = make_activity("2020-07-01", make_group(1))
    for mandate in double.mandates.all():
        make_attendance(activity, mandate)

    assert list(Activity.objects.invited_to(double.account)) == [activity]
    assert list(Activity.objects.invited_to(moved.account)) == []
    assert list(Activity.objects.invited_to(nobody.account)) == []
    assert list(Activity.objects.invited_to(make_user("office"))) == []


def test_it_costs_the_same_for_any_number_of_activities(people, django_assert_num_queries):
    user = people[0].account
    make_activity("2020-07-01")
    with django_assert_num_queries(4):
        list(Activity.objects.invited_to(user))
    activities(people)
    with django_assert_num_queries(4):
        list(Activity.objects.invited_to(user))
