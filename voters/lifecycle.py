"""The life of a feedback item as one table: from which state to which, who may, what it takes.

Everybody reads it: actions and their bulk form, the pages of the office and of the units, the help
page with its diagram, and, through ``states``, the database and the ledger import.
Source: domain reference C.4–C.6; 代表法 51, 52; data format of the ledger, sheet 意见建议.
"""

from .states import AWAITING_ANSWER, FOLLOWING, IN_HAND, TO_TRIAGE, Route, State
from .step import OFFICE, OFFICE_OR_CHAIR, OFFICE_OR_UNIT, Actor, Step


def _staying_in(*states: State) -> dict[State, State]:
    return {state: state for state in states}


_ASSIGNMENT = ("lead_unit", "co_units", "responsible", "urgency", "is_wide", "due_on")
_CLOCK = ("assigned_on", "due_on", "extended_to", "asked_until", "signed_on", "signed_by")
_RETURN = ("returned_on", "return_kind", "right_unit")
_UNIT = ("lead_unit", "responsible")
_ANSWER = ("replied_on", "outcome", "reply")
_TOLD = (
    "group_told_on",
    "group_told_how",
    "group_teller",
    "group_untold_reason",
    "voter_told_on",
    "told_by",
    "voter_teller",
    "voter_untold_reason",
)
_GRADES = ("process_satisfaction", "result_satisfaction", "dissatisfaction")
_UNTAKEN = (State.REGISTERED, State.RETURNED, *IN_HAND)

STEPS = {
    step.name: step
    for step in (
        Step(
            "assign",
            "交办",
            {State.REGISTERED: State.ASSIGNED},
            asks=_ASSIGNMENT,
            needs=("lead_unit", "due_on"),
            empties=_CLOCK,
            in_bulk=True,
        ),
        Step(
            "answer_on_spot",
            "当场答复",
            {State.REGISTERED: State.ON_SPOT},
            asks=_ANSWER,
            needs=_ANSWER,
            sets={"route": Route.SPOT},
        ),
        Step(
            "sign",
            "签收",
            {State.ASSIGNED: State.SIGNED},
            OFFICE_OR_UNIT,
            asks=("signed_on", "signed_by"),
            needs=("signed_on",),
            in_bulk=True,
        ),
        Step(
            "record",
            "办理进展",
            {State.SIGNED: State.HANDLING} | _staying_in(State.HANDLING, State.REOPENED),
            OFFICE_OR_UNIT,
            reason="办理进展",
        ),
        Step(
            "contribute",
            "协办意见",
            _staying_in(*IN_HAND, State.REOPENED),
            OFFICE | {Actor.CO_UNIT},
            reason="协办意见",
        ),
        Step(
            "reply",
            "答复",
            dict.fromkeys((*IN_HAND, State.ESCALATED, State.REOPENED), State.REPLIED),
            OFFICE_OR_UNIT,
            asks=_ANSWER,
            needs=_ANSWER,
            empties=("asked_until",),
        ),
        Step(
            "inform",
            "告知",
            {State.REPLIED: State.TOLD} | _staying_in(State.TOLD, State.REJECTED),
            OFFICE | {Actor.LEADER},
            asks=_TOLD,
            waits_for=(
                ("group_told_on", "group_untold_reason"),
                ("voter_told_on", "voter_untold_reason"),
            ),
            in_bulk=True,
        ),
        Step(
            "close",
            "办结",
            dict.fromkeys((State.TOLD, State.ON_SPOT), State.CLOSED),
            asks=_GRADES,
        ),
        Step(
            "reopen",
            "重新办理",
            dict.fromkeys((State.REPLIED, State.TOLD, State.CLOSED), State.REOPENED),
            asks=(*_GRADES, "extended_to"),
            needs=("dissatisfaction", "extended_to", "voter_told_on"),
            routes=frozenset({Route.UNIT, Route.ABOVE}),
        ),
        Step(
            "take_up",
            "转入交办",
            dict.fromkeys((State.ON_SPOT, State.TOLD, State.CLOSED), State.REGISTERED),
            asks=("dissatisfaction",),
            needs=("dissatisfaction",),
            empties=(*_ANSWER, *_TOLD, *_GRADES[:2]),
            sets={"route": Route.UNIT},
            routes=frozenset({Route.SPOT}),
        ),
        Step(
            "ask_extension",
            "申请延期",
            _staying_in(*IN_HAND, State.REOPENED),
            OFFICE_OR_UNIT,
            asks=("asked_until",),
            needs=("asked_until",),
            reason="延期理由",
            if_empty="asked_until",
        ),
        Step(
            "extend",
            "延期",
            _staying_in(*IN_HAND, State.REOPENED, State.ESCALATED),
            asks=("extended_to",),
            needs=("extended_to",),
            reason="延期理由",
            empties=("asked_until",),
        ),
        Step(
            "refuse_extension",
            "不同意延期",
            _staying_in(*IN_HAND, State.REOPENED),
            reason="不同意的理由",
            empties=("asked_until",),
            if_filled="asked_until",
        ),
        Step(
            "send_back",
            "退回",
            dict.fromkeys((State.ASSIGNED, State.SIGNED), State.RETURNED),
            OFFICE_OR_UNIT,
            asks=("return_kind", "right_unit"),
            needs=("return_kind",),
            empties=("asked_until",),
        ),
        Step(
            "keep",
            "退回不成立",
            {State.RETURNED: State.ASSIGNED},
            reason="仍由该单位办理的理由",
            empties=("signed_on", "signed_by", *_RETURN),
        ),
        Step(
            "reassign",
            "改办",
            dict.fromkeys((*IN_HAND, State.RETURNED), State.ASSIGNED),
            asks=_ASSIGNMENT,
            needs=("lead_unit", "due_on"),
            reason="改办的理由",
            empties=(*_CLOCK, *_RETURN),
            in_bulk=True,
        ),
        Step(
            "withdraw",
            "撤回交办",
            {State.ASSIGNED: State.REGISTERED},
            reason="撤回的理由",
            empties=(*_UNIT, *_CLOCK),
            in_bulk=True,
        ),
        Step(
            "retract",
            "撤回答复",
            {State.REPLIED: State.HANDLING},
            reason="撤回的理由",
            empties=(*_ANSWER, "follows", *_TOLD, *_GRADES),
            routes=frozenset({Route.UNIT}),
        ),
        Step("unclose", "撤销办结", {State.CLOSED: State.TOLD}, reason="撤销的理由"),
        Step(
            "readmit",
            "恢复受理",
            {State.REJECTED: State.REGISTERED},
            reason="恢复的理由",
            empties=("reply", "follows", "escalated_to", *_UNIT, *_TOLD),
            sets={"route": Route.UNIT},
        ),
        Step(
            "remind",
            "催办",
            _staying_in(*IN_HAND, State.ESCALATED, State.REOPENED),
            OFFICE_OR_CHAIR,
            reason="催办内容",
            in_bulk=True,
        ),
        Step(
            "supervise",
            "督办",
            _staying_in(*TO_TRIAGE, *AWAITING_ANSWER, State.REPLIED),
            OFFICE_OR_CHAIR,
            reason="督办要求",
            if_empty="supervised_on",
        ),
        Step("comment", "批示意见", _staying_in(*State), OFFICE_OR_CHAIR, reason="批示意见"),
        Step(
            "lift",
            "解除督办",
            _staying_in(*State),
            OFFICE_OR_CHAIR,
            empties=("supervised_on",),
            if_filled="supervised_on",
        ),
        Step(
            "merge",
            "并案",
            dict.fromkeys(_UNTAKEN, State.MERGED),
            asks=("follows",),
            needs=("follows",),
            empties=("signed_on", "signed_by", "asked_until", *_RETURN),
            in_bulk=True,
        ),
        Step(
            "split",
            "撤销并案",
            dict.fromkeys(FOLLOWING, State.REGISTERED),
            reason="撤销的理由",
            empties=("follows", *_UNIT, *_CLOCK),
        ),
        Step(
            "suggest",
            "转为代表建议",
            dict.fromkeys(_UNTAKEN, State.SUGGESTED),
            empties=(*_UNIT, *_CLOCK, *_RETURN),
        ),
        Step(
            "escalate",
            "上报",
            dict.fromkeys(_UNTAKEN, State.ESCALATED),
            asks=("escalated_to", "due_on"),
            needs=("escalated_to", "due_on"),
            empties=(*_UNIT, *_CLOCK, *_RETURN),
            sets={"route": Route.ABOVE},
        ),
        Step(
            "reject",
            "不予受理",
            dict.fromkeys(_UNTAKEN, State.REJECTED),
            asks=("reply", "voter_told_on", "told_by"),
            needs=("reply",),
            empties=(*_CLOCK, *_RETURN),
        ),
        Step(
            "follow_reply",
            "随主件答复",
            dict.fromkeys(FOLLOWING, State.REPLIED),
            frozenset({Actor.SYSTEM}),
        ),
        Step(
            "follow_reject",
            "随主件不予受理",
            dict.fromkeys(FOLLOWING, State.REJECTED),
            frozenset({Actor.SYSTEM}),
            empties=_CLOCK,
        ),
    )
}

#: What usually comes next; it is the primary button.
USUAL_STEP = {
    State.REGISTERED: "assign",
    State.ON_SPOT: "close",
    State.ASSIGNED: "sign",
    State.SIGNED: "record",
    State.HANDLING: "reply",
    State.RETURNED: "reassign",
    State.ESCALATED: "reply",
    State.REPLIED: "inform",
    State.TOLD: "close",
    State.REOPENED: "reply",
}
