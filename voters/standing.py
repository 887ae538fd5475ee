"""How an item or a reception day stands on a day: in words, and the class of its colour."""

import datetime

from congress.periods import today

from .lifecycle import State
from .models import FeedbackItem, ReceptionDay

#: An unanswered item this near its deadline is shown as due soon.
DUE_SOON = datetime.timedelta(days=7)

_COLOURS = {
    State.REGISTERED: "",
    State.ASSIGNED: "in-hand",
    State.HANDLING: "in-hand",
    State.REPLIED: "in-hand",
    State.REOPENED: "in-hand",
    State.CLOSED: "done",
    State.REJECTED: "",
}
_DAY_COLOURS = {
    ReceptionDay.State.PLANNED: "",
    ReceptionDay.State.ANNOUNCED: "in-hand",
    ReceptionDay.State.HELD: "done",
    ReceptionDay.State.CANCELLED: "",
}


def is_due_soon(item: FeedbackItem, day: datetime.date) -> bool:
    """In hand, without an answer, and the deadline is today or within the next days."""
    return (
        item.state in (State.ASSIGNED, State.HANDLING)
        and item.deadline_day is not None
        and day <= item.deadline_day <= day + DUE_SOON
    )


def state_words(item: FeedbackItem) -> str:
    """The state, and that it is overdue or due soon."""
    words = item.get_state_display()
    if item.is_overdue(today()):
        return f"{words}·逾期"
    return f"{words}·将到期" if is_due_soon(item, today()) else words


def state_class(item: FeedbackItem) -> str:
    if item.is_overdue(today()):
        return "overdue"
    return "due-soon" if is_due_soon(item, today()) else _COLOURS[State(item.state)]


def day_class(day: ReceptionDay) -> str:
    return _DAY_COLOURS[ReceptionDay.State(day.state)]
