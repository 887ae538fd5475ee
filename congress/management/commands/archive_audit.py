"""Move old entries of the audit log into a file."""

import datetime
from pathlib import Path

from congress import audit
from congress.audit.archiving import ArchiveError, archive
from congress.management.report_command import ChineseCommand


class Command(ChineseCommand):
    help = "把早于某日的审计日志归档到文件，核对无误后从数据库移出"
    usage = "--before 年-月-日 --output 文件"

    def add_arguments(self, parser):
        parser.add_argument("--before", required=True, help="归档这一天以前的，如2020-08-20")
        parser.add_argument("--output", required=True, help="归档的文件，不能已经存在")

    def handle(self, *, before, output, **options):
        try:
            day = datetime.date.fromisoformat(before)
        except ValueError:
            raise SystemExit("--before 应是日期，如2020-08-20。") from None
        try:
            with audit.acting(None, "命令行"):
                made = archive(day, Path(output))
        except ArchiveError as error:
            raise SystemExit(str(error)) from None
        self.stdout.write(
            f"已归档至第{made.through}条，文件校验值{made.sha256}。"
            f"请另存文件{output}；可用 verify_audit {output} 核对。"
        )
