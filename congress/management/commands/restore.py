"""Restore the office from a backup, all or nothing: exit code 0, else 1 and a sentence."""

import os
import tempfile
from pathlib import Path

from congress.backup import BackupError
from congress.backup.archive import unpack
from congress.backup.restoring import holder, restore
from congress.management.report_command import ChineseCommand

ANSWER = "删除现有的全部内容"


class Command(ChineseCommand):
    help = "从备份恢复到空的系统；--replace 代替现有的全部内容"
    usage = "文件 [--replace [--yes-replace 乡镇名称]]"

    def add_arguments(self, parser):
        parser.add_argument("file", help="备份文件")
        parser.add_argument("--replace", action="store_true", help="代替现有的全部内容")
        parser.add_argument("--yes-replace", metavar="NAME", help="不再询问，写明现有的乡镇名称")

    def handle(self, *, file, replace, yes_replace, **options):
        held = holder()
        if held and replace:
            self.ask(held, yes_replace)
        try:
            with tempfile.TemporaryDirectory(prefix="congress-restore-") as folder:
                key = os.environ.get("BACKUP_KEY", "").strip()
                restored = restore(unpack(Path(file), Path(folder), key), replace=replace)
        except BackupError as error:
            raise SystemExit(str(error)) from None
        self.stdout.write(f"已恢复：{restored.rows}条记录，{restored.uploads}个附件。")
        for warning in restored.warnings:
            self.stderr.write(warning)
        self.stdout.write("请重新启动服务：systemctl restart congress。所有人须重新登录。")

    def ask(self, held: str, named: str | None):
        """Two questions, or the name in the command; anything else ends it."""
        if named is None:
            self.stdout.write(f"系统里现有“{held}”的记录，恢复后全部由备份代替，不能撤销。")
            named = input("请输入现有的名称以确认：").strip()
            if named == held and input(f"请输入“{ANSWER}”：").strip() != ANSWER:
                raise SystemExit("没有确认，没有恢复，什么也没有改动。")
        if named != held:
            raise SystemExit(f"名称不是“{held}”，没有恢复，什么也没有改动。")
