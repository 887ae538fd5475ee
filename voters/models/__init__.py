"""Reception days and visits, feedback items, duty reports and ballots."""

from .attachments import Attachment
from .bills import Bill, BillState
from .contact import ContactRelease, ContactReveal
from .corrections import BallotCorrection
from .county_proposals import COUNTY_BILL_PROPOSERS, CountyProposal
from .duty import BlankForm, CalendarFeed, DayEvent, Unavailability, VisitNote
from .duty_reports import DutyOpinion, DutyReport, DutyReportFile
from .evaluations import EvaluationComment, SecondVote, UnitEvaluation
from .feedback import FeedbackItem
from .feedback_query import Clock
from .handling_reports import HandlingReport, HandlingReportLine, told_in_public
from .reception import ReceptionDay, ReceptionDuty
from .suggestions import BETWEEN_SESSIONS, Secondment, Suggestion, SuggestionDraft
from .topics import HandlingUnit, Topic
from .trail import (
    Commitment,
    EarlierAnswer,
    FeedbackStep,
    ReplyTemplate,
)
from .visits import Channel, Visit

__all__ = [
    "BETWEEN_SESSIONS",
    "COUNTY_BILL_PROPOSERS",
    "Attachment",
    "BallotCorrection",
    "Bill",
    "BillState",
    "BlankForm",
    "CalendarFeed",
    "Channel",
    "Clock",
    "Commitment",
    "ContactRelease",
    "ContactReveal",
    "CountyProposal",
    "DayEvent",
    "DutyOpinion",
    "DutyReport",
    "DutyReportFile",
    "EarlierAnswer",
    "EvaluationComment",
    "FeedbackItem",
    "FeedbackStep",
    "HandlingReport",
    "HandlingReportLine",
    "HandlingUnit",
    "ReceptionDay",
    "ReceptionDuty",
    "ReplyTemplate",
    "SecondVote",
    "Secondment",
    "Suggestion",
    "SuggestionDraft",
    "Topic",
    "Unavailability",
    "UnitEvaluation",
    "Visit",
    "VisitNote",
    "told_in_public",
]
