"""Tell whether a file is a report that the office signed, unchanged: exit code 0, else 1."""

from pathlib import Path

from congress.management.report_command import ChineseCommand
from reports.signing.verifying import verdict_on_file


class Command(ChineseCommand):
    help = "查验文件是不是本机关签发的报告，有没有改动"
    usage = "文件"

    def add_arguments(self, parser):
        parser.add_argument("file", help="PDF、Word或网页文件")

    def handle(self, *, file, **options):
        try:
            with Path(file).open("rb") as opened:
                verdict = verdict_on_file(opened)
        except OSError:
            raise SystemExit(f"不能读取文件“{file}”。") from None
        if not verdict.genuine:
            raise SystemExit(verdict.sentence)
        self.stdout.write(verdict.sentence)
