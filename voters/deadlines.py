"""When an item is due: the township's target, in working days."""

import datetime

from congress.models import Township
from congress.workdays import WorkCalendar, WorkdayCount


def due_after(day: datetime.date) -> WorkdayCount:
    """The deadline of what is assigned on ``day``."""
    return WorkCalendar.since(day).after_workdays(day, Township.current().feedback_target_days)
