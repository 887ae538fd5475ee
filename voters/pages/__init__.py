"""Lists and forms of this room, by subject."""

from .ballots import DutyReportPages, UnitEvaluationPages
from .items import FeedbackItemPages, HandlingUnitPages, TopicPages
from .reception import ReceptionDayPages, VisitPages

__all__ = [
    "DutyReportPages",
    "FeedbackItemPages",
    "HandlingUnitPages",
    "ReceptionDayPages",
    "TopicPages",
    "UnitEvaluationPages",
    "VisitPages",
]
