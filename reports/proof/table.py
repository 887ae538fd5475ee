"""The table of figures: every number with its definition, and that of the year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.scope import Scope

from .catalogue import SUBJECTS
from .figure import NOTHING, Figure, Share, Span

Number = int | Share


@dataclass(frozen=True)
class FigureRow:
    """``before`` is the same figure over the same days a year earlier; all in words."""

    subject: str
    key: str
    name: str
    unit: str
    number: Number
    value: str
    definition: str
    period: str
    before: str
    change: str

    @property
    def number_alone(self) -> int | str:
        """For a sheet that has the unit in a column of its own."""
        return self.value if isinstance(self.number, Share) else self.number


def figure_rows(scope: Scope) -> tuple[FigureRow, ...]:
    """All numbers of the whole scope, by subject in the order of the report."""
    earlier = scope.years_later(-1)
    rows = []
    for subject in SUBJECTS:
        dated = [figure for figure in subject.figures if figure.span is not Span.UNDATED]
        last_year = {figure.key: figure.value(earlier) for figure in dated}
        if not any(map(_recorded, last_year.values())):
            last_year = {}
        rows += [_row(subject.name, figure, scope, last_year) for figure in subject.figures]
    return tuple(rows)


def _recorded(value: Number) -> bool:
    return bool(value.whole if isinstance(value, Share) else value)


def _row(subject: str, figure: Figure, scope: Scope, last_year: Mapping[str, Number]) -> FigureRow:
    number, before = figure.value(scope), last_year.get(figure.key)
    return FigureRow(
        subject=subject,
        key=figure.key,
        name=figure.name,
        unit="" if figure.is_rate else figure.unit,
        number=number,
        value=figure.in_words(number),
        definition=figure.definition,
        period=figure.span.in_words(scope),
        before=NOTHING if before is None else figure.in_words(before),
        change=NOTHING if before is None else change_in_words(number, before),
    )


def change_in_words(number: Number, before: Number) -> str:
    """增5, 减3, 持平; of rates in points (个百分点)."""
    unit = ""
    if isinstance(number, Share):
        if not (number.whole and before.whole):
            return NOTHING
        unit = "个百分点"
        difference = _points(number) - _points(before)
    else:
        difference = number - before
    if not difference:
        return "持平"
    return f"{'增' if difference > 0 else '减'}{abs(difference)}{unit}"


def _points(share: Share) -> Decimal:
    exact = Decimal(share.part) * 100 / Decimal(share.whole)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
