"""Lists and forms of this room, by subject."""

from .ballot_scales import BallotScalePages
from .bills import BillPages
from .commitments import CommitmentPages
from .county_proposals import CountyProposalPages
from .duties import ReceptionDutyPages
from .duty_reports import DutyReportPages
from .evaluations import SecondVotePages, UnitEvaluationPages
from .handling_reports import HandlingReportPages
from .items import FeedbackItemPages, HandlingUnitPages, TopicPages
from .reception import ReceptionDayPages, VisitPages
from .recommendations import RecommendationPages
from .reply_templates import ReplyTemplatePages
from .suggestions import SuggestionDraftPages, SuggestionPages
from .unavailability import UnavailabilityPages

__all__ = [
    "BallotScalePages",
    "BillPages",
    "CommitmentPages",
    "CountyProposalPages",
    "DutyReportPages",
    "FeedbackItemPages",
    "HandlingReportPages",
    "HandlingUnitPages",
    "ReceptionDayPages",
    "ReceptionDutyPages",
    "RecommendationPages",
    "ReplyTemplatePages",
    "SecondVotePages",
    "SuggestionDraftPages",
    "SuggestionPages",
    "TopicPages",
    "UnavailabilityPages",
    "UnitEvaluationPages",
    "VisitPages",
]
