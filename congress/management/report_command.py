"""What the commands on the annual report share: year, cut-off, and errors in one sentence."""

import datetime

from django.core.management.base import BaseCommand

from congress.cells import FIRST_YEAR, LAST_YEAR
from congress.models import Township
from reports.models import AnnualReport


class ChineseCommand(BaseCommand):
    """Wrong arguments end with one Chinese sentence on standard error and exit code 1."""

    usage = ""

    def create_parser(self, *args, **kwargs):
        parser = super().create_parser(*args, **kwargs)

        def refuse(message):
            raise SystemExit(f"参数不对。用法：{parser.prog} {self.usage}")

        parser.error = refuse
        return parser


class ReportCommand(ChineseCommand):
    """About the report of a year, as of a day."""

    def add_arguments(self, parser):
        parser.add_argument("year", help="报告年度，如2020")
        parser.add_argument("--cut-off", metavar="DATE", help="统计截止，如2020-08-20")

    def number_of(self, year: str) -> int:
        digits = len(year) == 4 and year.isascii() and year.isdigit()
        if not (digits and FIRST_YEAR <= int(year) <= LAST_YEAR):
            raise SystemExit(f"年度应为四位数字，如2020，不是“{year}”。")
        return int(year)

    def report_of(self, year: str) -> AnnualReport:
        report = AnnualReport.objects.of_year(self.number_of(year))
        if report is None or not Township.objects.exists():
            raise SystemExit(f"还没有{year}年的工作报告，请先导入该年台账或建立报告。")
        return report

    def cut_off_of(self, text: str | None, report: AnnualReport) -> datetime.date | None:
        """The day given, or None; refuses a day as of which the report cannot stand."""
        if text is None:
            return None
        try:
            cut_off = datetime.date.fromisoformat(text)
        except ValueError:
            raise SystemExit(f"统计截止应写作2020-08-20的样子，不是“{text}”。") from None
        if refusal := report.refusal_of(cut_off):
            raise SystemExit(refusal)
        return cut_off
