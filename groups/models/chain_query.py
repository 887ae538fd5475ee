"""Which recommendations and transmissions: whose, and how they stand to a day."""

import datetime

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from groups.reply_terms import ReplyTerm

from .activities import Activity
from .plan import GroupWorkQuerySet

#: Kinds of activity whose recommendations are to be answered (代表法 31).
TO_BE_ANSWERED = (Activity.Kind.INSPECTION, Activity.Kind.LAW_CHECK)


class ActivityPartQuerySet(GroupWorkQuerySet):
    group_field = "activity__group"


def _replies(follow_ups: models.QuerySet) -> models.QuerySet:
    """Those of the follow-ups that answer the transmission of an outer query.

    One that names its transmission answers that one; one that names none, as in the ledgers,
    answers all of its activity that were passed on by then.
    """
    return follow_ups.filter(
        Q(answers=OuterRef("pk"))
        | Q(answers__isnull=True, activity=OuterRef("activity"), date__gte=OuterRef("date"))
    )


class TransmissionQuerySet(ActivityPartQuerySet):
    def _replies(self) -> models.QuerySet:
        return _replies(self.model.follow_ups.rel.related_model.objects.all())

    def with_reply(self):
        """Annotates ``answered_on``, the day of the first follow-up that answers, or None."""
        replies = self._replies().order_by("date", "pk")
        return self.annotate(answered_on=Subquery(replies.values("date")[:1]))

    def expecting_reply(self):
        return self.filter(expects_reply=True, activity__kind__in=TO_BE_ANSWERED)

    def awaiting(self):
        """A reply is expected, and none has come."""
        return self.expecting_reply().exclude(Exists(self._replies()))

    def overdue(self, day: datetime.date, term: ReplyTerm):
        """Awaiting a reply that was due before that day."""
        last = term.overdue_if_sent_by(day)
        return self.awaiting().filter(date__lte=last) if last else self.none()


class FollowUpQuerySet(ActivityPartQuerySet):
    def untold(self):
        """A result of which the delegates who took part have not been told."""
        to_tell = self.filter(activity__kind__in=TO_BE_ANSWERED, told_delegates_on__isnull=True)
        return to_tell.exclude(result="")


class RecommendationQuerySet(ActivityPartQuerySet):
    def with_state(self, day: datetime.date, term: ReplyTerm):
        """Annotates ``state``, see ``Recommendation.State``.

        Also ``sent_on``, the first day it was passed on, and ``awaiting_since``, the first one that
        still waits for a reply.
        """
        follow_ups = self.model.follow_ups.rel.related_model.objects
        sendings = self.model.transmissions.rel.related_model
        named = sendings.recommendations.through.objects.filter(transmission=OuterRef("pk"))
        sent = (
            sendings.objects.filter(activity=OuterRef("activity"))
            .filter(Exists(named.filter(recommendation=OuterRef(OuterRef("pk")))) | ~Exists(named))
            .order_by("date", "pk")
        )
        followed = follow_ups.filter(recommendation=OuterRef("pk"))
        # What names another recommendation answers for that one alone.
        about_this = Q(recommendation__isnull=True) | Q(recommendation=OuterRef(OuterRef("pk")))
        replied = Exists(_replies(follow_ups.filter(about_this)))
        awaiting = sent.expecting_reply().exclude(replied)
        state, last = self.model.State, term.overdue_if_sent_by(day)
        return self.annotate(
            sent_on=Subquery(sent.values("date")[:1]),
            awaiting_since=Case(
                When(Exists(followed), then=None),
                default=Subquery(awaiting.values("date")[:1]),
                output_field=models.DateField(),
            ),
            result=Coalesce(
                Subquery(followed.exclude(result="").order_by("-date", "-pk").values("result")[:1]),
                Value(""),
            ),
            state=Case(
                *([When(awaiting_since__lte=last, then=Value(state.OVERDUE))] if last else []),
                When(awaiting_since__isnull=False, then=Value(state.OPEN)),
                When(Exists(followed) | Exists(sent.filter(replied)), then=Value(state.ANSWERED)),
                When(sent_on__isnull=False, then=Value(state.PASSED_ON)),
                default=Value(state.UNSENT),
                output_field=models.CharField(),
            ),
        )
