"""Write an annual report to a file."""

from pathlib import Path

from congress.management.report_command import ReportCommand
from congress.pdf import PdfUnavailableError
from reports.docx import docx_file
from reports.models import AnnualReport
from reports.rendering import document_of, html_file, pdf_file

FORMATS = {
    "html": lambda document: html_file(document).encode(),
    "pdf": pdf_file,
    "docx": docx_file,
}


class Command(ReportCommand):
    help = "把年度工作报告写成网页、PDF或Word文件"
    usage = "年度 --format html|pdf|docx --output 文件 [--cut-off 日期] [--style exact|approximate]"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--format", required=True, help="html、pdf或docx")
        parser.add_argument("--output", required=True, metavar="FILE", help="写到哪个文件")
        parser.add_argument("--style", default="", help="exact（确数）或approximate（概数）")

    def handle(self, *, year, cut_off, format, output, style, **options):
        if format not in FORMATS:
            raise SystemExit(f"格式只能是html、pdf或docx，不是“{format}”。")
        if style and style not in AnnualReport.FigureStyle.values:
            raise SystemExit(f"数字写法只能是exact或approximate，不是“{style}”。")
        report = self.report_of(year)
        document = document_of(report, cut_off=self.cut_off_of(cut_off, report), style=style)
        try:
            content = FORMATS[format](document)
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
