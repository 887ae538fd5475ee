"""Counting ballots: sums are checked here for people, rates and results computed, never stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from congress.models import BallotScale
from voters.models import DutyReport
from voters.models.ballot_counts import BallotCounts

#: What is told of a duty report that was held, beside the numbers counted there.
EVENT = ("held_on", "place")
#: Whoever may cast a ballot: field, word, measure.
VOTERS = ("voters_present", "到会选民", "人")
EVALUATORS = ("evaluators", "参评", "人")
#: Each is at most the one before it, the first at most those who may vote.
_CHAIN = (
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


def check_while_typing(scale: BallotScale, present: tuple[str, str, str] = VOTERS) -> dict:
    """What ``static/js/ballots.js`` needs to say the same before anything is sent."""
    thresholds = scale.thresholds.all() if scale.pk else ()
    return {
        "chain": [present, *_CHAIN],
        "grades": list(grade_fields(scale).items()),
        "thresholds": [
            [each.wording, each.best_percent, each.approved_percent] for each in thresholds
        ],
    }


def refusals(
    counts: Mapping[str, int | None],
    grades: Mapping[str, str],
    present: tuple[str, str, str] = VOTERS,
) -> Iterator[tuple[str, str]]:
    """(field, sentence) of each number that another one contradicts; empty ones are left out."""
    for (upper, above, measure), (lower, below, _) in pairwise((present, *_CHAIN)):
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


def changes_in_words(
    before: Mapping[str, int | None], after: Mapping[str, int | None], labels: Mapping[str, str]
) -> str:
    """Each number that changed, as 满意41→40; the fields in the order of their labels."""
    return "、".join(
        f"{label}{_or_none(before[name])}→{_or_none(after[name])}"
        for name, label in labels.items()
        if before[name] != after[name]
    )


def _or_none(number: int | None) -> str:
    return "（空）" if number is None else str(number)


@dataclass(frozen=True)
class Tally:
    """The ballots of one vote that was held, read by the scale of its year.

    Rates are taken over the valid ballots.
    """

    ballots: BallotCounts
    scale: BallotScale

    @property
    def valid(self) -> int:
        return self.ballots.votes_valid

    @cached_property
    def grades(self) -> list[tuple[str, int, str]]:
        """(word, votes, rate) of each grade, best first."""
        found = {word: getattr(self.ballots, f) for f, word in grade_fields(self.scale).items()}
        return [(word, votes, percent(votes, self.valid)) for word, votes in found.items()]

    @property
    def invalid(self) -> int | None:
        """None where it was not recorded how many came back."""
        returned = self.ballots.ballots_returned
        return None if returned is None else returned - self.valid

    @property
    def approved(self) -> int:
        """Votes for the two best grades."""
        return self.ballots.satisfied + self.ballots.basically_satisfied

    @property
    def best_rate(self) -> str:
        return percent(self.ballots.satisfied, self.valid)

    @property
    def approved_rate(self) -> str:
        return percent(self.approved, self.valid)

    @property
    def abstained_rate(self) -> str:
        return percent(self.ballots.abstained, self.valid)

    @property
    def result(self) -> str:
        """The township's word for such votes; empty where it has none."""
        return self.scale.result(
            best=self.ballots.satisfied, approved=self.approved, valid=self.valid
        )

    @property
    def result_words(self) -> str:
        """The result, or why there is none."""
        if not self.valid:
            return "没有有效票，不作评价"
        return self.result or "未达到各档用语的比例"

    @property
    def merit(self) -> tuple[Fraction, Fraction] | None:
        """The greater the better: rate of the best grade, then of the two best; None unrated."""
        if not self.valid:
            return None
        return Fraction(self.ballots.satisfied, self.valid), Fraction(self.approved, self.valid)


def too_few_voters(report: DutyReport, scale: BallotScale) -> str:
    """A remark where fewer voters came to a duty report than the scale asks for."""
    present, least = report.voters_present, scale.least_present
    return f"到会选民{present}人，少于规定的{least}人。" if present < least else ""
