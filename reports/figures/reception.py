"""Reception days, who was on duty and who came. 名, 人次 and 条 are three counts, never mixed."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from congress.periods import Period
from delegates.models import Delegate
from voters.models import ReceptionDay, ReceptionDuty, Visit


@dataclass(frozen=True)
class GroupReception:
    group: int
    days: int
    delegates: int
    visits: int
    persons: int


@dataclass(frozen=True)
class Reception:
    """Day-and-group sessions held; distinct delegates on duty; visits; persons (人次)."""

    days_held: int
    delegates: int
    visits: int
    persons: int
    moved: int
    without_visitor: int
    dates: int
    channels: tuple[tuple[str, int], ...]
    by_group: tuple[GroupReception, ...]


def days_held(period: Period):
    return ReceptionDay.objects.held_in(period)


def duties(period: Period):
    """On duty on a day that was held; whoever was absent or swapped did not receive."""
    return ReceptionDuty.objects.filter(
        day__in=days_held(period), status=ReceptionDuty.Status.ON_DUTY
    )


def delegates_on_duty(period: Period):
    """Each person once, however many days and mandates."""
    return Delegate.objects.filter(pk__in=duties(period).values("mandate__delegate"))


def visits(period: Period):
    return Visit.objects.received_in(period)


def reception_figures(period: Period) -> Reception:
    days = days_held(period).aggregate(
        held=Count("pk"), moved=Count("original_date"), dates=Count("date", distinct=True)
    )
    received = visits(period).aggregate(visits=Count("pk"), persons=Sum("persons", default=0))
    channels = visits(period).values_list("channel").annotate(n=Count("pk")).order_by("channel")
    return Reception(
        days_held=days["held"],
        delegates=delegates_on_duty(period).count(),
        visits=received["visits"],
        persons=received["persons"],
        moved=days["moved"],
        without_visitor=days_held(period).filter(visits__isnull=True).count(),
        dates=days["dates"],
        channels=tuple(channels),
        by_group=_by_group(period),
    )


def _by_group(period: Period) -> tuple[GroupReception, ...]:
    days = dict(_count(days_held(period), "group__ordinal", Count("pk")))
    on_duty = dict(
        _count(duties(period), "day__group__ordinal", Count("mandate__delegate", distinct=True))
    )
    came = dict(_count(visits(period), "day__group__ordinal", Count("pk")))
    persons = dict(_count(visits(period), "day__group__ordinal", Sum("persons")))
    return tuple(
        GroupReception(
            group, number, on_duty.get(group, 0), came.get(group, 0), persons.get(group, 0)
        )
        for group, number in sorted(days.items())
    )


def _count(rows, key: str, number):
    return rows.values_list(key).annotate(n=number).order_by(key)
