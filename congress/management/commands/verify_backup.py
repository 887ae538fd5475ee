"""Try a backup in a scratch place: exit code 0 if it can be relied on, else 1 and why."""

import os
import tempfile
from pathlib import Path

from congress.backup import BackupError
from congress.backup.archive import unpack
from congress.backup.record import note_verified
from congress.backup.restoring import warnings_of
from congress.backup.verifying import verify
from congress.management.backup_proof import faults, proof
from congress.management.report_command import ChineseCommand


class Command(ChineseCommand):
    help = "把备份恢复到临时的地方，核对行数、校验值、各年数字、签发的报告和附件"
    usage = "文件"

    def add_arguments(self, parser):
        parser.add_argument("file", help="备份文件")

    def handle(self, *, file, **options):
        path, manifest = Path(file), None
        try:
            with tempfile.TemporaryDirectory(prefix="congress-verify-") as folder:
                unpacked = unpack(path, Path(folder), os.environ.get("BACKUP_KEY", "").strip())
                manifest = unpacked.manifest
                problems = verify(unpacked, proof=proof, faults=faults)
                warnings = warnings_of(unpacked)
        except BackupError as error:
            note_verified(path, manifest, [str(error)])
            raise SystemExit(str(error)) from None
        note_verified(path, manifest, problems)
        if problems:
            raise SystemExit("\n".join([f"备份有{len(problems)}处不符：", *problems]))
        self.stdout.write(f"备份可以恢复：{path.name}，内容与备份时一致。")
        for warning in warnings:
            self.stderr.write(warning)
