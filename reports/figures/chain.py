"""What activities found and recommended, to whom it was passed on, and what came of it."""

from django.db.models import F, Q, QuerySet

from congress.models import Village
from groups.models import Finding, FollowUp, Recommendation, Transmission
from reports.scope import Scope
from voters.models import FeedbackItem, HandlingUnit, UnitEvaluation

IS_SUGGESTION = Q(source=FeedbackItem.Source.DELEGATE)


def findings(activities: QuerySet):
    return Finding.objects.filter(activity__in=activities).order_by("position", "pk")


def recommendations(activities: QuerySet):
    return Recommendation.objects.filter(activity__in=activities).order_by("position", "pk")


def transmissions(activities: QuerySet, scope: Scope):
    return Transmission.objects.filter(activity__in=activities, date__lte=scope.last)


def follow_ups(activities: QuerySet, scope: Scope):
    return FollowUp.objects.filter(activity__in=activities, date__lte=scope.last)


def taken_up(activities: QuerySet, scope: Scope):
    """Items and suggestions made of recommendations and assigned to a unit by the cut-off."""
    return FeedbackItem.objects.filter(
        recommendation__activity__in=activities, assigned_on__lte=scope.last
    ).annotate(activity=F("recommendation__activity"))


def taken_up_answered(activities: QuerySet, scope: Scope):
    return taken_up(activities, scope).filter(replied_on__lte=scope.last)


def votes(activities: QuerySet):
    return UnitEvaluation.objects.voted().filter(activity__in=activities).order_by("pk")


def units(activities: QuerySet):
    """The units voted on, each once."""
    return HandlingUnit.objects.filter(pk__in=votes(activities).values("unit"))


def villages(activities: QuerySet):
    """Where they went."""
    return Village.objects.filter(pk__in=activities.order_by().values("villages"))
