"""Reception days and visits, feedback items, duty reports and ballots."""

from .attachments import Attachment
from .ballots import UnitEvaluation
from .contact import ContactRelease, ContactReveal
from .duty import BlankForm, CalendarFeed, DayEvent, Unavailability, VisitNote
from .duty_reports import DutyOpinion, DutyReport
from .feedback import FeedbackItem
from .feedback_query import Clock
from .reception import Channel, ReceptionDay, ReceptionDuty, Visit
from .topics import HandlingUnit, Topic
from .trail import (
    Commitment,
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
    "DutyOpinion",
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
