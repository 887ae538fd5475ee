"""The annual plan: what is still to come after the cut-off."""

from dataclasses import dataclass
from datetime import timedelta

from congress.periods import Period
from groups.models import PlanItem
from groups.plan import unfinished, with_progress
from voters.models import CountyProposal

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
    """What is to come, in the order of the plan; from 31 December on it is next year's plan.

    ``bills`` and ``suggestions`` are the titles drafted for the county's session.
    """

    year: int
    items: tuple[Planned, ...]
    bills: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()

    def of_kind(self, *kinds: str) -> tuple[Planned, ...]:
        return tuple(item for item in self.items if item.kind in kinds)


def plan_items(year: int):
    return PlanItem.objects.filter(year=year).order_by("first_month", "last_month", "number")


def outlook_figures(period: Period) -> Outlook:
    """What was planned for the year of the day after the cut-off and is not done by then."""
    year = (period.last + timedelta(days=1)).year
    to_come = unfinished(with_progress(plan_items(year), period.last, period.first))
    return Outlook(
        year,
        tuple(_planned(item) for item in to_come.select_related("group")),
        bills=_drafts(period, CountyProposal.Kind.BILL),
        suggestions=_drafts(period, CountyProposal.Kind.SUGGESTION),
    )


def drafts_for_county(period: Period):
    """Bills and suggestions for the county's session, written in the period."""
    drafts = CountyProposal.objects.exclude(kind=CountyProposal.Kind.TO_COUNTY)
    return drafts.filter(drafted_on__range=(period.first, period.last)).order_by("pk")


def _drafts(period: Period, kind: str) -> tuple[str, ...]:
    return tuple(drafts_for_county(period).filter(kind=kind).values_list("title", flat=True))


def _planned(item: PlanItem) -> Planned:
    return Planned(
        title=item.title,
        kind=item.kind,
        first_month=item.first_month,
        last_month=item.last_month,
        planned=item.planned_count,
        done=item.done,
        group=item.group.ordinal if item.group_id else None,
        note=item.note,
    )
