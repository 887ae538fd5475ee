"""Activities of the period, who came, and the chain from finding to follow-up."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, F, OuterRef, Prefetch, Q

from congress.periods import Period
from delegates.models import Delegate
from groups.models import Activity, Attendance
from reports.scope import Scope
from voters.models import UnitEvaluation

from . import chain


@dataclass(frozen=True)
class AttendanceCount:
    """Expected, present, on leave, absent; the reasons of leave and of absence with numbers."""

    expected: int = 0
    present: int = 0
    leave: int = 0
    absent: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    absent_reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Step:
    who: str
    date: date
    content: str


@dataclass(frozen=True)
class Line:
    """A finding with its kind, or a recommendation with its addressee; ``mark`` may be empty."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class TakenUp:
    """Recommendations that were assigned to a unit by the cut-off, and how many it answered."""

    suggestions: int = 0
    items: int = 0
    answered: int = 0


@dataclass(frozen=True)
class UnitVote:
    unit: str
    satisfied: int
    basically: int
    dissatisfied: int
    reported_on: date | None
    fed_back_on: date | None


@dataclass(frozen=True)
class ActivityFigure:
    kind: str
    title: str
    date: date
    content: tuple[str, ...]
    last_day: date | None = None
    group: int | None = None
    theme: str = ""
    theme_source: str = ""
    villages: tuple[str, ...] = ()
    place: str = ""
    levels: frozenset[str] = frozenset()
    attendance: AttendanceCount = AttendanceCount()
    findings: tuple[Line, ...] = ()
    recommendations: tuple[Line, ...] = ()
    transmissions: tuple[Step, ...] = ()
    follow_ups: tuple[Step, ...] = ()
    taken_up: TakenUp = TakenUp()
    votes: tuple[UnitVote, ...] = ()
    pk: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Activities:
    """Activities by kind in the order of their days; `previous` are last year's evaluations.

    ``never_present`` are delegates who were expected in the period and never came.
    """

    training: tuple[ActivityFigure, ...]
    inspection: tuple[ActivityFigure, ...]
    evaluation: tuple[ActivityFigure, ...]
    law_check: tuple[ActivityFigure, ...]
    other: tuple[ActivityFigure, ...]
    previous: tuple[ActivityFigure, ...]
    attendance: AttendanceCount
    never_present: int = 0


def in_period(scope: Scope):
    """All of the period; of a group those it organised."""
    held = Activity.objects.held_in(scope.period).filter(scope.within("group"))
    return held.order_by("date", "pk")


def activities(scope: Scope, kind: str):
    return in_period(scope).filter(kind=kind)


def previous_evaluations(scope: Scope):
    """Evaluations of the year before (去年底), which a report on part of a year leaves out."""
    if scope.is_part:
        return Activity.objects.none()
    before = replace(scope, period=Period.of_year(scope.year - 1))
    return activities(before, Activity.Kind.EVALUATION)


def told(scope: Scope):
    """Activities that the report tells of: those of the period, and last year's evaluations."""
    return Activity.objects.filter(
        Q(pk__in=in_period(scope)) | Q(pk__in=previous_evaluations(scope))
    ).order_by("date", "pk")


def attended(activities, *statuses: str):
    """Attendance at these activities; without a status all who were expected."""
    expected = Attendance.objects.counted().filter(activity__in=activities)
    return expected.filter(status__in=statuses) if statuses else expected


def attendances(scope: Scope, *statuses: str):
    """At the activities of the period; of a group's members of the day, at whosever activities."""
    members = scope.of_members("mandate", OuterRef("activity__date"))
    return attended(Activity.objects.held_in(scope.period), *statuses).filter(members)


def absent_for_work(scope: Scope):
    return attendances(scope, Attendance.Status.ABSENT).filter(reason=Attendance.Reason.WORK)


def never_present(scope: Scope):
    """Delegates who were expected at an activity of the period, and were present at none."""
    came = attendances(scope, Attendance.Status.PRESENT).values("mandate__delegate")
    expected = attendances(scope).values("mandate__delegate")
    return Delegate.objects.filter(pk__in=expected).exclude(pk__in=came)


def activity_figures(scope: Scope) -> Activities:
    kind_of = Activity.Kind
    events = told(scope)
    counts = _attendance_by_activity(events)
    taken_up = _taken_up_by_activity(events, scope)
    current, previous = [], []
    for activity in events.select_related("group").prefetch_related(
        "villages",
        "findings",
        "recommendations",
        Prefetch("transmissions", chain.transmissions(events, scope)),
        Prefetch("follow_ups", chain.follow_ups(events, scope)),
        Prefetch("unit_evaluations", chain.votes(events).select_related("unit")),
    ):
        items = taken_up.get(activity.pk, TakenUp())
        figure = _activity(activity, counts.get(activity.pk, []), items, scope)
        (current if activity.date in scope.period else previous).append(figure)
    return Activities(
        training=tuple(a for a in current if a.kind == kind_of.TRAINING),
        inspection=tuple(a for a in current if a.kind == kind_of.INSPECTION),
        evaluation=tuple(a for a in current if a.kind == kind_of.EVALUATION),
        law_check=tuple(a for a in current if a.kind == kind_of.LAW_CHECK),
        other=tuple(a for a in current if a.kind == kind_of.OTHER),
        previous=tuple(previous),
        attendance=_attendance(
            attendances(scope).values("status", "reason").annotate(n=Count("pk")).order_by()
        ),
        never_present=never_present(scope).count(),
    )


def _attendance_by_activity(events) -> dict[int, list[dict]]:
    rows = (
        attended(events)
        .values("activity", "status", "reason", level=F("mandate__level"))
        .annotate(n=Count("pk"))
        .order_by()
    )
    counts = {}
    for row in rows:
        counts.setdefault(row["activity"], []).append(row)
    return counts


def _taken_up_by_activity(events, scope: Scope) -> dict[int, TakenUp]:
    rows = (
        chain.taken_up(events, scope)
        .values("activity")
        .annotate(
            suggestions=Count("pk", filter=chain.IS_SUGGESTION),
            items=Count("pk", filter=~chain.IS_SUGGESTION),
            answered=Count("pk", filter=Q(replied_on__lte=scope.last)),
        )
        .order_by()
    )
    return {row.pop("activity"): TakenUp(**row) for row in rows}


def _attendance(rows) -> AttendanceCount:
    status = Attendance.Status
    numbers = dict.fromkeys(status.values, 0)
    reasons, absent_reasons = {}, {}
    for row in rows:
        numbers[row["status"]] += row["n"]
        if row["reason"]:
            reasons[row["reason"]] = reasons.get(row["reason"], 0) + row["n"]
        if row["status"] == status.ABSENT:
            absent_reasons[row["reason"]] = absent_reasons.get(row["reason"], 0) + row["n"]
    return AttendanceCount(
        expected=sum(numbers.values()),
        present=numbers[status.PRESENT],
        leave=numbers[status.LEAVE],
        absent=numbers[status.ABSENT],
        reasons=tuple(sorted(reasons.items())),
        absent_reasons=tuple(sorted(absent_reasons.items())),
    )


def _activity(
    activity: Activity, rows: list[dict], taken_up: TakenUp, scope: Scope
) -> ActivityFigure:
    return ActivityFigure(
        kind=activity.kind,
        title=activity.title,
        date=activity.date,
        content=tuple(activity.content_items),
        last_day=activity.last_day,
        group=activity.group.ordinal if activity.group_id else None,
        theme=activity.theme,
        theme_source=activity.theme_source,
        villages=tuple(village.name for village in activity.villages.all()),
        place=activity.place,
        levels=frozenset(row["level"] for row in rows),
        attendance=_attendance(rows),
        findings=tuple(Line(line.text, line.kind) for line in activity.findings.all()),
        recommendations=tuple(
            Line(line.text, line.addressee) for line in activity.recommendations.all()
        ),
        transmissions=_steps(activity.transmissions.all()),
        follow_ups=_steps(activity.follow_ups.all()),
        taken_up=taken_up,
        votes=tuple(_vote(vote, scope) for vote in activity.unit_evaluations.all()),
        pk=activity.pk,
    )


def _steps(steps) -> tuple[Step, ...]:
    return tuple(Step(step.who, step.date, step.content) for step in steps)


def _vote(vote: UnitEvaluation, scope: Scope) -> UnitVote:
    def by_cut_off(day):
        return day if day and day <= scope.last else None

    return UnitVote(
        unit=vote.unit.name,
        satisfied=vote.satisfied,
        basically=vote.basically_satisfied,
        dissatisfied=vote.dissatisfied,
        reported_on=by_cut_off(vote.reported_on),
        fed_back_on=by_cut_off(vote.fed_back_on),
    )
