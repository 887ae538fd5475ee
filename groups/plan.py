"""The annual plan: planned against done, counted from records and never stored.

Done for an item are the records of its kind by the same organiser, in its year and planned
months, up to a day. Rooms above say with ``counted_by`` how the kinds that are theirs are counted.
"""

import calendar
import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from congress.models import Session

from .models import Activity, PlanItem

Kind = PlanItem.Kind


@dataclass(frozen=True)
class Counter:
    """Where the records of one kind are.

    ``done`` gives those that are done, of a group or, with None, of the township; ``day`` is the
    field of their day. ``awaited`` gives what is arranged for an item and still to come.
    """

    day: str
    done: Callable[[Any], QuerySet]
    awaited: Callable[[PlanItem], QuerySet] | None = None
    #: Joined where the records are listed.
    related: tuple[str, ...] = ()
    #: Whether a group does any of this kind itself.
    of_groups: bool = True


_counters: dict[str, Counter] = {}


def counted_by(kind: str, counter: Counter) -> None:
    _counters[kind] = counter


def with_progress(
    items: QuerySet, on: datetime.date, since: datetime.date | None = None
) -> QuerySet:
    """Annotates ``done``, counted up to and including that day; of a period from ``since`` on."""
    cases = []
    for kind, counter in _counters.items():
        township = _number(counter.done(None), counter.day, on, since)
        cases.append(When(kind=kind, group__isnull=True, then=township))
        if counter.of_groups:
            group = _number(counter.done(OuterRef("group")), counter.day, on, since)
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


def done_by_month(items: QuerySet, year: int, on: datetime.date) -> dict[int, dict[int, int]]:
    """By the key of an item of that year: how many were done in each of its months."""
    found: dict[int, dict[int, int]] = {}
    for first in (datetime.date(year, month, 1) for month in range(1, 13)):
        if first > on:
            break
        last = datetime.date(year, first.month, calendar.monthrange(year, first.month)[1])
        in_month = items.filter(first_month__lte=first.month, last_month__gte=first.month)
        counted = with_progress(in_month.order_by(), min(last, on), first)
        # Asked for zero too: a condition on the number would count everything twice.
        for key, done in counted.values_list("pk", "done"):
            found.setdefault(key, {})[first.month] = done
    return found


def planned_by_month(item: PlanItem) -> dict[int, int]:
    """The planned number spread evenly over the planned months; all of it by the last of them."""
    months = item.last_month - item.first_month + 1
    due = [item.planned_count * place // months for place in range(months + 1)]
    return {item.first_month + place: due[place + 1] - due[place] for place in range(months)}


def records_of(item: PlanItem, on: datetime.date) -> list[tuple[datetime.date, Any]]:
    """(day, record) of all that counts towards the item, in the order of their days."""
    counter = _counters[item.kind]
    if item.group_id and not counter.of_groups:
        return []
    day = counter.day
    records = counter.done(item.group_id).filter(
        **{
            f"{day}__year": item.year,
            f"{day}__month__gte": item.first_month,
            f"{day}__month__lte": item.last_month,
            f"{day}__lte": on,
        }
    )
    found = records.select_related(*counter.related).order_by(day, "pk").distinct()
    return [(getattr(record, day), record) for record in found]


def awaited_for(item: PlanItem) -> list[Any]:
    """What is arranged for the item and not done yet."""
    counter = _counters[item.kind]
    if counter.awaited is None:
        return []
    return list(counter.awaited(item).select_related(*counter.related))


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


def to_do_in_month_of(items: QuerySet, on: datetime.date) -> QuerySet:
    """Items with progress of which less is done than falls due by the end of that month.

    What is planned falls due evenly, as in ``planned_by_month``.
    """
    months_gone = Value(on.month + 1) - F("first_month")
    months = F("last_month") - F("first_month") + Value(1)
    due = F("planned_count") * months_gone / months
    return due_in_month_of(items, on).filter(done__lt=due)


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


def _activities(*kinds: str) -> Counter:
    return Counter("date", lambda group: Activity.objects.filter(kind__in=kinds, group=group))


def _planned_sessions(item: PlanItem) -> QuerySet:
    months = {"date__month__gte": item.first_month, "date__month__lte": item.last_month}
    return Session.objects.filter(
        state=Session.State.PLANNED, date__year=item.year, **months
    ).order_by("date")


for _kind in (Kind.TRAINING, Kind.INSPECTION, Kind.EVALUATION):
    counted_by(_kind, _activities(_kind))
# The plan has no kind for law checks: they are 其他, as in the ledger.
counted_by(Kind.OTHER, _activities(Activity.Kind.LAW_CHECK, Activity.Kind.OTHER))
counted_by(
    Kind.SESSION,
    Counter(
        "date",
        lambda group: Session.objects.filter(state=Session.State.HELD),
        _planned_sessions,
        ("term",),
        of_groups=False,
    ),
)
