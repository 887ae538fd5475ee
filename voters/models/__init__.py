"""Reception days and visits, feedback items, duty reports and ballots."""

from .ballots import DutyReport, UnitEvaluation
from .duty import BlankForm, CalendarFeed, DayEvent, Unavailability, VisitNote
from .feedback import FeedbackItem, FeedbackStep
from .reception import Channel, ContactReveal, ReceptionDay, ReceptionDuty, Visit
from .topics import HandlingUnit, Topic

__all__ = [
    "BlankForm",
    "CalendarFeed",
    "Channel",
    "ContactReveal",
    "DayEvent",
    "DutyReport",
    "FeedbackItem",
    "FeedbackStep",
    "HandlingUnit",
    "ReceptionDay",
    "ReceptionDuty",
    "Topic",
    "Unavailability",
    "UnitEvaluation",
    "Visit",
    "VisitNote",
]
