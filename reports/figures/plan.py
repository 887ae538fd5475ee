"""The annual plan: what is still to come after the cut-off."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Greatest

from groups.models import PlanItem
from groups.plan import unfinished, with_progress
from reports.scope import Scope
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
    pk: int = field(default=0, compare=False)

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


def coming_year(scope: Scope) -> int:
    """The year of the day after the cut-off."""
    return (scope.last + timedelta(days=1)).year


def plan_items(scope: Scope, year: int):
    """Of the township and of all groups; of a group its own."""
    items = PlanItem.objects.filter(scope.within("group"), year=year)
    return items.order_by("first_month", "last_month", "number")


def with_done(items, scope: Scope):
    """Annotates ``done`` and ``remaining`` as of the cut-off.

    In a report on part of a year what was done before that part counts as done.
    """
    since = None if scope.is_part else scope.first
    counted = with_progress(items, scope.last, since)
    return counted.annotate(remaining=Greatest(F("planned_count") - F("done"), 0))


def to_come(scope: Scope, *kinds: str):
    """Planned for the coming year and not done by the cut-off."""
    items = unfinished(with_done(plan_items(scope, coming_year(scope)), scope))
    return items.filter(kind__in=kinds) if kinds else items


def outlook_figures(scope: Scope) -> Outlook:
    """What was planned for the year of the day after the cut-off and is not done by then."""
    return Outlook(
        coming_year(scope),
        tuple(_planned(item) for item in to_come(scope).select_related("group")),
        bills=_titles(drafts_for_county(scope, CountyProposal.Kind.BILL)),
        suggestions=_titles(drafts_for_county(scope, CountyProposal.Kind.SUGGESTION)),
    )


def drafts_for_county(scope: Scope, *kinds: str):
    """Bills and suggestions for the county's session, written in the period."""
    drafts = CountyProposal.objects.exclude(kind=CountyProposal.Kind.TO_COUNTY)
    drafts = drafts.filter(drafted_on__range=(scope.first, scope.last)).order_by("pk")
    return drafts.filter(kind__in=kinds) if kinds else drafts


def _titles(drafts) -> tuple[str, ...]:
    return tuple(drafts.values_list("title", flat=True))


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
        pk=item.pk,
    )
