"""Print the figures of an annual report."""

import json

from congress.management.report_command import ReportCommand
from reports.figures import by_key, report_figures


class Command(ReportCommand):
    help = "列出年度工作报告的全部数字"
    usage = "年度 [--cut-off 日期] [--json]"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="按JSON格式输出")

    def handle(self, *, year, cut_off, json: bool, **options):
        report = self.report_of(year)
        scope = report.scope_until(self.cut_off_of(cut_off, report))
        figures = by_key(report_figures(scope))
        if json:
            self.stdout.write(_as_json(figures, indent=1))
        else:
            for key, value in figures.items():
                self.stdout.write(f"{key}\t{_as_json(value)}")


def _as_json(value, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
