"""Reception days and visits, feedback items, duty reports and ballots."""

from .ballots import DutyReport, UnitEvaluation
from .duty import BlankForm, CalendarFeed, DayEvent, Unavailability, VisitNote
from .feedback import FeedbackItem
from .feedback_query import Clock
from .reception import Channel, ContactReveal, ReceptionDay, ReceptionDuty, Visit
from .topics import HandlingUnit, Topic
from .trail import (
    Attachment,
    Commitment,
    ContactRelease,
    EarlierAnswer,
    FeedbackStep,
    ReplyTemplate,
)

__all__ = [
    "Attachment",
    "BlankForm",
    "CalendarFeed",
    "Channel",
    "Clock",
    "Commitment",
    "ContactRelease",
    "ContactReveal",
    "DayEvent",
    "DutyReport",
    "EarlierAnswer",
    "FeedbackItem",
    "FeedbackStep",
    "HandlingUnit",
    "ReceptionDay",
    "ReceptionDuty",
    "ReplyTemplate",
    "Topic",
    "Unavailability",
    "UnitEvaluation",
    "Visit",
    "VisitNote",
]
