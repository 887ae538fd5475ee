"""Feedback items raised in the period, and how far they had come on the cut-off."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Q, Value, When

from congress.periods import Period
from voters.models import FeedbackItem, Topic
from voters.states import State


@dataclass(frozen=True)
class Feedback:
    """`past_due` and the two counts after it are the base of 事事有回复、件件有落实."""

    items: int
    accepted: int
    assigned: int
    replied: int
    group_told: int
    voter_told: int
    closed: int
    overdue: int
    past_due: int
    past_due_replied: int
    past_due_closed: int
    topics: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]
    result_satisfaction: tuple[tuple[str, int], ...]


def items(period: Period):
    """All registered from visits of the period, those not accepted included."""
    return FeedbackItem.objects.collected_in(period)


def accepted(period: Period):
    return items(period).accepted()


def assigned(period: Period):
    return accepted(period).filter(assigned_on__lte=period.last)


def replied(period: Period):
    return accepted(period).replied_by(period.last)


def group_told(period: Period):
    """Also of items not accepted: they are told so."""
    return items(period).filter(group_told_on__lte=period.last)


def voter_told(period: Period):
    return items(period).filter(voter_told_on__lte=period.last)


def closed(period: Period):
    """办结: answered, group and voter told by the cut-off, and not open again."""
    return replied(period).filter(
        group_told_on__lte=period.last, voter_told_on__lte=period.last, state=State.CLOSED
    )


def past_due(period: Period):
    return accepted(period).past_due(period.last)


def overdue(period: Period):
    """Without any answer; what is handled again has had one."""
    return accepted(period).overdue(period.last).exclude(replied_on__lte=period.last)


def topics(period: Period):
    """Topics with items, the most frequent first, ties in the order of the topic list."""
    return (
        Topic.objects.filter(items__in=items(period))
        .annotate(n=Count("items"))
        .order_by("-n", "position", "pk")
    )


def with_state_on(rows, day: date):
    """Annotates ``state_on``: the state as far as it had come by that day."""
    told = Q(group_told_on__lte=day, voter_told_on__lte=day)
    return rows.annotate(
        state_on=Case(
            When(state=State.REJECTED, then=F("state")),
            When(~Q(assigned_on__lte=day), then=Value(State.REGISTERED)),
            When(~Q(replied_on__lte=day) & Q(state=State.ASSIGNED), then=F("state")),
            When(~Q(replied_on__lte=day), then=Value(State.HANDLING)),
            When(told & Q(state=State.CLOSED), then=F("state")),
            When(state=State.REOPENED, then=F("state")),
            default=Value(State.REPLIED),
        )
    )


def feedback_figures(period: Period) -> Feedback:
    return Feedback(
        items=items(period).count(),
        accepted=accepted(period).count(),
        assigned=assigned(period).count(),
        replied=replied(period).count(),
        group_told=group_told(period).count(),
        voter_told=voter_told(period).count(),
        closed=closed(period).count(),
        overdue=overdue(period).count(),
        past_due=past_due(period).count(),
        past_due_replied=replied(period).past_due(period.last).count(),
        past_due_closed=closed(period).past_due(period.last).count(),
        topics=tuple(topics(period).values_list("name", "n")),
        outcomes=_numbers(replied(period).exclude(outcome=""), "outcome"),
        states=_numbers(with_state_on(items(period), period.last), "state_on"),
        result_satisfaction=_numbers(
            voter_told(period).exclude(result_satisfaction=""), "result_satisfaction"
        ),
    )


def _numbers(rows, key: str) -> tuple[tuple[str, int], ...]:
    return tuple(rows.values_list(key).annotate(n=Count("pk")).order_by(key))
