"""Forms of this room, by subject."""

from .attachments import AttachmentForm
from .ballot_scales import BallotScaleForm
from .ballots import UnitEvaluationForm
from .bulk import BULK_FORMS
from .closing import AttendanceForm, CloseDayForm, ReopenDayForm
from .contact import RecallContactForm, ReleaseContactForm
from .desk import DeskForm, DeskRows, VisitNoteForm
from .duty_reports import (
    BallotForm,
    DutyReportForm,
    EventForm,
    OpinionsForm,
    PlanForm,
    TakeUpForm,
)
from .items import FeedbackItemAddForm, FeedbackItemForm
from .reception import CancelDayForm, HoldDayForm, MoveDayForm, ReceptionDayForm
from .steps import STEP_FORMS
from .topics import HandlingUnitForm, TopicForm, TopicMergeForm
from .triage import triage_form
from .unavailability import UnavailabilityForm
from .visits import ItemRows, VisitForm

__all__ = [
    "BULK_FORMS",
    "STEP_FORMS",
    "AttachmentForm",
    "AttendanceForm",
    "BallotForm",
    "BallotScaleForm",
    "CancelDayForm",
    "CloseDayForm",
    "DeskForm",
    "DeskRows",
    "DutyReportForm",
    "EventForm",
    "FeedbackItemAddForm",
    "FeedbackItemForm",
    "HandlingUnitForm",
    "HoldDayForm",
    "ItemRows",
    "MoveDayForm",
    "OpinionsForm",
    "PlanForm",
    "RecallContactForm",
    "ReceptionDayForm",
    "ReleaseContactForm",
    "ReopenDayForm",
    "TakeUpForm",
    "TopicForm",
    "TopicMergeForm",
    "UnavailabilityForm",
    "UnitEvaluationForm",
    "VisitForm",
    "VisitNoteForm",
    "triage_form",
]
