"""In which order an item's page offers its steps: the usual one, two frequent ones, the rest."""

from collections.abc import Iterable
from dataclasses import dataclass

from .lifecycle import USUAL_STEP
from .states import State
from .step import Step

#: What else often happens in a state, the most frequent first; two of them are in view.
FREQUENT = {
    State.REGISTERED: ("answer_on_spot", "merge"),
    State.ON_SPOT: ("take_up",),
    State.ASSIGNED: ("reply", "send_back", "contribute", "remind"),
    State.SIGNED: ("reply", "ask_extension", "contribute", "remind"),
    State.HANDLING: ("record", "ask_extension", "contribute", "remind"),
    State.RETURNED: ("keep", "escalate"),
    State.ESCALATED: ("remind",),
    State.MERGED: ("split",),
    State.SUGGESTED: ("split",),
    State.REPLIED: ("reopen",),
    State.TOLD: ("reopen", "take_up"),
    State.CLOSED: ("reopen", "take_up"),
    State.REOPENED: ("record", "contribute", "remind"),
    State.REJECTED: ("inform", "readmit"),
}
#: A request to be decided on comes before what is frequent.
DECISIONS = ("extend", "refuse_extension")
#: For whoever may do nothing of the above: the chair reads, urges and comments.
ALWAYS = ("supervise", "lift", "comment")
IN_VIEW = 2

#: All other steps by subject, but for those that take something back: they stand last.
SUBJECTS = (
    (
        "办理",
        (
            "assign",
            "answer_on_spot",
            "sign",
            "record",
            "contribute",
            "reply",
            "inform",
            "close",
            "reopen",
            "take_up",
        ),
    ),
    ("期限", ("ask_extension", "extend", "refuse_extension")),
    ("督促", ("remind", "supervise", "lift", "comment")),
    ("改变去向", ("send_back", "keep", "reassign", "merge", "split", "suggest", "escalate")),
)
TAKING_BACK = ("withdraw", "retract", "unclose", "readmit", "reject")


@dataclass(frozen=True)
class StepMenu:
    """Steps that a user may take now, each once, by how near at hand they are."""

    usual: Step | None
    frequent: tuple[Step, ...]
    more: tuple[tuple[str, tuple[Step, ...]], ...]
    taking_back: tuple[Step, ...]

    @property
    def names(self) -> list[str]:
        """All of them in the order of the page."""
        first = [self.usual] if self.usual else []
        rest = [step for _, steps in self.more for step in steps]
        return [step.name for step in (*first, *self.frequent, *rest, *self.taking_back)]


def menu_of(item, steps: Iterable[Step]) -> StepMenu:
    """Sort the steps that the user may take with this feedback item."""
    left = {step.name: step for step in steps}
    state = State(item.state)
    usual = left.pop(USUAL_STEP.get(state, ""), None)
    near = (*(DECISIONS if item.asked_until else ()), *FREQUENT[state])
    if not usual and not left.keys() & set(near):
        near = ALWAYS
    in_view = [name for name in near if name in left][:IN_VIEW]
    frequent = tuple(left.pop(name) for name in in_view)
    more = tuple((subject, steps) for subject, names in SUBJECTS if (steps := _of(left, names)))
    return StepMenu(usual, frequent, more, _of(left, TAKING_BACK))


def _of(steps: dict[str, Step], names: Iterable[str]) -> tuple[Step, ...]:
    return tuple(steps[name] for name in names if name in steps)
