"""A scale that ballots were counted by stays as it is: old ballots are never re-scaled."""

from congress.models import BallotScale, BallotScales
from voters.models import DutyReport, SecondVote, UnitEvaluation


def held_under(scale: BallotScale, scales: BallotScales | None = None) -> list[int]:
    """Years, the first first, whose ballots the scale governs, or would once it is added."""
    first, last = (scales or BallotScales.load()).years_of(scale)
    reports = DutyReport.objects.filter(held_on__isnull=False).values_list("year", flat=True)
    units = UnitEvaluation.objects.voted().values_list("activity__date__year", flat=True)
    second = SecondVote.objects.values_list("held_on__year", flat=True)
    years = {year for votes in (reports, units, second) for year in votes.order_by().distinct()}
    return sorted(year for year in years if first <= year <= last)


def in_use(scale: BallotScale, years: list[int]) -> str:
    """Why the scale must stay, in a sentence."""
    counted = "、".join(f"{year}年" for year in years)
    return (
        f"{counted}已有按“{scale.grades}”统计的测评，该口径不能改动。"
        f"要换口径，请自{years[-1] + 1}年或以后的年份起另立一条。"
    )
