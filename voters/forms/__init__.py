"""Forms of this room, by subject."""

from .ballots import BallotForm, DutyReportForm, UnitEvaluationForm
from .closing import AttendanceForm, CloseDayForm, ReopenDayForm
from .desk import DeskForm, DeskRows, VisitNoteForm
from .items import FeedbackItemAddForm, FeedbackItemForm
from .reception import CancelDayForm, HoldDayForm, MoveDayForm, ReceptionDayForm
from .steps import STEP_FORMS
from .topics import HandlingUnitForm, TopicForm, TopicMergeForm
from .unavailability import UnavailabilityForm
from .visits import ItemRows, VisitForm

__all__ = [
    "STEP_FORMS",
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
    "ReceptionDayForm",
    "ReopenDayForm",
    "TopicForm",
    "TopicMergeForm",
    "UnavailabilityForm",
    "UnitEvaluationForm",
    "VisitForm",
    "VisitNoteForm",
]
