"""Forms of this room, by subject."""

from .attachments import AttachmentForm
from .ballot_scales import BallotScaleForm
from .bills import BillForm, CarryOutBillForm, DecideBillForm, VoteForm, WithdrawBillForm
from .bulk import BULK_FORMS
from .closing import AttendanceForm, CloseDayForm, ReopenDayForm
from .confidence import InformedForm
from .contact import RecallContactForm, ReleaseContactForm
from .county_proposals import AnswerForm, CountyProposalForm, SubmitForm
from .desk import DeskForm, DeskRows, VisitNoteForm
from .duty_reports import (
    BallotForm,
    DutyReportForm,
    EventForm,
    OpinionsForm,
    PlanForm,
    TakeUpForm,
)
from .evaluations import (
    AftermathForm,
    ReasonForm,
    SecondVoteForm,
    ToldForm,
    UnitEvaluationForm,
    UnitsForm,
)
from .handling_reports import HandlingReportAddForm, HandlingReportForm, PublishForm
from .items import FeedbackItemAddForm, FeedbackItemForm
from .reception import CancelDayForm, HoldDayForm, MoveDayForm, ReceptionDayForm
from .recommendations import TakeUpRecommendationForm
from .steps import STEP_FORMS
from .suggestions import (
    ProposersForm,
    RegisterDraftForm,
    ReturnDraftForm,
    SuggestionDraftForm,
    SuggestionForm,
)
from .topics import HandlingUnitForm, TopicForm, TopicMergeForm
from .triage import triage_form
from .unavailability import UnavailabilityForm
from .unit_ballots import UnitBallotsForm
from .visits import ItemRows, VisitForm

__all__ = [
    "BULK_FORMS",
    "STEP_FORMS",
    "AftermathForm",
    "AnswerForm",
    "AttachmentForm",
    "AttendanceForm",
    "BallotForm",
    "BallotScaleForm",
    "BillForm",
    "CancelDayForm",
    "CarryOutBillForm",
    "CloseDayForm",
    "CountyProposalForm",
    "DecideBillForm",
    "DeskForm",
    "DeskRows",
    "DutyReportForm",
    "EventForm",
    "FeedbackItemAddForm",
    "FeedbackItemForm",
    "HandlingReportAddForm",
    "HandlingReportForm",
    "HandlingUnitForm",
    "HoldDayForm",
    "InformedForm",
    "ItemRows",
    "MoveDayForm",
    "OpinionsForm",
    "PlanForm",
    "ProposersForm",
    "PublishForm",
    "ReasonForm",
    "RecallContactForm",
    "ReceptionDayForm",
    "RegisterDraftForm",
    "ReleaseContactForm",
    "ReopenDayForm",
    "ReturnDraftForm",
    "SecondVoteForm",
    "SubmitForm",
    "SuggestionDraftForm",
    "SuggestionForm",
    "TakeUpForm",
    "TakeUpRecommendationForm",
    "ToldForm",
    "TopicForm",
    "TopicMergeForm",
    "UnavailabilityForm",
    "UnitBallotsForm",
    "UnitEvaluationForm",
    "UnitsForm",
    "VisitForm",
    "VisitNoteForm",
    "VoteForm",
    "WithdrawBillForm",
    "triage_form",
]
