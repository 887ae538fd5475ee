"""Write the ledger workbook of a year."""

import io
from pathlib import Path

from django.core.management.base import BaseCommand

from congress.audit import Kind, acting, note
from congress.cells import FIRST_YEAR, LAST_YEAR
from reports.ledgers import NothingToExport, export


class Command(BaseCommand):
    help = "导出一年的台账工作簿"

    def add_arguments(self, parser):
        parser.add_argument("year", metavar="YEAR", help="年度，如2020")
        parser.add_argument("--output", metavar="FILE", required=True, help="写到哪个文件（.xlsx）")
        parser.add_argument("--reason", default="", help="导出事由，记入审计日志")

    def handle(self, *args, year, output, reason, **options):
        if not (year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR):
            raise SystemExit(f"年度应为四位数字，如2020，不是“{year}”。")
        content = io.BytesIO()
        try:
            with acting(None, "命令行"):
                export(int(year), content)
                note(Kind.EXPORT, f"导出{year}年台账工作簿（含姓名、电话）", reason=reason)
            Path(output).write_bytes(content.getvalue())
        except NothingToExport as error:
            raise SystemExit(str(error)) from error
        except OSError as error:
            raise SystemExit(f"写不了文件“{output}”，请核对路径和权限。") from error
        self.stdout.write(f"已写入{output}。")
