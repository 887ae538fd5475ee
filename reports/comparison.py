"""The figures of a report beside those of an earlier year, and group by group, with charts.

Each number opens its list. Figures that are kept without dates, or are the township's alone, are
left out where there is nothing to compare.
"""

from collections.abc import Iterable

from django.db.models import Min

from congress.charts import MOST_SERIES, Series, bar_chart
from congress.figure_tables import Cell, Table
from congress.numerals import group_name
from groups.models import Activity, DelegateGroup
from reports.models import AnnualReport
from reports.proof import papers
from reports.proof.address import figure_address
from reports.proof.catalogue import FIGURES, SUBJECTS
from reports.proof.figure import Figure, Share, Span
from reports.proof.table import change_in_words
from reports.scope import Scope
from voters.models import DutyReport, ReceptionDay

#: Drawn in the chart of each subject: few, and each with its unit.
DRAWN = (
    ("delegates.town", "delegates.women"),
    ("reception.delegates", "reception.persons"),
    ("feedback.items", "feedback.replied", "feedback.closed"),
    ("duty.done", "duty.remaining"),
    ("training", "inspection", "evaluation"),
    ("documents.county", "documents.own", "sessions.held"),
)


def earlier_years(report: AnnualReport) -> list[int]:
    """Years before the report's from which there are records, the last first; at least one."""
    days = [
        records.aggregate(first=Min("date"))["first"]
        for records in (ReceptionDay.objects, Activity.objects)
    ]
    years = [day.year for day in days if day]
    years.append(DutyReport.objects.aggregate(first=Min("year"))["first"] or report.year)
    return list(range(report.year - 1, min(*years, report.year - 1) - 1, -1))


def with_year(report: AnnualReport, year: int) -> list[Table]:
    """This report's figures and those of the same days of an earlier year."""
    scope = report.scope
    before = scope.years_later(year - report.year)
    tables = []
    for subject, drawn in zip(SUBJECTS, DRAWN, strict=True):
        pairs = [
            (figure, figure.value(scope), figure.value(before))
            for figure in subject.figures
            if figure.span is not Span.UNDATED
        ]
        numbers = {figure.key: (now, then) for figure, now, then in pairs}
        series = [
            Series(f"{scope.year}年", tuple(numbers[key][0] for key in drawn)),
            Series(f"{year}年", tuple(numbers[key][1] for key in drawn)),
        ]
        tables.append(
            Table(
                title=subject.name,
                headings=("指标", f"{scope.year}年", f"{year}年", "增减"),
                rows=tuple(
                    (
                        Cell(_name(figure)),
                        _cell(report, figure, now),
                        _cell(report, figure, then, year=year),
                        Cell(change_in_words(now, then)),
                    )
                    for figure, now, then in pairs
                ),
                chart=_chart(subject.name, [_name(FIGURES[key]) for key in drawn], series),
            )
        )
    return tables


def by_group(report: AnnualReport) -> list[Table]:
    """The figures of every group on the cut-off, and of the township."""
    whole = report.scope.of_group(None)
    groups = list(DelegateGroup.objects.holding_on(whole.last).order_by("ordinal"))
    if len(groups) < 2:
        return []
    scopes = [whole.of_group(group) for group in groups]
    return [
        _of_groups(report, subject.name, subject.figures, drawn, [*scopes, whole])
        for subject, drawn in zip(SUBJECTS, DRAWN, strict=True)
        if subject.figures is not papers.FIGURES
    ]


def _of_groups(
    report: AnnualReport,
    name: str,
    figures: Iterable[Figure],
    drawn: tuple[str, ...],
    scopes: list[Scope],
) -> Table:
    numbers = {figure: [figure.value(scope) for scope in scopes] for figure in figures}
    names = [group_name(scope.group.ordinal) for scope in scopes[:-1]]
    series = [
        Series(_name(FIGURES[key]), tuple(numbers[FIGURES[key]][:-1]))
        for key in drawn[:MOST_SERIES]
    ]
    return Table(
        title=f"{name}（各小组）",
        headings=("指标", *names, "全镇（乡）"),
        rows=tuple(
            (
                Cell(_name(figure)),
                *(
                    _cell(report, figure, value, group=scope.group)
                    for scope, value in zip(scopes, values, strict=True)
                ),
            )
            for figure, values in numbers.items()
        ),
        chart=_chart(f"{name}（各小组）", names, series),
    )


def _name(figure: Figure) -> str:
    has_unit = figure.is_rate or figure.name.endswith(f"（{figure.unit}）")
    return figure.name if has_unit else f"{figure.name}（{figure.unit}）"


def _cell(
    report: AnnualReport,
    figure: Figure,
    value: int | Share,
    *,
    year: int | None = None,
    group: DelegateGroup | None = None,
) -> Cell:
    """A count as a number; a rate with its two counts."""
    is_rate = isinstance(value, Share)
    there = value.whole if is_rate else value
    address = figure_address(report, figure.key, year=year, group=group) if there else ""
    return Cell(figure.in_words(value) if is_rate else value, address)


def _chart(title: str, labels: list[str], series: list[Series]):
    """None where there is nothing to draw."""
    if not any(value for each in series for value in each.values):
        return None
    return bar_chart(title, labels, series, apart=True)
