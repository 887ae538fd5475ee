"""How far items had come by the end of a day, as conditions that every count shares.

Lists, board, dashboard, reminders and report ask these. What is dated after the day has not
happened yet. The two that speak of the deadline want items read ``with_deadline``.
Source: data format of the ledger, sheet 意见建议.
"""

import datetime

from django.db.models import Case, F, Q, Value, When

from .states import FOLLOWING, Route, State


def accepted() -> Q:
    return ~Q(state=State.REJECTED)


def assigned(day: datetime.date) -> Q:
    return Q(assigned_on__lte=day)


def answered(day: datetime.date) -> Q:
    """At least once; also what is handled again."""
    return Q(replied_on__lte=day)


def told(day: datetime.date) -> Q:
    """Group and voter both."""
    return Q(group_told_on__lte=day, voter_told_on__lte=day)


def told_or_reasoned(day: datetime.date) -> Q:
    """Group and voter each told, or written down why not."""
    return (Q(group_told_on__lte=day) | ~Q(group_untold_reason="")) & (
        Q(voter_told_on__lte=day) | ~Q(voter_untold_reason="")
    )


def closed(day: datetime.date) -> Q:
    """办结: answered, told or reasoned by then, and not open again."""
    return Q(state=State.CLOSED) & answered(day) & told_or_reasoned(day)


def unfinished(day: datetime.date) -> Q:
    """Accepted and not closed."""
    return accepted() & ~closed(day)


def past_due(day: datetime.date) -> Q:
    """The deadline lies before the day; the deadline day is still in time."""
    return Q(deadline__lt=day)


def overdue(day: datetime.date) -> Q:
    """Past due and not answered by then, or the second answer is past due."""
    owed = Q(replied_on__isnull=True) | Q(replied_on__gt=day) | Q(state=State.REOPENED)
    return owed & past_due(day) & accepted()


def state_on(day: datetime.date) -> Case:
    """The state as far as it had come by that day."""
    return Case(
        When(state=State.REJECTED, then=F("state")),
        When(answered(day) & Q(state=State.REOPENED), then=F("state")),
        When(
            answered(day) & Q(state__in=(State.TOLD, State.CLOSED)) & told_or_reasoned(day),
            then=F("state"),
        ),
        When(answered(day) & Q(route=Route.SPOT), then=Value(State.ON_SPOT)),
        When(answered(day), then=Value(State.REPLIED)),
        When(state__in=FOLLOWING, then=F("state")),
        When(~assigned(day), then=Value(State.REGISTERED)),
        When(state=State.SIGNED, signed_on__gt=day, then=Value(State.ASSIGNED)),
        When(
            state__in=(State.ASSIGNED, State.SIGNED, State.RETURNED, State.ESCALATED),
            then=F("state"),
        ),
        default=Value(State.HANDLING),
    )
