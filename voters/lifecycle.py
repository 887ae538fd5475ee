"""The states of a feedback item and what each of them requires.

One table for everybody: the database constraints, the page and the ledger import are made from it.
Source: data format of the ledger, sheet 意见建议.
"""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from congress.roles import handles_items, keeps_records


class State(models.TextChoices):
    REGISTERED = "registered", "登记"
    ASSIGNED = "assigned", "交办"
    HANDLING = "handling", "办理中"
    REPLIED = "replied", "已答复"
    CLOSED = "closed", "办结"
    REOPENED = "reopened", "重新办理"
    REJECTED = "rejected", "不予受理"


#: Assigned, and the unit has not answered.
UNANSWERED = (State.ASSIGNED, State.HANDLING)
#: An unanswered item this near its deadline is shown as due soon.
DUE_SOON = datetime.timedelta(days=7)
#: Class of the colour in which a state is shown.
COLOURS = {
    State.REGISTERED: "",
    State.ASSIGNED: "in-hand",
    State.HANDLING: "in-hand",
    State.REPLIED: "in-hand",
    State.CLOSED: "done",
    State.REOPENED: "in-hand",
    State.REJECTED: "",
}

_OPEN = set(UNANSWERED)
_ANSWERED = {State.REPLIED, State.CLOSED, State.REOPENED}
_NOT_TAKEN_UP = {State.REGISTERED, State.REJECTED}
_NOT_ANSWERED = _OPEN | _NOT_TAKEN_UP
# Group and voter are told of a rejection too.
_NOTHING_TO_TELL = _OPEN | {State.REGISTERED}

#: field: (states in which it must be filled, states in which it must be empty)
FIELDS_BY_STATE = {
    "lead_unit": (_OPEN | _ANSWERED, set()),
    "responsible": (_OPEN | _ANSWERED, set()),
    "assigned_on": (_OPEN | _ANSWERED, _NOT_TAKEN_UP),
    "due_on": (_OPEN | _ANSWERED, _NOT_TAKEN_UP),
    "extended_to": ({State.REOPENED}, _NOT_TAKEN_UP),
    "replied_on": (_ANSWERED, _NOT_ANSWERED),
    "outcome": (_ANSWERED, _NOT_ANSWERED),
    "reply": (_ANSWERED | {State.REJECTED}, {State.REGISTERED} | _OPEN),
    "group_told_on": ({State.CLOSED}, _NOTHING_TO_TELL),
    "voter_told_on": ({State.CLOSED}, _NOTHING_TO_TELL),
    "told_by": ({State.CLOSED}, _NOTHING_TO_TELL),
    "process_satisfaction": ({State.CLOSED}, _NOT_ANSWERED),
    "result_satisfaction": ({State.CLOSED, State.REOPENED}, _NOT_ANSWERED),
}

#: Fields that hold text; the others are null when empty.
_TEXT_FIELDS = {
    "responsible",
    "outcome",
    "reply",
    "told_by",
    "process_satisfaction",
    "result_satisfaction",
}


@dataclass(frozen=True)
class Step:
    """One thing that may happen to an item, and the state it leads to from each state."""

    name: str
    label: str
    leads: dict[State, State]
    #: Taken by the lead unit itself as well as by the office.
    by_unit: bool = False


def _staying_in(*states: State) -> dict[State, State]:
    return {state: state for state in states}


STEPS = {
    step.name: step
    for step in (
        Step("assign", "交办", {State.REGISTERED: State.ASSIGNED}),
        Step("start", "签收办理", {State.ASSIGNED: State.HANDLING}, by_unit=True),
        Step(
            "reply",
            "答复",
            dict.fromkeys((State.ASSIGNED, State.HANDLING, State.REOPENED), State.REPLIED),
            by_unit=True,
        ),
        Step("inform", "告知", _staying_in(State.REPLIED, State.REJECTED)),
        Step("close", "办结", {State.REPLIED: State.CLOSED}),
        Step("reopen", "重新办理", dict.fromkeys((State.REPLIED, State.CLOSED), State.REOPENED)),
        Step("extend", "延期", _staying_in(State.ASSIGNED, State.HANDLING, State.REOPENED)),
        Step("reassign", "改办", dict.fromkeys((State.ASSIGNED, State.HANDLING), State.ASSIGNED)),
        Step(
            "reject",
            "不予受理",
            dict.fromkeys((State.REGISTERED, State.ASSIGNED, State.HANDLING), State.REJECTED),
        ),
    )
}

#: What usually comes next; it is the primary button.
USUAL_STEP = {
    State.REGISTERED: "assign",
    State.ASSIGNED: "start",
    State.HANDLING: "reply",
    State.REPLIED: "close",
    State.REOPENED: "reply",
}


def may_take(step: Step, user, is_of_lead_unit: bool) -> bool:
    """Whether this user takes this step at all; ``is_of_lead_unit``: the item is the user's."""
    return keeps_records(user) or (step.by_unit and handles_items(user) and is_of_lead_unit)


def _labels(states: set[State]) -> str:
    return "、".join(state.label for state in State if state in states)


def state_constraints(labels: dict[str, str]) -> list[models.CheckConstraint]:
    """One database constraint a field of the table; ``labels``: the fields' Chinese names."""
    constraints = []
    for field, (filled_in, empty_in) in FIELDS_BY_STATE.items():
        empty = Q(**({field: ""} if field in _TEXT_FIELDS else {f"{field}__isnull": True}))
        condition = (Q(state__in=sorted(filled_in)) & ~empty) | (
            Q(state__in=sorted(set(State) - filled_in - empty_in))
        )
        message = f"状态为{_labels(filled_in)}的，须填写{labels[field]}"
        if empty_in:
            condition |= Q(state__in=sorted(empty_in)) & empty
            message += f"；状态为{_labels(empty_in)}的，{labels[field]}须留空"
        constraints.append(
            models.CheckConstraint(
                name=f"feedbackitem_{field}_by_state",
                condition=condition,
                violation_error_code=field,
                violation_error_message=f"{message}。",
            )
        )
    return constraints
