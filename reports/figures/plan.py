"""The annual plan: what is still to come after the cut-off."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import ExtractMonth

from congress.periods import Period
from groups.models import Activity, PlanItem

from .duty import done as duty_reports_done
from .institution import sessions_held
from .reception import days_held

ACTIVITY_KINDS = (
    PlanItem.Kind.TRAINING,
    PlanItem.Kind.INSPECTION,
    PlanItem.Kind.EVALUATION,
    PlanItem.Kind.OTHER,
)


@dataclass(frozen=True)
class Planned:
    """A plan item with what the records of the period show as done."""

    title: str
    kind: str
    first_month: int
    last_month: int
    planned: int
    done: int
    group: int | None = None
    note: str = ""

    @property
    def remaining(self) -> int:
        return max(self.planned - self.done, 0)


@dataclass(frozen=True)
class Outlook:
    """What is to come, in the order of the plan; from 31 December on it is next year's plan."""

    year: int
    items: tuple[Planned, ...]

    def of_kind(self, *kinds: str) -> tuple[Planned, ...]:
        return tuple(item for item in self.items if item.kind in kinds)


def plan_items(year: int):
    return PlanItem.objects.filter(year=year).order_by("first_month", "last_month", "number")


def outlook_figures(period: Period, report_year: int) -> Outlook:
    year = (period.last + timedelta(days=1)).year
    items = plan_items(year).select_related("group")
    numbers = _numbers_done(period, year) if year == report_year else {}
    planned = (_planned(item, numbers) for item in items)
    return Outlook(year=year, items=tuple(item for item in planned if item.remaining))


def _numbers_done(period: Period, year: int) -> dict[str, list[tuple]]:
    """For each kind (organiser, month, number) of what was done; organiser None: the township."""
    this_year = Period(max(period.first, Period.of_year(year).first), period.last)
    receptions = days_held(this_year)
    reports = duty_reports_done(this_year, year)
    member_of = "mandate__memberships__"
    of_groups = reports.filter(
        Q(**{f"{member_of}end__isnull": True}) | Q(**{f"{member_of}end__gt": F("held_on")}),
        **{f"{member_of}start__lte": F("held_on")},
    )
    kind = PlanItem.Kind
    return {
        kind.RECEPTION: _by_month(receptions, "date") + _by_month(receptions, "date", "group"),
        kind.DUTY_REPORT: _by_month(reports, "held_on")
        + _by_month(of_groups, "held_on", f"{member_of}group"),
        kind.SESSION: _by_month(sessions_held(this_year), "date"),
        **{
            name: _by_month(Activity.objects.held_in(this_year).filter(kind=name), "date", "group")
            for name in ACTIVITY_KINDS
        },
    }


def _by_month(rows, day: str, organiser: str = "") -> list[tuple]:
    """Numbers by organiser and month; without an organiser those of the whole township."""
    keys = [organiser] if organiser else []
    counts = (
        rows.annotate(month=ExtractMonth(day))
        .values_list(*keys, "month")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return [row if organiser else (None, *row) for row in counts]


def _planned(item: PlanItem, numbers: dict[str, list[tuple]]) -> Planned:
    done = sum(
        number
        for organiser, month, number in numbers.get(item.kind, ())
        if organiser == item.group_id and item.first_month <= month <= item.last_month
    )
    return Planned(
        title=item.title,
        kind=item.kind,
        first_month=item.first_month,
        last_month=item.last_month,
        planned=item.planned_count,
        done=done,
        group=item.group.ordinal if item.group_id else None,
        note=item.note,
    )
