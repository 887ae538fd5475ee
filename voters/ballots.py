"""Counting ballots: sums are checked here for people, rates and results computed, never stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import pairwise

from congress.models import BallotScale
from voters.models import DutyReport

#: What is told of a duty report that was held, beside the numbers counted there.
EVENT = ("held_on", "place")
#: Each is at most the one before it.
_CHAIN = (
    ("voters_present", "到会选民", "人"),
    ("ballots_issued", "发出票", "张"),
    ("ballots_returned", "收回票", "张"),
    ("ballots_valid", "有效票", "张"),
)
ABSTAINED = "弃权"


def percent(part: int | None, whole: int | None) -> str:
    """75.0%; empty where there is nothing to divide."""
    if part is None or not whole:
        return ""
    rate = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rate}%"


def grade_fields(scale: BallotScale) -> dict[str, str]:
    """The field that holds each grade, and the grade's word, best first."""
    words = scale.words
    middle = {"third_grade": words[2]} if len(words) == 4 else {}
    return {
        "satisfied": words[0],
        "basically_satisfied": words[1],
        **middle,
        "dissatisfied": words[-1],
    }


def refusals(
    counts: Mapping[str, int | None], grades: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """(field, sentence) of each number that another one contradicts; empty ones are left out."""
    for (upper, above, measure), (lower, below, _) in pairwise(_CHAIN):
        most, found = counts[upper], counts[lower]
        if None not in (most, found) and found > most:
            yield lower, f"{below}{found}张，多于{above}{most}{measure}。"
    valid = counts["ballots_valid"]
    words = {**grades, "abstained": ABSTAINED}
    votes = {word: counts[field] for field, word in words.items()}
    if None in (valid, *votes.values()):
        return
    if (total := sum(votes.values())) != valid:
        parts = "、".join(f"{word}{number}" for word, number in votes.items())
        more_or_less = "多" if total > valid else "少"
        yield (
            "ballots_valid",
            f"{parts}，合计{total}票，比有效票{valid}张{more_or_less}{abs(total - valid)}票。",
        )


@dataclass(frozen=True)
class Tally:
    """The ballots of one duty report that was held, read by the scale of its year.

    Rates are taken over the valid ballots.
    """

    report: DutyReport
    scale: BallotScale

    @cached_property
    def grades(self) -> list[tuple[str, int, str]]:
        """(word, votes, rate) of each grade, best first."""
        valid = self.report.ballots_valid
        found = {word: getattr(self.report, f) for f, word in grade_fields(self.scale).items()}
        return [(word, votes, percent(votes, valid)) for word, votes in found.items()]

    @property
    def invalid(self) -> int:
        return self.report.ballots_returned - self.report.ballots_valid

    @property
    def approved(self) -> int:
        """Votes for the two best grades."""
        return self.report.satisfied + self.report.basically_satisfied

    @property
    def best_rate(self) -> str:
        return percent(self.report.satisfied, self.report.ballots_valid)

    @property
    def approved_rate(self) -> str:
        return percent(self.approved, self.report.ballots_valid)

    @property
    def abstained_rate(self) -> str:
        return percent(self.report.abstained, self.report.ballots_valid)

    @property
    def result(self) -> str:
        """The township's word for such votes; empty where it has none."""
        return self.scale.result(
            best=self.report.satisfied, approved=self.approved, valid=self.report.ballots_valid
        )

    @property
    def result_words(self) -> str:
        """The result, or why there is none."""
        if not self.report.ballots_valid:
            return "没有有效票，不作评价"
        return self.result or "未达到各档用语的比例"

    @property
    def too_few(self) -> str:
        """A remark where fewer voters came than the scale asks for."""
        present, least = self.report.voters_present, self.scale.least_present
        return f"到会选民{present}人，少于规定的{least}人。" if present < least else ""
