"""Reception days, who was on duty and who came. 名, 人次 and 条 are three counts, never mixed."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from delegates.models import Delegate
from reports.scope import Scope
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


def days_held(scope: Scope):
    return ReceptionDay.objects.held_in(scope.period).filter(scope.within("group"))


def days_moved(scope: Scope):
    """Held on another day than planned."""
    return days_held(scope).filter(original_date__isnull=False)


def days_without_visitor(scope: Scope):
    return days_held(scope).filter(visits__isnull=True)


def duties(scope: Scope):
    """On duty on a day that was held; whoever was absent or swapped did not receive."""
    return ReceptionDuty.objects.filter(
        day__in=days_held(scope), status=ReceptionDuty.Status.ON_DUTY
    )


def delegates_on_duty(scope: Scope):
    """Each person once, however many days and mandates."""
    return Delegate.objects.filter(pk__in=duties(scope).values("mandate__delegate"))


def visits(scope: Scope):
    return Visit.objects.received_in(scope.period).filter(scope.within("day__group"))


def reception_figures(scope: Scope) -> Reception:
    days = days_held(scope).aggregate(held=Count("pk"), dates=Count("date", distinct=True))
    received = visits(scope).aggregate(visits=Count("pk"), persons=Sum("persons", default=0))
    channels = visits(scope).values_list("channel").annotate(n=Count("pk")).order_by("channel")
    return Reception(
        days_held=days["held"],
        delegates=delegates_on_duty(scope).count(),
        visits=received["visits"],
        persons=received["persons"],
        moved=days_moved(scope).count(),
        without_visitor=days_without_visitor(scope).count(),
        dates=days["dates"],
        channels=tuple(channels),
        by_group=_by_group(scope),
    )


def _by_group(scope: Scope) -> tuple[GroupReception, ...]:
    days = dict(_count(days_held(scope), "group__ordinal", Count("pk")))
    on_duty = dict(
        _count(duties(scope), "day__group__ordinal", Count("mandate__delegate", distinct=True))
    )
    came = dict(_count(visits(scope), "day__group__ordinal", Count("pk")))
    persons = dict(_count(visits(scope), "day__group__ordinal", Sum("persons")))
    return tuple(
        GroupReception(
            group, number, on_duty.get(group, 0), came.get(group, 0), persons.get(group, 0)
        )
        for group, number in sorted(days.items())
    )


def _count(rows, key: str, number):
    return rows.values_list(key).annotate(n=number).order_by(key)
