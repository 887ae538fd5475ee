"""Duty reports of the year: planned, held with ballots, and the votes."""

from dataclasses import dataclass

from django.db.models import Count, F, Sum

from congress.models import BallotScales
from congress.periods import Period
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

    @property
    def remaining(self) -> int:
        return self.planned - self.done

    @property
    def approved(self) -> int:
        return self.satisfied + self.basically


def planned(year: int):
    return DutyReport.objects.planned_for(year)


def done(period: Period, year: int):
    """Held by the cut-off, with valid ballots."""
    return planned(year).held_in(period).filter(ballots_valid__gt=0)


def rejected(period: Period, year: int):
    """Reports at which more than half of the valid ballots gave the worst grade."""
    return done(period, year).filter(dissatisfied__gt=F("ballots_valid") - F("dissatisfied"))


def duty_figures(period: Period, year: int) -> Duty:
    scale = BallotScales.load().of(year)
    return Duty(
        planned=planned(year).count(),
        **done(period, year).aggregate(
            done=Count("pk"),
            issued=Sum("ballots_issued", default=0),
            returned=Sum("ballots_returned", default=0),
            valid=Sum("ballots_valid", default=0),
            satisfied=Sum("satisfied", default=0),
            basically=Sum("basically_satisfied", default=0),
            dissatisfied=Sum("dissatisfied", default=0),
            abstained=Sum("abstained", default=0),
        ),
        rejected=rejected(period, year).count(),
        grades=tuple(scale.words),
        thresholds=tuple(
            Threshold(each.wording, each.best_percent, each.approved_percent)
            for each in (scale.thresholds.all() if scale.pk else ())
        ),
    )
