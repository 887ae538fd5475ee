"""接待情况: who was on duty on the reception days of a period, who came and with what.

The counts keep the meaning they have in the annual report: days that were held, duties on such
days, visits and items of days that were not cancelled. 名, 班次, 次, 人次 and 条 never mix: the
duty of one delegate on one day is a 班次, and a delegate's turns are the sum of these.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from congress.periods import Period
from groups.models import Membership

from .models import FeedbackItem, ReceptionDay, ReceptionDuty, Visit

Status = ReceptionDuty.Status


@dataclass(frozen=True)
class Turnout:
    """Days held and those of them without a visit; duties done and missed; visits; persons."""

    days: int = 0
    without_visitor: int = 0
    on_duty: int = 0
    absent: int = 0
    visits: int = 0
    persons: int = 0

    def __add__(self, other: "Turnout") -> "Turnout":
        return Turnout(
            self.days + other.days,
            self.without_visitor + other.without_visitor,
            self.on_duty + other.on_duty,
            self.absent + other.absent,
            self.visits + other.visits,
            self.persons + other.persons,
        )


@dataclass(frozen=True)
class DayTurnout:
    """One day of one group."""

    date: datetime.date
    group: int
    ordinal: int
    place: str
    counts: Turnout


@dataclass(frozen=True)
class Turns:
    """One person in one group; ``is_full`` who could have taken a turn on every day held."""

    person: int
    name: str
    turns: int
    absent: int
    is_full: bool


@dataclass(frozen=True)
class GroupTurns:
    group: int
    ordinal: int
    rows: tuple[Turns, ...]

    @property
    def on_duty(self) -> int:
        """名: how many of them had a turn at all."""
        return sum(1 for row in self.rows if row.turns)

    @property
    def most_and_least(self) -> tuple[int, int] | None:
        """Turns of those who could have come every time; the spread is their difference."""
        turns = [row.turns for row in self.rows if row.is_full]
        return (max(turns), min(turns)) if turns else None

    @property
    def spread(self) -> int | None:
        return self.most_and_least and self.most_and_least[0] - self.most_and_least[1]


@dataclass(frozen=True)
class Figures:
    """A period: its days, 名 delegates on duty, visits and persons by channel, items by topic."""

    days: tuple[DayTurnout, ...]
    delegates: int
    channels: dict[str, tuple[int, int]]
    topics: dict[tuple[int, str], int]

    @property
    def total(self) -> Turnout:
        return sum((day.counts for day in self.days), Turnout())

    @property
    def items(self) -> int:
        return sum(self.topics.values())

    def by(self, key: Callable[[DayTurnout], Hashable]) -> dict[Hashable, Turnout]:
        """Turnout by date, group or place, in the order in which they come first."""
        sums: dict = {}
        for day in self.days:
            sums[key(day)] = sums.get(key(day), Turnout()) + day.counts
        return sums


def figures(days, period: Period) -> Figures:
    """Of those of the given reception days that lie in the period."""
    return Figures(
        turnout_of_days(days, period),
        delegates_on_duty(days, period),
        visits_by_channel(days, period),
        items_by_topic(days, period),
    )


def turnout_of_days(days, period: Period) -> tuple[DayTurnout, ...]:
    """Days held in the period and those, not yet held, on which somebody has come; by date."""
    is_held = Q(state=ReceptionDay.State.HELD)
    visits = Visit.objects.filter(day=OuterRef("pk"))
    duties = ReceptionDuty.objects.filter(day=OuterRef("pk"))
    rows = (
        days.filter(date__range=(period.first, period.last))
        .exclude(state=ReceptionDay.State.CANCELLED)
        .filter(is_held | Exists(visits))
        .order_by("date", "group__ordinal", "pk")
        .values_list(
            "date",
            "group",
            "group__ordinal",
            "place",
            "state",
            _number(duties.filter(status=Status.ON_DUTY), Count("pk")),
            _number(duties.filter(status=Status.ABSENT), Count("pk")),
            _number(visits, Count("pk")),
            _number(visits, Sum("persons")),
        )
    )
    return tuple(_day(*row) for row in rows)


def _number(records, number) -> Coalesce:
    """That number of the day's records, in a subquery so that none multiplies another."""
    counted = records.order_by().values("day").annotate(number=number).values("number")
    return Coalesce(Subquery(counted), 0)


def _day(date, group, ordinal, place, state, on_duty, absent, visits, persons) -> DayTurnout:
    if state != ReceptionDay.State.HELD:
        return DayTurnout(date, group, ordinal, place, Turnout(visits=visits, persons=persons))
    counts = Turnout(1, int(not visits), on_duty, absent, visits, persons)
    return DayTurnout(date, group, ordinal, place, counts)


def visits_by_channel(days, period: Period) -> dict[str, tuple[int, int]]:
    """channel: visits and persons."""
    visits = Visit.objects.received_in(period).filter(day__in=days)
    counted = visits.order_by().values("channel").annotate(n=Count("pk"), persons=Sum("persons"))
    return {row["channel"]: (row["n"], row["persons"]) for row in counted}


def items_by_topic(days, period: Period) -> dict[tuple[int, str], int]:
    """(key, name) of the topic: items; the order is that of the topics."""
    items = FeedbackItem.objects.collected_in(period).filter(visit__day__in=days)
    rows = (
        items.values("topic", "topic__name")
        .annotate(n=Count("pk"))
        .order_by("topic__position", "topic")
    )
    return {(row["topic"], row["topic__name"]): row["n"] for row in rows}


def delegates_on_duty(days, period: Period) -> int:
    """名: each person once, however many days, groups and mandates."""
    duties = _duties(days, period).filter(status=Status.ON_DUTY)
    return duties.aggregate(n=Count("mandate__delegate", distinct=True))["n"]


def _duties(days, period: Period):
    return ReceptionDuty.objects.filter(day__in=days.held_in(period))


def turns_by_group(days, period: Period) -> tuple[GroupTurns, ...]:
    """Everybody who was a member while the group's days were held, and who stood in for one."""
    dates, ordinals = defaultdict(set), {}
    held = days.held_in(period).order_by("group__ordinal", "group")
    for group, ordinal, date in held.values_list("group", "group__ordinal", "date"):
        dates[group].add(date)
        ordinals[group] = ordinal
    names, free = {}, defaultdict(set)
    for member in _members(dates, period):
        person = member.mandate.delegate
        on_days = {date for date in dates[member.group_id] if member.holds_on(date)}
        if on_days:
            names[member.group_id, person.pk] = person.name
            free[member.group_id, person.pk] |= {
                date for date in on_days if _can_receive(member.mandate, date)
            }
    turns, absent = {}, {}
    duties = _duties(days, period).order_by()
    for group, person, name, taken, missed in duties.values_list(
        "day__group", "mandate__delegate", "mandate__delegate__name"
    ).annotate(
        turns=Count("pk", filter=Q(status=Status.ON_DUTY)),
        absent=Count("pk", filter=Q(status=Status.ABSENT)),
    ):
        names.setdefault((group, person), name)
        turns[group, person], absent[group, person] = taken, missed
    rows = defaultdict(list)
    for (group, person), name in names.items():
        key = group, person
        is_full = free[key] == dates[group]
        rows[group].append(Turns(person, name, turns.get(key, 0), absent.get(key, 0), is_full))
    return tuple(
        GroupTurns(
            group,
            ordinals[group],
            tuple(sorted(rows[group], key=lambda row: (-row.turns, row.absent, row.person))),
        )
        for group in dates
    )


def _members(groups: Iterable[int], period: Period):
    overlapping = Q(start__lte=period.last) & (Q(end__isnull=True) | Q(end__gt=period.first))
    return (
        Membership.objects.filter(overlapping, group__in=list(groups), mandate__isnull=False)
        .select_related("mandate__delegate")
        .prefetch_related("mandate__suspensions", "mandate__delegate__unavailabilities")
    )


def _can_receive(mandate, date: datetime.date) -> bool:
    """In office, and not declared unavailable."""
    away = [*mandate.suspensions.all(), *mandate.delegate.unavailabilities.all()]
    return mandate.holds_on(date) and not any(span.holds_on(date) for span in away)
