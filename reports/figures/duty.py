"""Duty reports of the year: planned, held with ballots, and the votes."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, Sum

from congress.models import BallotScales
from reports.scope import Scope
from voters.models import DutyReport


@dataclass(frozen=True)
class Threshold:
    wording: str
    best_percent: int
    approved_percent: int


@dataclass(frozen=True)
class Duty:
    """``grades`` and ``thresholds`` are those of the scale in force in the year."""

    planned: int
    done: int
    issued: int
    returned: int
    valid: int
    satisfied: int
    basically: int
    dissatisfied: int
    abstained: int
    rejected: int
    grades: tuple[str, ...]
    thresholds: tuple[Threshold, ...]
    earlier: int = 0

    @property
    def remaining(self) -> int:
        return self.planned - self.earlier - self.done

    @property
    def approved(self) -> int:
        return self.satisfied + self.basically


def planned(scope: Scope):
    """Of a group those of who was its member on the day held, else on the cut-off."""
    year = DutyReport.objects.planned_for(scope.year)
    held = Q(held_on__lte=scope.last)
    then, now = (scope.of_members("mandate", day) for day in (OuterRef("held_on"), scope.last))
    return year.filter((held & then) | (~held & now)) if scope.group else year


def done(scope: Scope):
    """Held in the period, with valid ballots."""
    return planned(scope).held_in(scope.period).filter(ballots_valid__gt=0)


def earlier(scope: Scope):
    """Held in the year before the period began."""
    return planned(scope).filter(held_on__lt=scope.first, ballots_valid__gt=0)


def held_to_date(scope: Scope):
    """In the period and in the year before it."""
    return planned(scope).filter(Q(pk__in=done(scope)) | Q(pk__in=earlier(scope)))


def remaining(scope: Scope):
    """Not held by the cut-off."""
    return planned(scope).exclude(pk__in=held_to_date(scope))


def rejected(scope: Scope):
    """Reports at which more than half of the valid ballots gave the worst grade."""
    return done(scope).filter(dissatisfied__gt=F("ballots_valid") - F("dissatisfied"))


def duty_figures(scope: Scope) -> Duty:
    scale = BallotScales.load().of(scope.year)
    return Duty(
        planned=planned(scope).count(),
        **done(scope).aggregate(
            done=Count("pk"),
            issued=Sum("ballots_issued", default=0),
            returned=Sum("ballots_returned", default=0),
            valid=Sum("ballots_valid", default=0),
            satisfied=Sum("satisfied", default=0),
            basically=Sum("basically_satisfied", default=0),
            dissatisfied=Sum("dissatisfied", default=0),
            abstained=Sum("abstained", default=0),
        ),
        rejected=rejected(scope).count(),
        earlier=earlier(scope).count(),
        grades=tuple(scale.words),
        thresholds=tuple(
            Threshold(each.wording, each.best_percent, each.approved_percent)
            for each in (scale.thresholds.all() if scale.pk else ())
        ),
    )
