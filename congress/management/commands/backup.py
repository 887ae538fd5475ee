"""Make a backup of the whole office in one file: exit code 0, else 1 and a sentence."""

import os
from pathlib import Path

from congress.backup import BackupError
from congress.backup.making import make_backup, remove_older
from congress.management.backup_proof import proof
from congress.management.report_command import ChineseCommand

SHORTEST_KEY = 20
NO_KEY = f"要加密，请把至少{SHORTEST_KEY}个字符的密钥放在环境变量 BACKUP_KEY 中，并另外保存一份。"


class Command(ChineseCommand):
    help = "备份数据库、附件和设置为一个文件，不影响使用"
    usage = "--output 目录 [--encrypt] [--keep 份数]"

    def add_arguments(self, parser):
        parser.add_argument("--output", required=True, metavar="DIR", help="备份目录")
        parser.add_argument(
            "--encrypt", action="store_true", help="用环境变量 BACKUP_KEY 的密钥加密"
        )
        parser.add_argument("--keep", type=int, metavar="N", help="只留最近几份")

    def handle(self, *, output, encrypt, keep, **options):
        folder = Path(output)
        if not folder.is_dir():
            raise SystemExit(f"没有目录“{output}”，请先建立。")
        if keep is not None and keep < 1:
            raise SystemExit("--keep 至少为1。")
        key = os.environ.get("BACKUP_KEY", "").strip()
        if encrypt and len(key) < SHORTEST_KEY:
            raise SystemExit(NO_KEY)
        try:
            made = make_backup(folder, proof=proof, passphrase=key if encrypt else "")
        except BackupError as error:
            raise SystemExit(str(error)) from None
        megabytes = made.path.stat().st_size / 1e6
        self.stdout.write(str(made.path))
        self.stdout.write(f"{made.rows}条记录，{made.uploads}个附件，{megabytes:.1f}MB。")
        if made.missing:
            self.stderr.write(
                f"注意：{len(made.missing)}个附件在存储中找不到，如 {made.missing[0]}。"
            )
        for path in remove_older(folder, keep) if keep else []:
            self.stdout.write(f"已删去较早的 {path.name}")
