"""履职积分: what a duty file comes to by the rules of its year. Derived, never stored.

The arithmetic, part by part: the base points; each entry to somebody's credit in the order of the
file, beyond the base count by the points for extras; what exceeds the cap of the part is taken from
the last of them; then each absence is deducted, down to nothing; what exceeds the cap of the whole
is taken from the last credits again. So the points of the lines always add up to the score.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from delegates.models import ScoreRule

from .entries import DutyFile, Entry, Part, Standing

NOTHING = Decimal(0)
PART_FULL, ALL_FULL, AT_NOTHING = "本类已封顶", "总分已封顶", "本类已扣完"


def in_words(points: Decimal) -> str:
    """Without a zero behind the point: 5, 2.5."""
    return f"{points.normalize():f}"


@dataclass(frozen=True)
class Line:
    """Points and the record they come from; the base points come from the rules alone."""

    points: Decimal
    entry: Entry | None = None
    #: Why it brings none, or less than the rules say.
    why: str = ""

    @property
    def words(self) -> str:
        return self.entry.words if self.entry else "基础分"

    @property
    def shown(self) -> str:
        sign = "+" if self.points > 0 else ""
        return f"{sign}{in_words(self.points)}"


@dataclass(frozen=True)
class PartScore:
    """What one part comes to."""

    part: Part
    rule: ScoreRule
    lines: tuple[Line, ...]

    @property
    def points(self) -> Decimal:
        return sum((line.points for line in self.lines), NOTHING)

    @property
    def shown(self) -> str:
        return in_words(self.points)


@dataclass(frozen=True)
class Score:
    """What a person's file comes to, part by part."""

    file: DutyFile
    parts: tuple[PartScore, ...]

    @property
    def points(self) -> Decimal:
        return sum((each.points for each in self.parts), NOTHING)

    @property
    def shown(self) -> str:
        return in_words(self.points)


def score_of(file: DutyFile, rows: Iterable[ScoreRule], total_cap: Decimal | None) -> Score:
    """The score of one file; parts in the order of the file, those without a rule left out."""
    by_key = {row.category: row for row in rows}
    parts = [
        PartScore(part, by_key[part.key], _lines(part, by_key[part.key]))
        for part in file.parts
        if part.key in by_key
    ]
    if total_cap is not None:
        surplus = sum((each.points for each in parts), NOTHING) - total_cap
        for place in reversed(range(len(parts))):
            taken = min(max(surplus, NOTHING), parts[place].points)
            lines = tuple(_cut(parts[place].lines, taken, ALL_FULL))
            parts[place] = replace(parts[place], lines=lines)
            surplus -= taken
    return Score(file, tuple(parts))


def _lines(part: Part, rule: ScoreRule) -> tuple[Line, ...]:
    lines = [Line(rule.base_points)] if rule.base_points else []
    credited = 0
    for entry in part.entries:
        if entry.standing in (None, Standing.PRESENT):
            is_extra = rule.base_count is not None and credited >= rule.base_count
            points = rule.extra_points if is_extra else rule.points
            why = "" if points else ("超出基本次数的不计分" if is_extra else "不计分")
            lines.append(Line(points, entry, why))
            credited += 1
        elif entry.standing != Standing.ABSENT:
            lines.append(Line(NOTHING, entry, f"{entry.standing}，不计分"))
    if rule.cap is not None:
        lines = _cut(lines, sum((line.points for line in lines), NOTHING) - rule.cap, PART_FULL)
    left = sum((line.points for line in lines), NOTHING)
    for entry in part.entries:
        if entry.standing == Standing.ABSENT:
            taken = min(left, rule.deduction)
            why = "缺席" if taken == rule.deduction else f"缺席，{AT_NOTHING}"
            lines.append(Line(-taken, entry, why))
            left -= taken
    return tuple(lines)


def _cut(lines: Sequence[Line], surplus: Decimal, why: str) -> list[Line]:
    """The lines with so many points less, taken from the last credits first."""
    kept = list(lines)
    for place in reversed(range(len(kept))):
        if surplus <= 0:
            break
        taken = min(surplus, max(kept[place].points, NOTHING))
        if taken:
            kept[place] = replace(kept[place], points=kept[place].points - taken, why=why)
            surplus -= taken
    return kept
