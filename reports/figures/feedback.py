"""Feedback items raised in the period, and how far they had come on the cut-off."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from congress.periods import Period
from voters.models import FeedbackItem, Topic
from voters.rates import Basis, Share, shares


@dataclass(frozen=True)
class Feedback:
    """``rates`` by their keys; two of them are the base of 事事有回复、件件有落实."""

    items: int
    accepted: int
    assigned: int
    replied: int
    group_told: int
    voter_told: int
    closed: int
    overdue: int
    topics: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]
    result_satisfaction: tuple[tuple[str, int], ...]
    rates: Mapping[str, Share]


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
    """办结: answered, group and voter told by the cut-off or reasoned, and not open again."""
    return accepted(period).closed_by(period.last)


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
        topics=tuple(topics(period).values_list("name", "n")),
        outcomes=_numbers(replied(period).exclude(outcome=""), "outcome"),
        states=_numbers(items(period).with_state_on(period.last), "state_on"),
        result_satisfaction=_numbers(
            voter_told(period).exclude(result_satisfaction=""), "result_satisfaction"
        ),
        rates=shares(items(period), Basis.on(period.last)),
    )


def _numbers(rows, key: str) -> tuple[tuple[str, int], ...]:
    return tuple(rows.values_list(key).annotate(n=Count("pk")).order_by(key))
