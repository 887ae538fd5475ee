"""Who was expected at an activity on its day, and who came."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from congress.numerals import percent
from delegates.models import Level, Mandate

from .models import Activity, Attendance, DelegateGroup, Membership

Status = Attendance.Status

#: Status and reason.
Mark = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One person on the attendance sheet; without attendance not yet marked, or not asked."""

    mandate: Mandate
    attendance: Attendance | None
    group: str
    #: In office, and in the group that invites, on the day.
    is_expected: bool

    @property
    def mark(self) -> Mark | None:
        return (self.attendance.status, self.attendance.reason) if self.attendance else None


def mark_words(mark: Mark | None) -> str:
    """出席, 请假（健康） …; without a mark the person was not asked to come."""
    if mark is None:
        return "未安排"
    status, reason = mark
    label = str(Status(status).label)
    return f"{label}（{Attendance.Reason(reason).label}）" if reason else label


def expected_at(activity: Activity):
    """Mandates in office on the activity's day; of a group's activity those of its members."""
    mandates = Mandate.objects.in_office_on(activity.date)
    if activity.group_id:
        members = Membership.objects.holding_on(activity.date).filter(group=activity.group_id)
        mandates = mandates.filter(pk__in=members.values("mandate"))
    return mandates


def sheet(activity: Activity) -> list[Line]:
    """Everybody expected, each person once, and whoever was marked all the same.

    A person with two mandates stands there with the one that is marked, or else that of the town.
    """
    marked = {attendance.mandate_id: attendance for attendance in activity.attendances.all()}
    expected = set(expected_at(activity).values_list("pk", flat=True))
    membership = Membership.objects.holding_on(activity.date).filter(mandate=OuterRef("pk"))
    mandates = (
        Mandate.objects.filter(pk__in=expected | marked.keys())
        .select_related("delegate")
        .annotate(group=Subquery(membership.values("group")[:1]))
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
        )
        for mandate in chosen
    ]
    order = {pk: group.ordinal for pk, group in groups.items()}
    return sorted(lines, key=lambda line: (order.get(line.mandate.group, 999), line.mandate.pk))


@dataclass(frozen=True)
class Turnout:
    """Numbers of an activity's attendance, from those who were marked."""

    expected: int
    present: int
    leave: int
    absent: int

    @property
    def rate(self) -> str:
        return percent(self.present, self.expected) if self.expected else ""


def turnout(attendances) -> Turnout:
    """The numbers of these attendance records, which are in memory."""
    counts = dict.fromkeys(Status, 0)
    for attendance in attendances:
        counts[attendance.status] += 1
    return Turnout(
        sum(counts.values()), counts[Status.PRESENT], counts[Status.LEAVE], counts[Status.ABSENT]
    )
