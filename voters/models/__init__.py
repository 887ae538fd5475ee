"""Reception days and visits, feedback items, duty reports and ballots."""

from .ballots import DutyReport, UnitEvaluation
from .feedback import FeedbackItem, FeedbackStep
from .reception import Channel, ContactReveal, ReceptionDay, ReceptionDuty, Visit
from .topics import HandlingUnit, Topic

__all__ = [
    "Channel",
    "ContactReveal",
    "DutyReport",
    "FeedbackItem",
    "FeedbackStep",
    "HandlingUnit",
    "ReceptionDay",
    "ReceptionDuty",
    "Topic",
    "UnitEvaluation",
    "Visit",
]
