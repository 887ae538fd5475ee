"""Lists and forms of this room, by subject."""

from .ballots import DutyReportPages, UnitEvaluationPages
from .commitments import CommitmentPages
from .duties import ReceptionDutyPages
from .items import FeedbackItemPages, HandlingUnitPages, TopicPages
from .reception import ReceptionDayPages, VisitPages
from .reply_templates import ReplyTemplatePages
from .unavailability import UnavailabilityPages

__all__ = [
    "CommitmentPages",
    "DutyReportPages",
    "FeedbackItemPages",
    "HandlingUnitPages",
    "ReceptionDayPages",
    "ReceptionDutyPages",
    "ReplyTemplatePages",
    "TopicPages",
    "UnavailabilityPages",
    "UnitEvaluationPages",
    "VisitPages",
]
