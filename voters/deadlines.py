"""When an item is due: the township's target, in working days."""

import datetime

from congress.models import Township
from congress.workdays import WorkCalendar, WorkdayCount

_TARGET_DAYS = Township._meta.get_field("feedback_target_days").default


def due_after(day: datetime.date) -> WorkdayCount:
    """The deadline of what is assigned on ``day``."""
    target = Township.objects.values_list("feedback_target_days", flat=True).first()
    return WorkCalendar.since(day).after_workdays(day, target or _TARGET_DAYS)
