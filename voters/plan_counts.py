"""How plan items of this room's kinds are counted: reception days and duty reports held."""

from django.db.models import F, OuterRef, Q, QuerySet

from groups.models import PlanItem
from groups.plan import Counter, counted_by

from .models import DutyReport, ReceptionDay

MEMBER = "mandate__memberships__"


def _days() -> QuerySet:
    return ReceptionDay.objects.filter(state=ReceptionDay.State.HELD)


def _reports() -> QuerySet:
    return DutyReport.objects.filter(held_on__isnull=False)


def _reports_of_group() -> QuerySet:
    """Of those who were members of the group on the day."""
    return _reports().filter(
        Q(**{f"{MEMBER}end__isnull": True}) | Q(**{f"{MEMBER}end__gt": F("held_on")}),
        **{f"{MEMBER}start__lte": F("held_on"), f"{MEMBER}group": OuterRef("group")},
    )


counted_by(
    PlanItem.Kind.RECEPTION,
    Counter("date", _days, lambda: _days().filter(group=OuterRef("group"))),
)
counted_by(PlanItem.Kind.DUTY_REPORT, Counter("held_on", _reports, _reports_of_group))
