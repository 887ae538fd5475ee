"""Items handled with another one: merged into it, or taken up by a delegate's suggestion."""

from collections.abc import Iterable

from voters.models import FeedbackItem
from voters.states import FOLLOWING

#: Steps of the main item that its followers feel, and the step they take themselves.
HANDED_DOWN = {
    "assign": "",
    "reassign": "",
    "withdraw": "",
    "keep": "",
    "extend": "",
    "escalate": "",
    "reply": "follow_reply",
    "reject": "follow_reject",
}
_HANDLING = ("lead_unit_id", "responsible", "assigned_on", "due_on", "extended_to")
_ANSWER = ("route", "escalated_to", "signed_on", "signed_by", "outcome", "reply")


def followers_of(items: Iterable[FeedbackItem]) -> list[FeedbackItem]:
    """Those whose handling is one of these items'; locked."""
    rows = FeedbackItem.objects.filter(follows__in=[item.pk for item in items], state__in=FOLLOWING)
    return list(rows.select_for_update(of=("self",)).select_related("visit__day"))


def hand_down(items: Iterable[FeedbackItem], followers: Iterable[FeedbackItem]) -> None:
    """Give the followers, in memory, the handling and the answer of their main item."""
    mains = {item.pk: item for item in items}
    for follower in followers:
        take_over(follower, mains[follower.follows_id])


def take_over(follower: FeedbackItem, main: FeedbackItem) -> None:
    """A follower was not assigned before it was raised, and its days keep their order."""
    for name in (*_HANDLING, *(_ANSWER if main.reply else ())):
        setattr(follower, name, getattr(main, name))
    if main.assigned_on:
        raised = follower.visit.day.date if follower.visit_id else follower.registered_on
        follower.assigned_on = max(main.assigned_on, raised)
        follower.due_on = max(main.due_on, follower.assigned_on)
        if follower.extended_to and follower.extended_to <= follower.due_on:
            follower.extended_to = None
        if follower.signed_on:
            follower.signed_on = max(follower.signed_on, follower.assigned_on)
    if main.replied_on:
        follower.replied_on = max(main.replied_on, follower.assigned_on)
