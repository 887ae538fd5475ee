"""Activities of the period, who came, and the chain from finding to follow-up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q

from congress.periods import Period
from groups.models import Activity, Attendance, FollowUp, Transmission
from voters.models import FeedbackItem, UnitEvaluation


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


@dataclass(frozen=True)
class Activities:
    """Activities by kind in the order of their days; `previous` are last year's evaluations."""

    training: tuple[ActivityFigure, ...]
    inspection: tuple[ActivityFigure, ...]
    evaluation: tuple[ActivityFigure, ...]
    law_check: tuple[ActivityFigure, ...]
    other: tuple[ActivityFigure, ...]
    previous: tuple[ActivityFigure, ...]
    attendance: AttendanceCount


def activities(period: Period, kind: str):
    return Activity.objects.held_in(period).filter(kind=kind).order_by("date", "pk")


def previous_evaluations(year: int):
    """Evaluations of the year before (去年底)."""
    return activities(Period.of_year(year - 1), Activity.Kind.EVALUATION)


def attendances(period: Period, *statuses: str):
    """Attendance at the activities of the period; without a status all who were expected."""
    expected = Attendance.objects.counted().filter(activity__in=Activity.objects.held_in(period))
    return expected.filter(status__in=statuses) if statuses else expected


def activity_figures(period: Period, year: int) -> Activities:
    kind_of = Activity.Kind
    told = Activity.objects.filter(
        Q(pk__in=Activity.objects.held_in(period)) | Q(pk__in=previous_evaluations(year))
    ).order_by("date", "pk")
    counts = _attendance_by_activity(told)
    taken_up = _taken_up_by_activity(told, period)
    in_period, previous = [], []
    for activity in told.select_related("group").prefetch_related(
        "villages",
        "findings",
        "recommendations",
        Prefetch("transmissions", Transmission.objects.filter(date__lte=period.last)),
        Prefetch("follow_ups", FollowUp.objects.filter(date__lte=period.last)),
        Prefetch(
            "unit_evaluations",
            UnitEvaluation.objects.voted().select_related("unit").order_by("pk"),
        ),
    ):
        items = taken_up.get(activity.pk, TakenUp())
        figure = _activity(activity, counts.get(activity.pk, []), items, period)
        (in_period if activity.date in period else previous).append(figure)
    return Activities(
        training=tuple(a for a in in_period if a.kind == kind_of.TRAINING),
        inspection=tuple(a for a in in_period if a.kind == kind_of.INSPECTION),
        evaluation=tuple(a for a in in_period if a.kind == kind_of.EVALUATION),
        law_check=tuple(a for a in in_period if a.kind == kind_of.LAW_CHECK),
        other=tuple(a for a in in_period if a.kind == kind_of.OTHER),
        previous=tuple(previous),
        attendance=_attendance(
            attendances(period).values("status", "reason").annotate(n=Count("pk")).order_by()
        ),
    )


def _attendance_by_activity(told) -> dict[int, list[dict]]:
    rows = (
        Attendance.objects.counted()
        .filter(activity__in=told)
        .values("activity", "status", "reason", level=F("mandate__level"))
        .annotate(n=Count("pk"))
        .order_by()
    )
    counts = {}
    for row in rows:
        counts.setdefault(row["activity"], []).append(row)
    return counts


def _taken_up_by_activity(told, period: Period) -> dict[int, TakenUp]:
    is_suggestion = Q(source=FeedbackItem.Source.DELEGATE)
    rows = (
        FeedbackItem.objects.filter(recommendation__activity__in=told, assigned_on__lte=period.last)
        .values(activity=F("recommendation__activity"))
        .annotate(
            suggestions=Count("pk", filter=is_suggestion),
            items=Count("pk", filter=~is_suggestion),
            answered=Count("pk", filter=Q(replied_on__lte=period.last)),
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
    activity: Activity, rows: list[dict], taken_up: TakenUp, period: Period
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
        votes=tuple(_vote(vote, period) for vote in activity.unit_evaluations.all()),
    )


def _steps(steps) -> tuple[Step, ...]:
    return tuple(Step(step.who, step.date, step.content) for step in steps)


def _vote(vote: UnitEvaluation, period: Period) -> UnitVote:
    def by_cut_off(day):
        return day if day and day <= period.last else None

    return UnitVote(
        unit=vote.unit.name,
        satisfied=vote.satisfied,
        basically=vote.basically_satisfied,
        dissatisfied=vote.dissatisfied,
        reported_on=by_cut_off(vote.reported_on),
        fed_back_on=by_cut_off(vote.fed_back_on),
    )
