"""Forms of this room, by subject."""

from .attachments import AttachmentForm
from .ballots import BallotForm, DutyReportForm, UnitEvaluationForm
from .closing import AttendanceForm, CloseDayForm, ReopenDayForm
from .contact import RecallContactForm, ReleaseContactForm
from .desk import DeskForm, DeskRows, VisitNoteForm
from .items import FeedbackItemAddForm, FeedbackItemForm
from .reception import CancelDayForm, HoldDayForm, MoveDayForm, ReceptionDayForm
from .steps import STEP_FORMS
from .topics import HandlingUnitForm, TopicForm, TopicMergeForm
from .unavailability import UnavailabilityForm
from .visits import ItemRows, VisitForm

__all__ = [
    "STEP_FORMS",
    "AttachmentForm",
    "AttendanceForm",
    "BallotForm",
    "CancelDayForm",
    "CloseDayForm",
    "DeskForm",
    "DeskRows",
    "DutyReportForm",
    "FeedbackItemAddForm",
    "FeedbackItemForm",
    "HandlingUnitForm",
    "HoldDayForm",
    "ItemRows",
    "MoveDayForm",
    "RecallContactForm",
    "ReceptionDayForm",
    "ReleaseContactForm",
    "ReopenDayForm",
    "TopicForm",
    "TopicMergeForm",
    "UnavailabilityForm",
    "UnitEvaluationForm",
    "VisitForm",
    "VisitNoteForm",
]
