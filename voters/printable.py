"""Whose paper a user may print: the office and the chair all, a unit that of what it leads."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet

from congress.models import User
from congress.roles import handles_items, reads_all, sees_voter_contact
from voters.lifecycle import STEPS
from voters.models import ContactRelease, FeedbackItem, FeedbackStep
from voters.states import FOLLOWING, State

#: Nobody has them in hand on paper: not assigned, given back, sent up, or on another's sheet.
_WITHOUT_SHEET = (
    State.REGISTERED,
    State.ON_SPOT,
    State.RETURNED,
    State.ESCALATED,
    State.REJECTED,
    *FOLLOWING,
)


def prints_papers(user: User) -> bool:
    return reads_all(user) or handles_items(user)


def with_sheets(user: User) -> QuerySet:
    """Items with 交办单 and 反馈表. Raises ``PermissionDenied`` for who prints none at all."""
    if not prints_papers(user):
        raise PermissionDenied
    items = FeedbackItem.objects.visible_to(user)
    if handles_items(user):
        items = items.filter(lead_unit__accounts=user)
    return items.filter(lead_unit__isnull=False, assigned_on__isnull=False).exclude(
        state__in=_WITHOUT_SHEET
    )


def open_to_reminders(user: User) -> QuerySet:
    """Items that may be reminded of. Raises ``PermissionDenied`` for who reminds nobody."""
    if not reads_all(user):
        raise PermissionDenied
    return FeedbackItem.objects.visible_to(user).filter(state__in=STEPS["remind"].leads)


def reminded(user: User) -> QuerySet:
    """Items with 催办单: the paper of a reminder that stands in the trail."""
    reminders = FeedbackStep.objects.filter(item=OuterRef("pk"), kind="remind")
    return open_to_reminders(user).filter(Exists(reminders))


def prints_contact(user: User, item: FeedbackItem) -> bool:
    """The voter's name and telephone on the sheet: once released, and only by the office."""
    released = ContactRelease.objects.in_force().filter(item=item)
    return sees_voter_contact(user) and released.exists()
