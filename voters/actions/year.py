"""The reception days of a year, made for all groups in one go."""

from collections.abc import Collection

from django.db import transaction

from congress.editing import EditedMeanwhile
from congress.models import Township, User
from congress.roles import require_keeper
from voters.models import DayEvent, ReceptionDay
from voters.year_plan import RuleDate, plan_year


@transaction.atomic
def make_year(
    *, user: User, year: int, months: Collection[int] = range(1, 13), seen: str | None = None
) -> list[ReceptionDay]:
    """Add the days that these months miss. What is there is kept, so doing it twice adds none.

    ``seen`` is the fingerprint of the plan that was shown; raises ``EditedMeanwhile`` where there
    is something to add, and the plan is another by now.
    """
    require_keeper(user)
    # Two requests at once take turns here.
    Township.objects.select_for_update().first()
    plan = plan_year(year)
    wanted = [month for month in plan.months if month.rule.month in months]
    if seen not in (None, plan.fingerprint) and any(month.to_make for month in wanted):
        raise EditedMeanwhile
    days = ReceptionDay.objects.bulk_create(
        ReceptionDay(date=month.rule.date, group=each.group, place=each.place)
        for month in wanted
        for each in month.to_make
    )
    rules = {month.rule.date: month.rule for month in wanted}
    DayEvent.objects.bulk_create(
        DayEvent(day=day, kind=DayEvent.Kind.MADE, user=user, note=_why_shifted(rules[day.date]))
        for day in days
    )
    return days


def _why_shifted(rule: RuleDate) -> str:
    if not rule.is_shifted:
        return ""
    direction = "顺延" if rule.date > rule.named else "提前"
    return f"按规定是{rule.named:%Y-%m-%d}（{rule.falls_on}），{direction}到{rule.date:%Y-%m-%d}"
