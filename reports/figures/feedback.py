"""Feedback items raised in the period, and how far they had come on the cut-off."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from reports.scope import Scope
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


def items(scope: Scope):
    """All registered from visits of the period, those not accepted included."""
    collected = FeedbackItem.objects.collected_in(scope.period)
    return collected.filter(scope.within("visit__day__group"))


def accepted(scope: Scope):
    return items(scope).accepted()


def assigned(scope: Scope):
    return accepted(scope).filter(assigned_on__lte=scope.last)


def replied(scope: Scope):
    return accepted(scope).replied_by(scope.last)


def group_told(scope: Scope):
    """Also of items not accepted: they are told so."""
    return items(scope).filter(group_told_on__lte=scope.last)


def voter_told(scope: Scope):
    return items(scope).filter(voter_told_on__lte=scope.last)


def closed(scope: Scope):
    """办结: answered, group and voter told by the cut-off or reasoned, and not open again."""
    return accepted(scope).closed_by(scope.last)


def overdue(scope: Scope):
    """Without any answer; what is handled again has had one."""
    return accepted(scope).overdue(scope.last).exclude(replied_on__lte=scope.last)


def topics(scope: Scope):
    """Topics with items, the most frequent first, ties in the order of the topic list."""
    return (
        Topic.objects.filter(items__in=items(scope))
        .annotate(n=Count("items"))
        .order_by("-n", "position", "pk")
    )


def feedback_figures(scope: Scope) -> Feedback:
    return Feedback(
        items=items(scope).count(),
        accepted=accepted(scope).count(),
        assigned=assigned(scope).count(),
        replied=replied(scope).count(),
        group_told=group_told(scope).count(),
        voter_told=voter_told(scope).count(),
        closed=closed(scope).count(),
        overdue=overdue(scope).count(),
        topics=tuple(topics(scope).values_list("name", "n")),
        outcomes=_numbers(replied(scope).exclude(outcome=""), "outcome"),
        states=_numbers(items(scope).with_state_on(scope.last), "state_on"),
        result_satisfaction=_numbers(
            voter_told(scope).exclude(result_satisfaction=""), "result_satisfaction"
        ),
        rates=shares(items(scope), Basis.on(scope.last)),
    )


def _numbers(rows, key: str) -> tuple[tuple[str, int], ...]:
    return tuple(rows.values_list(key).annotate(n=Count("pk")).order_by(key))
