"""What happens to a mandate, with what it means for the delegate's group."""

import datetime

from django.db import transaction
from django.db.models import Q

import delegates.actions
from congress.models import User
from congress.roles import require_keeper
from delegates.actions import amend
from delegates.models import Delegate, Mandate

from ..models import (
    OFFICERS,
    DelegateGroup,
    Membership,
    Post,
)
from .membership import join, leave


@transaction.atomic
def elect(
    *,
    by: User,
    delegate: Delegate,
    group: DelegateGroup | None = None,
    post: str = Post.MEMBER,
    **mandate,
) -> Mandate:
    """A person becomes a delegate and, on the same day or when the group begins, its member."""
    elected = delegates.actions.elect(by=by, delegate=delegate, **mandate)
    if group:
        join(by=by, mandate=elected, group=group, post=post, on=max(elected.start, group.start))
    return elected


@transaction.atomic
def end_mandate(*, by: User, mandate: Mandate, on: datetime.date, **decision) -> Mandate:
    """A mandate ends, and with it the membership of the group."""
    leave(by=by, mandate=mandate, on=on)
    return delegates.actions.end_mandate(by=by, mandate=mandate, on=on, **decision)


@transaction.atomic
def correct_mandate(
    *, by: User, mandate: Mandate, began: datetime.date, ended: datetime.date | None
) -> Mandate:
    """A mandate's days were typed wrong: what began or ended with it moves along.

    ``began`` and ``ended`` are the days until now. Raises ``ValidationError`` for a membership or
    suspension that would then lie outside. The version is the page's to count.
    """
    require_keeper(by)
    mandate.full_clean()
    mandate.save()
    for span in (*mandate.memberships.select_related("group"), *mandate.suspensions.all()):
        span.mandate = mandate
        if span.start == began:
            span.start = mandate.start
        if span.end == ended:
            span.end = mandate.end
        amend(span)
    return mandate


@transaction.atomic
def undo_end(*, by: User, mandate: Mandate, because: str) -> Mandate:
    """The end was a mistake: the mandate goes on, and with it the membership closed that day.

    A post that somebody else holds by now is not given back; a group that is gone neither.
    """
    require_keeper(by)
    ended_on = Mandate.objects.get(pk=mandate.pk).end
    mandate = delegates.actions.undo_end(by=by, mandate=mandate, because=because)
    closed = Membership.objects.filter(mandate=mandate, end=ended_on).select_related("group")
    for membership in closed:
        if membership.group.end is not None and membership.group.end <= ended_on:
            continue
        taken = Membership.objects.filter(
            Q(end__isnull=True) | Q(end__gt=ended_on), group=membership.group, post=membership.post
        )
        if membership.post in OFFICERS and taken.exists():
            following = Membership(
                mandate=mandate, group=membership.group, post=Post.MEMBER, start=ended_on
            )
            following.full_clean()
            following.save()
        else:
            amend(membership, end=membership.group.end)
    return mandate
