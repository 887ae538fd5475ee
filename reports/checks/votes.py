"""Ballots that do not add up, as far as no single record shows it."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from congress.models import BallotScales
from groups.models import Attendance
from reports.figures import activities, duty
from voters.models import UnitEvaluation

from .check import ERROR, Found, check, records_found
from .subject import Subject


@check(
    "ballots",
    "票数不符",
    ERROR,
    "发出票、收回票、有效票与各等次之和对不上，票数多于到会人数，或者用了本年口径没有的等次。",
)
def not_adding_up(subject: Subject) -> Iterator[Found]:
    yield from records_found(
        _reports_off_scale(subject),
        lambda number: f"{number}次述职的测评把票数填在了本年口径没有的等次，各项之和对不上。",
    )
    yield from records_found(
        _units_with_too_many(subject),
        lambda number: f"{number}个单位的评议票数多于参加评议的人数。",
        label=lambda vote: f"{vote.activity.title} {vote.unit}",
    )


def _reports_off_scale(subject: Subject):
    """With a third grade where the year's scale has none; sum, valid, returned, issued and present
    are kept in order by constraints."""
    reports = duty.planned(subject.scope).held_in(subject.scope.period)
    if len(BallotScales.load().of(subject.scope.year).words) > 3:
        return reports.none()
    return reports.filter(third_grade__gt=0).select_related("mandate__delegate")


def _units_with_too_many(subject: Subject):
    """More ballots than there were people to cast them, where attendance was taken."""
    held = activities.in_period(subject.scope)
    taken = Attendance.objects.counted().filter(activity=OuterRef("activity"))
    present = taken.filter(status=Attendance.Status.PRESENT)
    there = present.order_by().values("activity").annotate(n=Count("pk")).values("n")
    return (
        UnitEvaluation.objects.voted()
        .filter(Exists(taken), activity__in=held)
        .annotate(cast=Coalesce("ballots_issued", _sum_of_grades()))
        .filter(cast__gt=Coalesce(Subquery(there), 0) + Coalesce("others_present", 0))
        .select_related("activity", "unit")
        .order_by("pk")
    )


def _sum_of_grades():
    return F("satisfied") + F("basically_satisfied") + F("third_grade") + F("dissatisfied")
