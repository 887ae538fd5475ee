"""Print how much of a year's plan is done, counted from the records."""

import datetime
import json
import unicodedata

from congress.management.report_command import ReportCommand
from congress.periods import Period, today
from groups.models import PlanItem
from groups.plan import remaining, state_of, with_progress
from reports.models import AnnualReport


class Command(ReportCommand):
    help = "列出年度计划的计划数、完成数和未完成数，完成数由记录算出"
    usage = "年度 [--cut-off 日期] [--json]"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="按JSON格式输出")

    def handle(self, *, year, cut_off, json: bool, **options):
        period = self.period_of(self.number_of(year), cut_off)
        items = PlanItem.objects.filter(year=int(year)).select_related("group").order_by("number")
        counted = list(with_progress(items, period.last, period.first))
        if json:
            self.stdout.write(_as_json(counted))
        else:
            self.write_table(int(year), period, counted)

    def period_of(self, year: int, cut_off: str | None) -> Period:
        """That of the year's report; without one the year up to today."""
        report = AnnualReport.objects.of_year(year)
        if report:
            return Period(report.start, self.cut_off_of(cut_off, report) or report.cut_off)
        whole = Period.of_year(year)
        last = min(whole.last, max(whole.first, today()))
        stand_in = AnnualReport(year=year, start=whole.first, cut_off=last)
        return Period(whole.first, self.cut_off_of(cut_off, stand_in) or last)

    def write_table(self, year: int, period: Period, items: list[PlanItem]) -> None:
        if not items:
            self.stdout.write(f"还没有{year}年度计划。")
            return
        self.stdout.write(f"{year}年度计划，统计{_span(period.first, period.last)}")
        rows = [("序号", "计划", "完成", "未完成", "进度", "月份", "组织者", "项目")]
        rows += [
            (
                str(item.number),
                str(item.planned_count),
                str(item.done),
                str(remaining(item)),
                state_of(item, period.last).words,
                f"{item.months}月",
                str(item.group or "全乡镇"),
                item.title,
            )
            for item in items
        ]
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            padded = (
                f"{cell}{' ' * (width - _width(cell))}"
                for cell, width in zip(row, widths, strict=True)
            )
            self.stdout.write("  ".join(padded).rstrip())


def _as_json(items: list[PlanItem]) -> str:
    """[[序号, 计划, 完成, 未完成], …] in the order of the numbers."""
    return json.dumps(
        [[item.number, item.planned_count, item.done, remaining(item)] for item in items]
    )


def _span(first: datetime.date, last: datetime.date) -> str:
    return f"{first.isoformat()}至{last.isoformat()}"


def _width(text: str) -> int:
    """Columns of a terminal: Han characters take two."""
    return sum(2 if unicodedata.east_asian_width(each) in "FW" else 1 for each in text)
