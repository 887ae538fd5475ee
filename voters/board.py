"""办理情况: how the items of a period stand on a day, each number by a condition that lists share.

So many queries whatever the number of items: the database counts. Conditions come from
``progress`` and ``rates``; ``item_filter`` narrows a list by the same.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, Expression, F, Q, QuerySet, When

from congress.durations import counts_by, middle

from . import progress
from .rates import Basis, Share, shares_and_asides
from .states import State

#: Which of the items stand so on a day.
STANDING: dict[str, Callable[[datetime.date], Q]] = {
    "all": lambda day: Q(pk__isnull=False),
    "accepted": lambda day: progress.accepted(),
    "unfinished": progress.unfinished,
    "overdue": progress.overdue,
    "answered": lambda day: progress.accepted() & progress.answered(day),
    "closed": progress.closed,
}
NO_UNIT, NO_VILLAGE = "没有主办单位", "不是来访"


@dataclass(frozen=True)
class Part:
    """The items of one unit, topic or village, as numbers by key."""

    key: int | None
    name: str
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class Pace:
    """A unit's median days of each stretch, with how many items have both its days."""

    key: int | None
    name: str
    stretches: Mapping[str, tuple[float | None, int]]


@dataclass(frozen=True)
class Month:
    first: datetime.date
    raised: int
    answered: int
    closed: int


@dataclass(frozen=True)
class Board:
    total: Mapping[str, int]
    shares: Mapping[str, Share]
    asides: Mapping[str, int]
    states: tuple[tuple[State, int], ...]
    units: tuple[Part, ...]
    #: By the keys of the bands.
    late: tuple[Part, ...]
    topics: tuple[Part, ...]
    villages: tuple[Part, ...]
    ages: Mapping[str, int]
    months: tuple[Month, ...]
    paces: tuple[Pace, ...]
    #: Of all units together.
    pace: Pace


def board(items: QuerySet, basis: Basis) -> Board:
    """Of the items, as they stood on the day of the basis."""
    items, day = items.order_by(), basis.day
    units = _by(items, day, "lead_unit", "lead_unit__short_name", "lead_unit", NO_UNIT)
    shares, asides = shares_and_asides(items, basis)
    paces, pace = _paces(items, day, {unit.key: unit.name for unit in units})
    return Board(
        total={key: sum(unit.numbers[key] for unit in units) for key in STANDING},
        shares=shares,
        asides=asides,
        states=_states(items, day),
        units=units,
        late=_late(items, day),
        topics=_by(items, day, "topic", "topic__name", "topic__position", ""),
        villages=_by(
            items,
            day,
            "visit__village",
            "visit__village__name",
            "visit__village__position",
            NO_VILLAGE,
        ),
        ages=items.with_raised_day().aggregate(**_banded(progress.open_for, day)),
        months=_months(items, day),
        paces=paces,
        pace=pace,
    )


def standing(items: QuerySet, day: datetime.date) -> dict[str, int]:
    """The items by the keys of STANDING, in one query."""
    return items.order_by().with_deadline().aggregate(**_counts(day))


def _counts(day: datetime.date) -> dict:
    return {key: Count("pk", filter=condition(day)) for key, condition in STANDING.items()}


def _banded(condition: Callable[..., Q], day: datetime.date) -> dict:
    return {key: Count("pk", filter=condition(band, day)) for key, band in progress.BANDS.items()}


def _states(items: QuerySet, day: datetime.date) -> tuple[tuple[State, int], ...]:
    """In the order of an item's life, those that occur."""
    rows = items.with_state_on(day).values_list("state_on").annotate(rows=Count("pk"))
    numbers = dict(rows)
    return tuple((state, numbers[state]) for state in State if state in numbers)


def _by(items, day, path: str, name: str, order: str, nameless: str) -> tuple[Part, ...]:
    """In the order of the records themselves, those without one last."""
    rows = (
        items.with_deadline()
        .values(path, name)
        .annotate(**_counts(day))
        .order_by(F(order).asc(nulls_last=True), path)
    )
    return tuple(
        Part(row[path], row[name] or nameless, {key: row[key] for key in STANDING}) for row in rows
    )


def _late(items: QuerySet, day: datetime.date) -> tuple[Part, ...]:
    """The units with overdue items, by how many days they are."""
    rows = (
        items.overdue(day)
        .values("lead_unit", "lead_unit__short_name")
        .annotate(**_banded(progress.overdue_for, day))
        .order_by(F("lead_unit").asc(nulls_last=True))
    )
    return tuple(
        Part(
            row["lead_unit"],
            row["lead_unit__short_name"] or NO_UNIT,
            {key: row[key] for key in progress.BANDS},
        )
        for row in rows
    )


def _months(items: QuerySet, day: datetime.date) -> tuple[Month, ...]:
    """Every month from the first to the last in which something happened.

    The database counts by day, which needs no function of dates. What did not happen counts under
    no day: as a condition of the query it would lead away from the items of the period.
    """
    answered = progress.accepted() & progress.answered(day)
    counts = [
        _by_month(items.with_raised_day(), F("raised_day")),
        _by_month(items, Case(When(answered, then=F("replied_on")))),
        _by_month(items, Case(When(progress.closed(day), then=progress.finished_on()))),
    ]
    months = [first for count in counts for first in count]
    if not months:
        return ()
    first, last = min(months), max(months)
    spanned = []
    while first <= last:
        spanned.append(Month(first, *(count[first] for count in counts)))
        first = (first + datetime.timedelta(days=31)).replace(day=1)
    return tuple(spanned)


def _by_month(items: QuerySet, happened_on: Expression) -> Counter[datetime.date]:
    months: Counter[datetime.date] = Counter()
    counts = items.values(happened_on=happened_on).annotate(rows=Count("pk"))
    for date, rows in counts.values_list("happened_on", "rows"):
        if date:
            months[date.replace(day=1)] += rows
    return months


def _paces(
    items: QuerySet, day: datetime.date, names: Mapping[int | None, str]
) -> tuple[tuple[Pace, ...], Pace]:
    """Of each unit, and of all together."""
    counts = {
        key: counts_by(items.filter(stretch.done_by(day)), stretch.days, "lead_unit")
        for key, stretch in progress.STRETCHES.items()
    }

    def measured(days: Counter[int]) -> tuple[float | None, int]:
        return middle(days), days.total()

    paces = tuple(
        Pace(
            unit,
            name,
            {key: measured(by_unit.get(unit, Counter())) for key, by_unit in counts.items()},
        )
        for unit, name in names.items()
        if any(unit in by_unit for by_unit in counts.values())
    )
    whole = {key: measured(sum(by_unit.values(), Counter())) for key, by_unit in counts.items()}
    return paces, Pace(None, "合计", whole)
