"""Reception days and visits, feedback items, duty reports and ballots."""

from .ballots import DutyReport, UnitEvaluation
from .feedback import FeedbackItem, FeedbackStep, HandlingUnit, Topic
from .reception import Channel, ContactReveal, ReceptionDay, ReceptionDuty, Visit

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
