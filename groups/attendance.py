"""Who was expected at an activity on its day, and who came."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Subquery

from congress.numerals import percent
from delegates.models import Level, Mandate

from .models import Activity, Attendance, DelegateGroup, LeaveRequest, Membership

Status = Attendance.Status


class Mark(NamedTuple):
    """How somebody is marked; ``approved_by`` is the name of who approved a leave."""

    status: str
    reason: str = ""
    approved_by: str = ""

    @property
    def why(self) -> str:
        """健康，李建国批准 …; empty for who was present."""
        more = [
            *([str(Attendance.Reason(self.reason).label)] if self.reason else []),
            *([f"{self.approved_by}批准"] if self.approved_by else []),
        ]
        return "，".join(more)

    @property
    def words(self) -> str:
        """出席, 请假（健康，李建国批准） …"""
        label = str(Status(self.status).label)
        return f"{label}（{self.why}）" if self.why else label


@dataclass(frozen=True)
class Line:
    """One person on the attendance sheet; without attendance not yet marked, or not asked."""

    mandate: Mandate
    attendance: Attendance | None
    group: str
    #: In office, and in the group that invites, on the day.
    is_expected: bool
    #: In office on the day at all; else what was marked does not count.
    is_in_office: bool
    #: Leave approved beforehand; it counts until somebody marks the person.
    leave: Mark | None = None

    @property
    def mark(self) -> Mark | None:
        return mark_of(self.attendance) if self.attendance else self.leave

    @property
    def signed_in_at(self) -> datetime.datetime | None:
        return self.attendance.signed_in_at if self.attendance else None


def mark_of(attendance: Attendance) -> Mark:
    return Mark(attendance.status, attendance.reason, attendance.approved_by)


def mark_words(mark: Mark | None) -> str:
    return mark.words if mark else "未登记"


def expected_at(activity: Activity):
    """Mandates invited and in office on the activity's day; a group invites its members only."""
    circle = Activity.Circle
    mandates = may_be_invited(activity)
    if activity.circle == circle.TOWN:
        return mandates.filter(level=Level.TOWN)
    if activity.circle == circle.GROUPS:
        members = Membership.objects.holding_on(activity.date)
        chosen = members.filter(group__in=activity.invited_groups.all())
        return mandates.filter(pk__in=chosen.values("mandate"))
    if activity.circle == circle.NAMED:
        return mandates.filter(pk__in=activity.invited.all())
    return mandates


def may_be_invited(activity: Activity):
    """Mandates that may still be asked to come: in office, of a group's activity its members."""
    mandates = Mandate.objects.in_office_on(activity.date)
    if activity.group_id:
        members = Membership.objects.holding_on(activity.date).filter(group=activity.group_id)
        mandates = mandates.filter(pk__in=members.values("mandate"))
    return mandates


class Invitations:
    """Whom each of these activities invites: ``expected_at`` for many at once.

    Asked of mandates in office that day whose memberships are in memory; two queries.
    """

    def __init__(self, activities: Collection[Activity]):
        self._groups = self._links(Activity.invited_groups, "delegategroup_id", activities)
        self._named = self._links(Activity.invited, "mandate_id", activities)

    @staticmethod
    def _links(field, name: str, activities: Collection[Activity]) -> dict[int, set[int]]:
        links = field.through.objects.filter(activity__in=activities)
        found = defaultdict(set)
        for activity, key in links.values_list("activity_id", name):
            found[activity].add(key)
        return found

    def include(self, activity: Activity, mandate: Mandate) -> bool:
        groups = {
            each.group_id for each in mandate.memberships.all() if each.holds_on(activity.date)
        }
        if activity.group_id and activity.group_id not in groups:
            return False
        if activity.circle == Activity.Circle.TOWN:
            return mandate.level == Level.TOWN
        if activity.circle == Activity.Circle.GROUPS:
            return not groups.isdisjoint(self._groups[activity.pk])
        if activity.circle == Activity.Circle.NAMED:
            return mandate.pk in self._named[activity.pk]
        return True


def approved_leave(activity: Activity) -> dict[int, LeaveRequest]:
    """Who need not come, by the key of the mandate; one query."""
    approved = activity.leave_requests.filter(state=LeaveRequest.State.APPROVED)
    return {request.mandate_id: request for request in approved}


def leave_marks(activity: Activity) -> dict[int, Mark]:
    """Leave approved beforehand, as marks by mandate."""
    return {
        mandate: Mark(Status.LEAVE.value, request.reason, request.approved_by)
        for mandate, request in approved_leave(activity).items()
    }


def sheet(activity: Activity, late: Collection[int] = ()) -> list[Line]:
    """Everybody expected, each person once, and whoever was marked all the same.

    A person with two mandates stands there with the one that is marked, or else that of the town.
    ``late`` are mandates invited on the spot.
    """
    marked = {attendance.mandate_id: attendance for attendance in activity.attendances.all()}
    expected = set(expected_at(activity).values_list("pk", flat=True))
    leaves = leave_marks(activity)
    membership = Membership.objects.holding_on(activity.date).filter(mandate=OuterRef("pk"))
    in_office = Mandate.objects.in_office_on(activity.date)
    mandates = (
        Mandate.objects.filter(pk__in={*expected, *marked, *late})
        .select_related("delegate")
        .annotate(
            group=Subquery(membership.values("group")[:1]),
            is_in_office=Exists(in_office.filter(delegate=OuterRef("delegate"))),
        )
    )
    groups = {group.pk: group for group in DelegateGroup.objects.all()}
    persons = {mandate.delegate_id for mandate in mandates if mandate.pk in marked}
    chosen = [mandate for mandate in mandates if mandate.pk in marked]
    for mandate in sorted(mandates, key=lambda each: (each.level != Level.TOWN, each.pk)):
        if mandate.delegate_id not in persons:
            persons.add(mandate.delegate_id)
            chosen.append(mandate)
    lines = [
        Line(
            mandate,
            marked.get(mandate.pk),
            str(groups.get(mandate.group, "")),
            mandate.pk in expected,
            mandate.is_in_office,
            leaves.get(mandate.pk),
        )
        for mandate in chosen
    ]
    order = {pk: group.ordinal for pk, group in groups.items()}
    return sorted(lines, key=lambda line: (order.get(line.mandate.group, 999), line.mandate.pk))


@dataclass(frozen=True)
class Turnout:
    """Numbers of an activity's attendance: those who were marked, and who is still to be."""

    present: int
    leave: int
    absent: int
    unmarked: int = 0

    @property
    def expected(self) -> int:
        return self.present + self.leave + self.absent + self.unmarked

    @property
    def rate(self) -> str:
        """Empty until everybody is marked."""
        return "" if self.unmarked or not self.expected else percent(self.present, self.expected)


def turnout(attendances) -> Turnout:
    """The numbers of these attendance records, which are in memory."""
    return _turnout([attendance.status for attendance in attendances])


def _turnout(statuses: list[str], unmarked: int = 0) -> Turnout:
    return Turnout(*(statuses.count(each) for each in Status), unmarked=unmarked)


@dataclass(frozen=True)
class Taken:
    """The attendance of an activity as its page tells it."""

    turnout: Turnout
    #: On leave or absent.
    missing: list[Line]
    #: Expected and not marked yet.
    unmarked: list[Line]
    #: Marked, and not in office that day.
    not_counted: list[Line]
    #: Signed in by the code.
    signed_in: int


def taken(activity: Activity, lines: list[Line]) -> Taken:
    """What the lines of an activity's sheet come to."""
    counted = [line for line in lines if line.is_in_office]
    marked = [line for line in counted if line.mark]
    unmarked = [] if activity.rest_not_asked else [line for line in counted if not line.mark]
    return Taken(
        _turnout([line.mark.status for line in marked], len(unmarked)),
        [line for line in marked if line.mark.status != Status.PRESENT],
        unmarked,
        [line for line in lines if not line.is_in_office],
        sum(line.signed_in_at is not None for line in counted),
    )
