"""Lists and forms of this room, by subject."""

from .ballot_scales import BallotScalePages
from .ballots import UnitEvaluationPages
from .commitments import CommitmentPages
from .duties import ReceptionDutyPages
from .duty_reports import DutyReportPages
from .items import FeedbackItemPages, HandlingUnitPages, TopicPages
from .reception import ReceptionDayPages, VisitPages
from .reply_templates import ReplyTemplatePages
from .unavailability import UnavailabilityPages

__all__ = [
    "BallotScalePages",
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
