"""The states of a feedback item and what each of them requires.

One table for everybody: the database constraints, the pages and the ledger import are made from it.
How an item gets from one state to another stands in ``lifecycle``.
Source: data format of the ledger, sheet 意见建议; domain reference C.5, C.6.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    REGISTERED = "registered", "登记"
    ON_SPOT = "on_spot", "当场答复"
    ASSIGNED = "assigned", "交办"
    SIGNED = "signed", "签收"
    HANDLING = "handling", "办理中"
    RETURNED = "returned", "退回"
    ESCALATED = "escalated", "上报"
    MERGED = "merged", "并案"
    SUGGESTED = "suggested", "转为代表建议"
    REPLIED = "replied", "已答复"
    TOLD = "told", "已告知"
    CLOSED = "closed", "办结"
    REOPENED = "reopened", "重新办理"
    REJECTED = "rejected", "不予受理"


class Route(models.TextChoices):
    """处理方式: who answers in the end."""

    UNIT = "unit", "交承办单位"
    SPOT = "spot", "当场答复"
    ABOVE = "above", "上报"


#: With a unit that has not answered.
IN_HAND = (State.ASSIGNED, State.SIGNED, State.HANDLING)
#: In the hands of its lead unit, the second time too.
WITH_UNIT = (*IN_HAND, State.REOPENED)
#: No unit's business: not yet, or no longer.
WITHOUT_UNIT = (State.REGISTERED, State.REJECTED, State.SUGGESTED, State.ESCALATED)
#: Their handling is another item's.
FOLLOWING = (State.MERGED, State.SUGGESTED)
#: Somebody owes an answer, the second one where the first did not satisfy.
AWAITING_ANSWER = (*IN_HAND, State.ESCALATED, *FOLLOWING, State.REOPENED)
#: On the office's table: nobody else has them.
TO_TRIAGE = (State.REGISTERED, State.RETURNED)
#: Others may be merged into them: still to be answered, and followers of nobody themselves.
TAKING_OTHERS = (*TO_TRIAGE, *IN_HAND, State.ESCALATED)
#: Answered at least once.
ANSWERED = (State.ON_SPOT, State.REPLIED, State.TOLD, State.CLOSED, State.REOPENED)
#: Nothing more is to be done.
ENDED = (State.CLOSED, State.REJECTED)

#: Fields of the answer, of the news of it to group and voter, and of what the voter says to it.
ANSWER = ("replied_on", "outcome", "reply")
NEWS = (
    "group_told_on",
    "group_told_how",
    "group_teller",
    "group_untold_reason",
    "voter_told_on",
    "told_by",
    "voter_teller",
    "voter_untold_reason",
)
VERDICT = ("process_satisfaction", "result_satisfaction", "dissatisfaction")

#: Class of the colour in which a state is shown.
COLOURS = {
    State.REGISTERED: "",
    State.RETURNED: "due-soon",
    State.TOLD: "done",
    State.CLOSED: "done",
    State.REJECTED: "",
}
USUAL_COLOUR = "in-hand"

_TAKEN_UP = set(State) - {State.REGISTERED, State.REJECTED, State.ON_SPOT, *FOLLOWING}
_NEVER_ASSIGNED = {State.REGISTERED, State.REJECTED, State.ON_SPOT}
_UNANSWERED = set(State) - set(ANSWERED) - {State.REJECTED}
_NOT_ANSWERED = _UNANSWERED | {State.REJECTED}
_TOLD = {State.TOLD, State.CLOSED}


@dataclass(frozen=True)
class Rule:
    """States in which a field must be filled, and those in which it must be empty.

    ``or_else`` names a field that, if filled, stands for it; items of the routes ``spared`` need
    not have it.
    """

    filled_in: set[State]
    empty_in: set[State]
    or_else: str = ""
    spared: tuple[Route, ...] = ()


_NO_UNIT = (Route.SPOT, Route.ABOVE)
FIELDS_BY_STATE = {
    "lead_unit": Rule(_TAKEN_UP - {State.ESCALATED}, set(), spared=_NO_UNIT),
    "responsible": Rule(_TAKEN_UP - {State.ESCALATED}, set(), spared=_NO_UNIT),
    "assigned_on": Rule(_TAKEN_UP, _NEVER_ASSIGNED, spared=(Route.SPOT,)),
    "due_on": Rule(_TAKEN_UP, _NEVER_ASSIGNED, spared=(Route.SPOT,)),
    "extended_to": Rule({State.REOPENED}, _NEVER_ASSIGNED),
    "signed_on": Rule({State.SIGNED}, {State.ASSIGNED, *_NEVER_ASSIGNED}),
    "returned_on": Rule({State.RETURNED}, set(State) - {State.RETURNED}),
    "return_kind": Rule({State.RETURNED}, set(State) - {State.RETURNED}),
    "asked_until": Rule(set(), set(State) - {*IN_HAND, State.REOPENED}),
    "escalated_to": Rule({State.ESCALATED}, {*IN_HAND, State.ON_SPOT, State.RETURNED}),
    "follows": Rule(
        set(FOLLOWING),
        {*TO_TRIAGE, *IN_HAND, State.ON_SPOT, State.ESCALATED},
    ),
    "replied_on": Rule(set(ANSWERED), _NOT_ANSWERED),
    "outcome": Rule(set(ANSWERED), _NOT_ANSWERED),
    "reply": Rule({*ANSWERED, State.REJECTED}, _UNANSWERED),
    # Group and voter are told of a rejection too.
    "group_told_on": Rule(_TOLD, _UNANSWERED, or_else="group_untold_reason"),
    "voter_told_on": Rule(_TOLD, _UNANSWERED, or_else="voter_untold_reason"),
    "told_by": Rule(_TOLD, _UNANSWERED, or_else="voter_untold_reason"),
    "process_satisfaction": Rule({State.CLOSED}, _NOT_ANSWERED, or_else="voter_untold_reason"),
    "result_satisfaction": Rule(
        {State.CLOSED, State.REOPENED}, _NOT_ANSWERED, or_else="voter_untold_reason"
    ),
}

#: Fields that hold text; the others are null when empty.
_TEXT_FIELDS = {
    "responsible",
    "return_kind",
    "escalated_to",
    "outcome",
    "reply",
    "told_by",
    "process_satisfaction",
    "result_satisfaction",
    "group_untold_reason",
    "voter_untold_reason",
}


def _is_empty(field: str) -> Q:
    return Q(**({field: ""} if field in _TEXT_FIELDS else {f"{field}__isnull": True}))


def _labels(states: set[State]) -> str:
    return "、".join(state.label for state in State if state in states)


def state_constraints(labels: dict[str, str]) -> list[models.CheckConstraint]:
    """One database constraint a field of the table; ``labels``: the fields' Chinese names."""
    return [_constraint(name, rule, labels) for name, rule in FIELDS_BY_STATE.items()]


def _constraint(name: str, rule: Rule, labels: dict[str, str]) -> models.CheckConstraint:
    condition = Q(state__in=sorted(set(State) - rule.filled_in - rule.empty_in))
    messages = []
    if rule.filled_in:
        stands = ~_is_empty(name)
        needed = labels[name]
        if rule.or_else:
            stands |= ~_is_empty(rule.or_else)
            needed += f"或{labels[rule.or_else]}"
        if rule.spared:
            stands |= Q(route__in=sorted(rule.spared))
        condition |= Q(state__in=sorted(rule.filled_in)) & stands
        messages.append(f"状态为{_labels(rule.filled_in)}的，须填写{needed}")
    if rule.empty_in:
        condition |= Q(state__in=sorted(rule.empty_in)) & _is_empty(name)
        messages.append(f"状态为{_labels(rule.empty_in)}的，{labels[name]}须留空")
    return models.CheckConstraint(
        name=f"feedbackitem_{name}_by_state",
        condition=condition,
        violation_error_code=name,
        violation_error_message=f"{'；'.join(messages)}。",
    )
