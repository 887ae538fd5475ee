"""How plan items of this room's kinds are counted: reception days and duty reports held."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from congress.periods import today
from groups.models import Membership, PlanItem
from groups.plan import Counter, counted_by

from .models import DutyReport, ReceptionDay


def _days(group: Any) -> QuerySet:
    """Held days of a group; of the township those of all groups."""
    held = ReceptionDay.objects.filter(state=ReceptionDay.State.HELD)
    return held if group is None else held.filter(group=group)


def _days_to_come(item: PlanItem) -> QuerySet:
    days = ReceptionDay.objects.filter(
        state__in=ReceptionDay.STILL_OPEN,
        date__year=item.year,
        date__month__gte=item.first_month,
        date__month__lte=item.last_month,
    )
    days = days.filter(group=item.group_id) if item.group_id else days
    return days.order_by("date", "pk")


def _reports(group: Any) -> QuerySet:
    """Held reports; of a group those of who was its member on the day."""
    held = DutyReport.objects.filter(held_on__isnull=False)
    return held if group is None else held.filter(_of_members(group, F("held_on")))


def _of_members(group: Any, day: Any) -> Q:
    member = "mandate__memberships__"
    stays = Q(**{f"{member}end__isnull": True}) | Q(**{f"{member}end__gt": day})
    return stays & Q(**{f"{member}start__lte": day, f"{member}group": group})


def _reports_to_come(item: PlanItem) -> QuerySet:
    """Planned for these months, or for others and not held in time; of a group its members'."""
    reports = DutyReport.objects.awaited(today()).filter(year=item.year)
    if item.group_id:
        belongs = Membership.objects.filter(
            mandate=OuterRef("mandate"), group=item.group_id, end__isnull=True
        )
        reports = reports.filter(Exists(belongs))
    return reports.order_by("planned_month", "pk")


counted_by(PlanItem.Kind.RECEPTION, Counter("date", _days, _days_to_come, ("group",)))
counted_by(
    PlanItem.Kind.DUTY_REPORT,
    Counter("held_on", _reports, _reports_to_come, ("mandate__delegate",)),
)
