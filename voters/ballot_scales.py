"""A scale that ballots were counted by stays as it is: old ballots are never re-scaled."""

from congress.models import BallotScale, BallotScales
from voters.models import DutyReport


def held_under(scale: BallotScale, scales: BallotScales | None = None) -> list[int]:
    """Years, the first first, whose held reports the scale governs, or would once it is added."""
    first, last = (scales or BallotScales.load()).years_of(scale)
    held = DutyReport.objects.filter(held_on__isnull=False, year__range=(first, last))
    return sorted(set(held.order_by().values_list("year", flat=True)))


def in_use(scale: BallotScale, years: list[int]) -> str:
    """Why the scale must stay, in a sentence."""
    counted = "、".join(f"{year}年" for year in years)
    return (
        f"{counted}已有按“{scale.grades}”统计的述职测评，该口径不能改动。"
        f"要换口径，请自{years[-1] + 1}年或以后的年份起另立一条。"
    )
