"""What steps of items write beside the item and its trail."""

from voters.models import Commitment, EarlierAnswer, FeedbackItem
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


def _keep_answers(sweep: Sweep, items: list[FeedbackItem]) -> None:
    """The answer that did not satisfy stays, to be compared with the next."""
    EarlierAnswer.objects.bulk_create(
        EarlierAnswer(
            item=item,
            **{name: sweep.was(item, name) for name in _ANSWERED}
            | {"dissatisfaction": item.dissatisfaction or sweep.was(item, "dissatisfaction")},
        )
        for item in items
    )


def take_up(sweep: Sweep) -> None:
    _keep_answers(sweep, sweep.items)


def reply(sweep: Sweep) -> None:
    """The promise is kept in mind, and the first answer stays beside the second."""
    _keep_answers(
        sweep, [item for item in sweep.items if sweep.was(item, "state") == State.REOPENED]
    )
    if sweep.extras.get("commitment"):
        Commitment.objects.bulk_create(
            Commitment(
                item=item, text=sweep.extras["commitment"], due_on=sweep.extras["promised_on"]
            )
            for item in sweep.items
        )


def assign(sweep: Sweep) -> None:
    """Who leads no longer shares."""
    if unit := sweep.changes.get("lead_unit"):
        shared = FeedbackItem.co_units.through.objects.filter(handlingunit=unit)
        shared.filter(feedbackitem__in=[item.pk for item in sweep.items]).delete()


AFTER = {"assign": assign, "reassign": assign, "reply": reply, "take_up": take_up}
