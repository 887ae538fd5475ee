"""Write an annual report to a file."""

from pathlib import Path

from congress.management.report_command import ReportCommand
from congress.pdf import PdfUnavailableError
from reports.models import AnnualReport
from reports.rendering import document_of, html_file, pdf_file


class Command(ReportCommand):
    help = "把年度工作报告写成网页或PDF文件"
    usage = "年度 --format html|pdf --output 文件 [--cut-off 日期] [--style exact|approximate]"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--format", required=True, help="html或pdf")
        parser.add_argument("--output", required=True, metavar="FILE", help="写到哪个文件")
        parser.add_argument("--style", default="", help="exact（确数）或approximate（概数）")

    def handle(self, *, year, cut_off, format, output, style, **options):
        if format not in ("html", "pdf"):
            raise SystemExit(f"格式只能是html或pdf，不是“{format}”。")
        if style and style not in AnnualReport.FigureStyle.values:
            raise SystemExit(f"数字写法只能是exact或approximate，不是“{style}”。")
        report = self.report_of(year)
        document = document_of(report, cut_off=self.cut_off_of(cut_off, report), style=style)
        try:
            content = html_file(document).encode() if format == "html" else pdf_file(document)
        except PdfUnavailableError as error:
            raise SystemExit(str(error)) from None
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise SystemExit(f"不能写入文件“{output}”：{_reason(error)}。") from None


def _reason(error: OSError) -> str:
    return {
        FileNotFoundError: "文件夹不存在",
        IsADirectoryError: "这是一个文件夹",
        PermissionError: "没有写入的权限",
    }.get(type(error), f"系统错误{error.errno}")
