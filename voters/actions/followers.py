"""Items handled with another one: merged into it, or taken up by a delegate's suggestion."""

from collections.abc import Iterable
from typing import Any

from voters.models import FeedbackItem
from voters.states import FOLLOWING, State

#: Steps of the main item that its followers feel, and the step they take themselves.
HANDED_DOWN = dict.fromkeys(
    (
        "assign",
        "reassign",
        "withdraw",
        "send_back",
        "keep",
        "extend",
        "suggest",
        "escalate",
    ),
    "follow",
) | {
    "answer_on_spot": "follow_reply",
    "reply": "follow_reply",
    "retract": "follow_retract",
    "reject": "follow_reject",
}
_HANDLING = ("lead_unit_id", "responsible", "assigned_on", "due_on", "extended_to")
_ANSWER = ("route", "escalated_to", "signed_on", "signed_by", "outcome", "reply")


def followers_of(
    step: str, items: Iterable[FeedbackItem], before: dict[int, dict[str, Any]]
) -> list[FeedbackItem]:
    """Those that take ``step`` because these items moved; locked.

    An answer is taken back from those that got it and were not answered otherwise since.
    """
    states = (State.REPLIED,) if step == "follow_retract" else FOLLOWING
    rows = FeedbackItem.objects.filter(follows__in=[item.pk for item in items], state__in=states)
    rows = rows.order_by("pk").select_for_update(of=("self",)).select_related("visit__day")
    if step != "follow_retract":
        return list(rows)
    return [each for each in rows if each.reply == before[each.follows_id]["reply"]]


def take_over(follower: FeedbackItem, main: FeedbackItem, answered: bool = False) -> None:
    """Give the follower, in memory, the handling of its main item and, if ``answered``, the answer.

    A follower was not assigned before it was raised, and its days keep their order.
    """
    for name in (*_HANDLING, *(_ANSWER if answered else ())):
        setattr(follower, name, getattr(main, name))
    if main.state in FOLLOWING:
        # No chains: it goes with its main item to where that went.
        follower.follows_id = main.follows_id
    if _stands_still(main):
        follower.assigned_on = follower.due_on = follower.extended_to = None
    elif main.assigned_on:
        follower.assigned_on = max(main.assigned_on, follower.raised_on)
        follower.due_on = max(main.due_on, follower.assigned_on)
        if follower.extended_to and follower.extended_to <= follower.due_on:
            follower.extended_to = None
        if follower.signed_on:
            follower.signed_on = max(follower.signed_on, follower.assigned_on)
    if answered and main.replied_on:
        follower.replied_on = max(main.replied_on, follower.raised_on)


def _stands_still(main: FeedbackItem) -> bool:
    """Whether the main item was returned in time: no clock runs, as ``with_deadline`` says."""
    return main.state == State.RETURNED and main.returned_on <= main.deadline_day
