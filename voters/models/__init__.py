"""Reception days and visits, feedback items, duty reports and ballots."""

from .ballots import DutyReport, UnitEvaluation
from .feedback import FeedbackItem, FeedbackStep, HandlingUnit, Topic
from .reception import Channel, ReceptionDay, ReceptionDuty, Visit

__all__ = [
    "Channel",
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
