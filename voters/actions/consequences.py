"""What steps of items write beside the item and its trail."""

from voters.models import Commitment, EarlierAnswer
from voters.states import State

from .sweep import Sweep

_ANSWERED = (
    "replied_on",
    "outcome",
    "reply",
    "voter_told_on",
    "process_satisfaction",
    "result_satisfaction",
    "dissatisfaction",
)


def reply(sweep: Sweep) -> None:
    """The promise is kept in mind, and the answer that did not satisfy stays to be compared."""
    EarlierAnswer.objects.bulk_create(
        EarlierAnswer(item=item, **{name: sweep.was(item, name) for name in _ANSWERED})
        for item in sweep.items
        if sweep.was(item, "state") == State.REOPENED
    )
    if sweep.extras.get("commitment"):
        Commitment.objects.bulk_create(
            Commitment(
                item=item, text=sweep.extras["commitment"], due_on=sweep.extras["promised_on"]
            )
            for item in sweep.items
        )


AFTER = {"reply": reply}
