"""Turns on reception days, with the visits received there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from congress.periods import Period
from delegates.duty_file import Entry, Found, Source, Standing, add_source, days_so_far
from delegates.models import Delegate
from voters.models import ReceptionDay, ReceptionDuty, Visit


@dataclass(frozen=True)
class Turn(Entry):
    """A reception day with the visits that the person received there."""

    visits: int = 0
    #: 人次 of these visits.
    persons: int = 0


@dataclass
class _OnDay:
    """What is known of one person on one reception day."""

    day: ReceptionDay
    standing: Standing | None = None
    visits: dict[int, int] = field(default_factory=dict)


def reception_of(persons: Sequence[Delegate], period: Period) -> Found:
    """Turns on days that were held, and visits received out of turn.

    Who changed the turn with somebody has neither done nor missed it.
    """
    known: dict[tuple[int, int], _OnDay] = {}

    def on_day(person: int, day: ReceptionDay) -> _OnDay:
        return known.setdefault((person, day.pk), _OnDay(day))

    for duty in _duties(persons, period):
        standing = _turned_out(duty)
        if standing or duty.status == ReceptionDuty.Status.ON_DUTY:
            on_day(duty.mandate.delegate_id, duty.day).standing = standing
    for received in _received(persons, period):
        visit = received.visit
        on_day(received.mandate.delegate_id, visit.day).visits[visit.pk] = visit.persons
    found = defaultdict(list)
    for (person, _), told in sorted(known.items(), key=lambda each: each[1].day.date):
        found[person].append(_turn(told))
    return found


def _duties(persons: Sequence[Delegate], period: Period) -> QuerySet:
    duties = ReceptionDuty.objects.filter(
        mandate__delegate__in=persons,
        day__state=ReceptionDay.State.HELD,
        day__date__range=days_so_far(period),
    ).exclude(status=ReceptionDuty.Status.SWAPPED)
    duties = duties.select_related("day__group", "mandate").order_by("pk")
    return duties.prefetch_related("mandate__suspensions")


def _turned_out(duty: ReceptionDuty) -> Standing | None:
    """None for who was not in office that day."""
    if not duty.mandate.is_in_office_on(duty.day.date):
        return None
    is_absent = duty.status == ReceptionDuty.Status.ABSENT
    return Standing.ABSENT if is_absent else Standing.PRESENT


def _received(persons: Sequence[Delegate], period: Period) -> QuerySet:
    received = Visit.received_by.through.objects.filter(
        mandate__delegate__in=persons, visit__day__date__range=days_so_far(period)
    ).exclude(visit__day__state=ReceptionDay.State.CANCELLED)
    return received.select_related("visit__day__group", "mandate").order_by("pk")


def _turn(told: _OnDay) -> Turn:
    visits, persons = len(told.visits), sum(told.visits.values())
    return Turn(
        told.day.date,
        f"{told.day.group}接待选民日（{told.day.place}）",
        told.day.get_absolute_url(),
        told.standing,
        f"来访{visits}件、{persons}人次" if visits else "",
        visits=visits,
        persons=persons,
    )


def received_in_words(turns: Iterable[Turn]) -> str:
    """登记来访12件、15人次; empty where nobody came."""
    turns = list(turns)
    visits, persons = sum(each.visits for each in turns), sum(each.persons for each in turns)
    return f"登记来访{visits}件、{persons}人次" if visits else ""


def _reception_summary(turns: Sequence[Turn]) -> str:
    words = received_in_words(turns)
    return f"{words}。" if words else ""


add_source(Source("reception", "接待选民", "次", reception_of, _reception_summary))
