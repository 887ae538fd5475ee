"""办理情况 as tables with their charts: each number with the address of the list that it counts."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from congress.charts import Series, bar_chart
from congress.figure_tables import Cell, Table
from congress.numerals import percent

from .board import Board, Pace, Part
from .item_filter import ALL_SOURCES
from .progress import BANDS, STRETCHES
from .rates import RATES, Basis, Rate

#: Key of STANDING: heading, and what narrows a list to it.
HEADINGS = {
    "all": ("提出", {}),
    "unfinished": ("未办结", {"stage": "unfinished"}),
    "overdue": ("逾期", {"overdue": "true"}),
    "answered": ("已答复", {"stage": "answered"}),
    "closed": ("办结", {"stage": "closed"}),
}


@dataclass(frozen=True)
class Scope:
    """What the lists are narrowed to: the period, and what else was chosen."""

    query: dict[str, Any]

    @classmethod
    def of_year_to(cls, day: datetime.date) -> "Scope":
        """What the board shows unasked."""
        return cls(
            {"first": day.replace(month=1, day=1), "last": day, "counted": ALL_SOURCES, "day": day}
        )

    def cell(self, value: int | str, narrowed: dict) -> Cell:
        if not value:
            return Cell(value)
        address = f"{reverse('feedbackitem_list')}?{urlencode(self.query | narrowed)}"
        return Cell(value, address)


@dataclass(frozen=True)
class Headline:
    label: str
    cell: Cell


@dataclass(frozen=True)
class RateShown:
    """A rate with both its numbers in view, what remains, and what is said beside it."""

    rate: Rate
    percent: str
    numerator: Cell
    denominator: Cell
    rest: Cell
    aside_words: str
    aside: Cell | None


def headlines(total: Mapping[str, int], scope: Scope) -> list[Headline]:
    return [
        Headline(heading, scope.cell(total[key], narrowed))
        for key, (heading, narrowed) in HEADINGS.items()
    ]


def rates_shown(figures: Board, scope: Scope, basis: Basis) -> list[RateShown]:
    shown = []
    for key, share in figures.shares.items():
        rate = RATES[key]
        beside = figures.asides.get(key)
        cells = {
            part: scope.cell(number, {"rate": key, "part": part})
            for part, number in (
                ("numerator", share.numerator),
                ("denominator", share.denominator),
                ("rest", share.denominator - share.numerator),
            )
        }
        shown.append(
            RateShown(
                rate,
                percent(*share) if share.denominator else "",
                **cells,
                aside_words=rate.aside.words(basis) if rate.aside else "",
                aside=scope.cell(beside, {"rate": key, "part": "aside"}) if rate.aside else None,
            )
        )
    return shown


def rates_table(shown: Iterable[RateShown]) -> Table:
    """For the workbook; the page has them in its own way."""
    return Table(
        "比率",
        ("比率", "比例", "分子（条）", "分母（条）", "说明"),
        tuple(
            (
                Cell(each.rate.name),
                Cell(each.percent),
                each.numerator,
                each.denominator,
                Cell(each.rate.definition),
            )
            for each in shown
        ),
    )


def tables(figures: Board, scope: Scope, *, with_units: bool) -> list[Table]:
    """By state, unit, topic, village, age, month and pace; a unit sees no others.

    Nor villages: where a voter who asked for confidence lives is none of its business.
    """
    by_unit = [_units(figures, scope), _late(figures, scope)] if with_units else []
    villages = _parts("按村", "村", figures.villages, figures, scope, "village")
    return [
        _states(figures, scope),
        *by_unit,
        _ages(figures, scope),
        _months(figures, scope),
        _paces(figures, scope, with_units=with_units),
        _parts("按类别", "类别", figures.topics, figures, scope, "topic"),
        *([villages] if with_units else []),
    ]


def _states(figures: Board, scope: Scope) -> Table:
    return Table(
        "按状态",
        ("状态", "意见建议（条）"),
        tuple(
            (Cell(str(state.label)), scope.cell(number, {"state": state.value}))
            for state, number in figures.states
        ),
        bar_chart(
            "各状态的意见建议条数",
            [str(state.label) for state, _ in figures.states],
            [Series("意见建议", tuple(number for _, number in figures.states))],
            unit="条",
        ),
        total=(Cell("合计"), scope.cell(figures.total["all"], {})),
    )


def _units(figures: Board, scope: Scope) -> Table:
    return _parts("按主办单位", "主办单位", figures.units, figures, scope, "lead_unit")


def _parts(
    title: str, heading: str, parts: tuple[Part, ...], figures: Board, scope: Scope, name: str
) -> Table:
    """Units, topics or villages; the chart tells what is finished from what is not."""

    def cells(numbers, narrowed: dict) -> Iterable[Cell]:
        return (scope.cell(numbers[key], narrowed | query) for key, (_, query) in HEADINGS.items())

    return Table(
        title,
        (heading, *(words for words, _ in HEADINGS.values())),
        tuple((Cell(part.name), *cells(part.numbers, _narrowed(name, part.key))) for part in parts),
        bar_chart(
            f"{title}：未办结和已办结的条数",
            [part.name for part in parts],
            [
                Series("未办结", tuple(part.numbers["unfinished"] for part in parts)),
                Series("办结", tuple(part.numbers["closed"] for part in parts)),
            ],
            unit="条",
        ),
        total=(Cell("合计"), *cells(figures.total, {})),
    )


def _narrowed(name: str, key: int | None) -> dict:
    return {name: "null" if key is None else key}


def _late(figures: Board, scope: Scope) -> Table:
    total = {key: sum(part.numbers[key] for part in figures.late) for key in BANDS}

    def cells(numbers, narrowed: dict) -> Iterable[Cell]:
        yield scope.cell(sum(numbers.values()), narrowed | {"overdue": "true"})
        for key in BANDS:
            yield scope.cell(numbers[key], narrowed | {"late": key})

    return Table(
        "逾期（按主办单位）",
        ("主办单位", "逾期", *(f"逾期{band.label}" for band in BANDS.values())),
        tuple(
            (Cell(part.name), *cells(part.numbers, _narrowed("lead_unit", part.key)))
            for part in figures.late
        ),
        bar_chart(
            "各主办单位的逾期条数",
            [part.name for part in figures.late],
            [Series("逾期", tuple(sum(part.numbers.values()) for part in figures.late))],
            unit="条",
        ),
        total=(Cell("合计"), *cells(total, {})),
    )


def _ages(figures: Board, scope: Scope) -> Table:
    return Table(
        "未办结的已提出多久",
        ("提出至今", "未办结（条）"),
        tuple(
            (Cell(band.label), scope.cell(figures.ages[key], {"age": key}))
            for key, band in BANDS.items()
        ),
        bar_chart(
            "未办结的意见建议，按提出至今的天数",
            [band.label for band in BANDS.values()],
            [Series("未办结", tuple(figures.ages[key] for key in BANDS))],
            unit="条",
        ),
        total=(Cell("合计"), scope.cell(figures.total["unfinished"], {"stage": "unfinished"})),
    )


def _months(figures: Board, scope: Scope) -> Table:
    names = [f"{month.first:%Y-%m}" for month in figures.months]
    return Table(
        "按月",
        ("月份", "提出", "答复", "办结"),
        tuple(
            (
                Cell(name),
                scope.cell(month.raised, {"raised_in": name}),
                scope.cell(month.answered, {"answered_in": name}),
                scope.cell(month.closed, {"closed_in": name}),
            )
            for name, month in zip(names, figures.months, strict=True)
        ),
        bar_chart(
            "各月提出、答复、办结的条数",
            names,
            [
                Series("提出", tuple(month.raised for month in figures.months)),
                Series("答复", tuple(month.answered for month in figures.months)),
                Series("办结", tuple(month.closed for month in figures.months)),
            ],
            unit="条",
            apart=True,
        ),
        total=(
            Cell("合计"),
            scope.cell(figures.total["all"], {}),
            scope.cell(figures.total["answered"], {"stage": "answered"}),
            scope.cell(figures.total["closed"], {"stage": "closed"}),
        ),
        note="答复、办结按发生的月份计；办结的月份是告知代表小组、选民中较晚的一个。",
    )


def _paces(figures: Board, scope: Scope, *, with_units: bool) -> Table:
    def cells(pace: Pace, narrowed: dict) -> Iterable[Cell]:
        for key in STRETCHES:
            days, number = pace.stretches[key]
            yield Cell("" if days is None else f"{days:g}")
            yield scope.cell(number, narrowed | {"timed": key})

    headings = [
        heading
        for stretch in STRETCHES.values()
        for heading in (f"{stretch.words}（天）", f"{stretch.label}（条）")
    ]
    return Table(
        "办理用时的中位数",
        ("主办单位" if with_units else "范围", *headings),
        tuple(
            (Cell(pace.name), *cells(pace, _narrowed("lead_unit", pace.key)))
            for pace in (figures.paces if with_units else ())
        ),
        total=(Cell("合计"), *cells(figures.pace, {})),
        note="一半的意见建议用时不超过这个天数；按自然日计，只计两个日期都有的条数。",
    )
