"""Forms of this room, by subject."""

from .ballots import BallotForm, DutyReportForm, UnitEvaluationForm
from .items import FeedbackItemAddForm, FeedbackItemForm
from .reception import CancelDayForm, HoldDayForm, MoveDayForm, ReceptionDayForm
from .steps import STEP_FORMS
from .topics import HandlingUnitForm, TopicForm, TopicMergeForm
from .visits import ItemRows, VisitForm

__all__ = [
    "STEP_FORMS",
    "BallotForm",
    "CancelDayForm",
    "DutyReportForm",
    "FeedbackItemAddForm",
    "FeedbackItemForm",
    "HandlingUnitForm",
    "HoldDayForm",
    "ItemRows",
    "MoveDayForm",
    "ReceptionDayForm",
    "TopicForm",
    "TopicMergeForm",
    "UnitEvaluationForm",
    "VisitForm",
]
