"""The annual plan: planned against done, counted from records and never stored.

Done for an item are the records of its kind by the same organiser, in its year and planned
months, up to a day. Rooms above say with ``counted_by`` how the kinds that are theirs are counted.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from congress.models import Session

from .models import Activity, PlanItem

Kind = PlanItem.Kind


@dataclass(frozen=True)
class Counter:
    """Where the records of one kind are: done ones only, ``day`` the field of their day.

    ``by_group`` limits them to ``OuterRef("group")``; it is None where a group does none itself.
    """

    day: str
    by_township: Callable[[], QuerySet]
    by_group: Callable[[], QuerySet] | None = None


_counters: dict[str, Counter] = {}


def counted_by(kind: str, counter: Counter) -> None:
    _counters[kind] = counter


def with_progress(
    items: QuerySet, on: datetime.date, since: datetime.date | None = None
) -> QuerySet:
    """Annotates ``done``, counted up to and including that day; of a period from ``since`` on."""
    cases = []
    for kind, counter in _counters.items():
        township = _number(counter.by_township(), counter.day, on, since)
        cases.append(When(kind=kind, group__isnull=True, then=township))
        if counter.by_group:
            group = _number(counter.by_group(), counter.day, on, since)
            cases.append(When(kind=kind, group__isnull=False, then=group))
    return items.annotate(done=Case(*cases, default=Value(0)))


def _number(records: QuerySet, day: str, on: datetime.date, since: datetime.date | None):
    in_planned_months = records.filter(
        **{
            f"{day}__year": OuterRef("year"),
            f"{day}__month__gte": OuterRef("first_month"),
            f"{day}__month__lte": OuterRef("last_month"),
            f"{day}__lte": on,
        }
    )
    if since:
        in_planned_months = in_planned_months.filter(**{f"{day}__gte": since})
    number = in_planned_months.order_by().values(all=Value(1)).annotate(number=Count("pk"))
    return Coalesce(Subquery(number.values("number")), 0)


def remaining(item: PlanItem) -> int:
    """What an item with progress still lacks; more than planned is no debt of others."""
    return max(item.planned_count - item.done, 0)


def unfinished(items: QuerySet) -> QuerySet:
    return items.filter(done__lt=F("planned_count"))


def late(items: QuerySet, on: datetime.date) -> QuerySet:
    """Of items with progress: those whose months are over and which are not done."""
    months_over = Q(year__lt=on.year) | Q(year=on.year, last_month__lt=on.month)
    return unfinished(items).filter(months_over)


def due_in_month_of(items: QuerySet, on: datetime.date) -> QuerySet:
    """Items planned for the month of that day, done or not."""
    return items.filter(year=on.year, first_month__lte=on.month, last_month__gte=on.month)


@dataclass(frozen=True)
class PlanState:
    words: str
    css_class: str


DONE = PlanState("已完成", "done")
LATE = PlanState("逾期未完成", "overdue")
COMING = PlanState("未到时间", "")
IN_HAND = PlanState("进行中", "in-hand")


def state_of(item: PlanItem, on: datetime.date) -> PlanState:
    """The state on that day of an item with progress."""
    if item.done >= item.planned_count:
        return DONE
    if (item.year, item.last_month) < (on.year, on.month):
        return LATE
    if (item.year, item.first_month) > (on.year, on.month):
        return COMING
    return IN_HAND


def _activities(kind: str) -> Counter:
    activities = Activity.objects.filter(kind=kind)
    return Counter(
        "date",
        lambda: activities.filter(group__isnull=True),
        lambda: activities.filter(group=OuterRef("group")),
    )


for _kind in (Kind.TRAINING, Kind.INSPECTION, Kind.EVALUATION, Kind.OTHER):
    counted_by(_kind, _activities(_kind))
counted_by(Kind.SESSION, Counter("date", lambda: Session.objects.filter(state=Session.State.HELD)))
