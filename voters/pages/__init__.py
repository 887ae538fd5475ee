"""Lists and forms of this room, by subject."""

from .ballots import DutyReportPages, UnitEvaluationPages
from .duties import ReceptionDutyPages
from .items import FeedbackItemPages, HandlingUnitPages, TopicPages
from .reception import ReceptionDayPages, VisitPages
from .unavailability import UnavailabilityPages

__all__ = [
    "DutyReportPages",
    "FeedbackItemPages",
    "HandlingUnitPages",
    "ReceptionDayPages",
    "ReceptionDutyPages",
    "TopicPages",
    "UnavailabilityPages",
    "UnitEvaluationPages",
    "VisitPages",
]
