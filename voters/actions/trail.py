"""The trail of a reception day."""

from congress.models import User
from voters.models import DayEvent, ReceptionDay


def write_event(user: User, day: ReceptionDay, kind: DayEvent.Kind, note: str = "") -> None:
    """Who did what with the day, and why."""
    DayEvent.objects.create(day=day, kind=kind, user=user, note=note)
