"""The inbox (待分办): what lies on the office's table, the oldest first."""

import datetime
from urllib.parse import urlencode

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from congress.models import User
from congress.periods import today
from voters.models import FeedbackItem, FeedbackStep, Visit


def to_triage(user: User) -> QuerySet[FeedbackItem]:
    return FeedbackItem.objects.visible_to(user).to_triage()


def with_words(items: QuerySet[FeedbackItem]) -> QuerySet[FeedbackItem]:
    """With all that the inbox tells of an item: who asked in which words, who returned it why.

    The steps by which it was returned are its ``returns``.
    """
    returns = FeedbackStep.objects.filter(kind="send_back").select_related("user")
    return (
        items.with_clock(today())
        .select_related("topic", "lead_unit", "right_unit")
        .prefetch_related(
            Prefetch("visit", Visit.objects.select_related("village", "day__group__term")),
            Prefetch("steps", returns, to_attr="returns"),
        )
    )


def age(item: FeedbackItem, day: datetime.date) -> int:
    """Days since it was raised."""
    return (day - item.raised_on).days


def place_of(item: FeedbackItem, items: QuerySet[FeedbackItem]) -> int:
    """How many of the items lie before this one."""
    return items.exclude(_from(item)).count()


def item_after(item: FeedbackItem, items: QuerySet[FeedbackItem]) -> FeedbackItem | None:
    """The next one on the table, or the first when the last is done."""
    others = items.exclude(pk=item.pk)
    return others.filter(_from(item)).first() or others.first()


def _from(item: FeedbackItem) -> Q:
    """The item itself and those after it, in the order of the table."""
    return Q(registered_on__gt=item.registered_on) | Q(
        registered_on=item.registered_on, pk__gte=item.pk
    )


def inbox_address(item: FeedbackItem | None = None, **further) -> str:
    """The inbox with this item open."""
    query = ({"item": item.pk} if item else {}) | further
    return reverse("feedbackitem_inbox") + (f"?{urlencode(query)}" if query else "")


def address_after(user: User, item: FeedbackItem, **further) -> str:
    """Where to go on after a step of the item: to it while it lies on the table, else the next."""
    items = to_triage(user)
    here = items.filter(pk=item.pk).first()
    return inbox_address(here or item_after(item, items), **further)
