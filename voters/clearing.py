"""Which voters' contact data are to be cleared, some years after all was closed (PIPL 19)."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress.editing import fingerprint
from congress.models import Township
from congress.periods import today
from voters.models import FeedbackItem, FeedbackStep, Visit
from voters.states import ENDED

#: What was done last with an item, by its own dates.
_LAST_DATES = ("replied_on", "group_told_on", "voter_told_on")
#: Who gave no name.
ANONYMOUS = "匿名"
#: Rows that a page shows.
SHOWN = 100


@dataclass(frozen=True)
class Due:
    """The visits to be cleared on a day, and by which rule."""

    years: int
    visits: QuerySet

    @property
    def count(self) -> int:
        return self.visits.count()

    @property
    def seen(self) -> str:
        return fingerprint(list(self.visits.values_list("pk", "version")))


def due_now() -> Due:
    years = Township.current().contact_years
    return Due(years, due_on(today(), years).order_by("day__date", "pk"))


def due_on(day: datetime.date, years: int) -> QuerySet:
    """Visits with contact data whose items were all closed that many years before; 0: none."""
    if not years:
        return Visit.objects.none()
    return closed_visits(_years_before(day, years))


def closed_visits(last: datetime.date) -> QuerySet:
    """Received, and all items of theirs closed or rejected, by that day; not yet cleared."""
    items = FeedbackItem.objects.filter(visit=OuterRef("pk"))
    later = Q(*((f"{name}__gt", last) for name in _LAST_DATES), _connector=Q.OR)
    steps = FeedbackStep.objects.filter(item__visit=OuterRef("pk"), at__date__gt=last)
    return Visit.objects.filter(
        ~Q(phone="") | ~Q(voter_name__contains=ANONYMOUS) & ~Q(voter_name__endswith="**"),
        ~Exists(items.filter(~Q(state__in=ENDED) | later)),
        ~Exists(steps.exclude(kind="import")),
        cleared_on__isnull=True,
        day__date__lte=last,
    )


def _years_before(day: datetime.date, years: int) -> datetime.date:
    """The same date, of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
