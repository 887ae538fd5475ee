"""Tell whether the audit log, or an archive of it, stands as written: exit code 0, else 1."""

import json
import os
import tempfile
from pathlib import Path

from congress.audit.archiving import ArchiveError, check
from congress.audit.chain import Head
from congress.audit.verifying import verdict
from congress.backup import BackupError
from congress.backup.archive import unpack
from congress.management.report_command import ChineseCommand


class Command(ChineseCommand):
    help = "核对审计日志有没有被改动、删除、插入或截短；给出文件时核对归档"
    usage = "[文件] [--expect 条数:链值 | --backup 备份文件] [--json]"

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="归档的文件；不给出时核对数据库中的日志")
        parser.add_argument("--expect", help="上次核对时的“条数:链值”，用来发现日志被截短")
        parser.add_argument("--backup", help="以一份备份里写明的条数和链值代替 --expect")
        parser.add_argument("--json", action="store_true", help="按JSON输出")

    def handle(self, *, file, expect, backup, **options):
        if file:
            try:
                head, _ = check(Path(file))
            except ArchiveError as error:
                raise SystemExit(str(error)) from None
            self.stdout.write(f"归档完整，截至第{head.count}条，链值{head.digest}。")
            return
        found = verdict(_head(_of_backup(backup) if backup else expect))
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "count": found.head.count,
                        "head": found.head.digest,
                        "archived": found.archived,
                        "findings": found.findings,
                    },
                    ensure_ascii=False,
                )
            )
        else:
            for sentence in found.findings:
                self.stdout.write(sentence)
            archived = f"，其中前{found.archived}条已归档" if found.archived else ""
            self.stdout.write(f"共{found.head.count}条{archived}；条数和链值：{found.head}")
        if found.findings:
            raise SystemExit(1)


def _head(expected: str | None) -> Head | None:
    if not expected:
        return None
    try:
        return Head.read(expected)
    except ValueError:
        raise SystemExit("--expect 应写成“条数:链值”，照抄上次核对的最后一行。") from None


def _of_backup(file: str) -> str:
    try:
        with tempfile.TemporaryDirectory(prefix="congress-verify-") as folder:
            key = os.environ.get("BACKUP_KEY", "").strip()
            return unpack(Path(file), Path(folder), key).manifest.get("log", "")
    except BackupError as error:
        raise SystemExit(str(error)) from None
