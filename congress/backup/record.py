"""What the office knows of its backups: each file made, verified or restored from.

The rows stand in the database that is backed up. A backup therefore knows nothing of itself; what
was known of other files before a restoration is put back after it, and the age of a backup is
always counted from the moment of the records in it.
"""

import datetime
from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from django.utils import timezone

from congress import audit
from congress.models import BackupCheck, Township

from .archive import Unpacked, hash_of

Result = BackupCheck.Result
MAKE = (
    "还没有备份。请系统管理员在服务器上运行 manage.py backup --output 目录，"
    "再运行 manage.py verify_backup 文件 核验。"
)
FAULTY = "最近一份备份 {} 核验没有通过：{}请系统管理员立即重新备份，再核验。"
VERIFY = "最近一份备份还没有核验，请系统管理员运行 manage.py verify_backup {} 核验。"
OLD = "最近核验过的备份已超过{}天。请系统管理员重新备份，再核验，并检查定时备份是否停了。"
IN_TIME = "下一次备份和核验不迟于{0.year}年{0.month}月{0.day}日。"


@dataclass(frozen=True)
class Freshness:
    """``last``: the youngest backup that was proved; ``days``: whole days since its moment."""

    last: BackupCheck | None
    days: int | None
    limit: int

    #: The youngest file of all, proved or not.
    newest: BackupCheck | None

    @property
    def is_old(self) -> bool:
        return self.days is None or self.days > self.limit

    @property
    def words(self) -> str:
        if self.last is None:
            return "还没有核验过的备份"
        return f"{self.days}天前" if self.days else "今天"

    @property
    def advice(self) -> str:
        """What is to be done next, as a sentence."""
        if self.newest is None:
            return MAKE
        if self.newest.result == Result.FAULTY:
            return FAULTY.format(self.newest.name, self.newest.words.split("\n")[0])
        if not self.is_old:
            next_day = timezone.localdate(self.last.made_at) + datetime.timedelta(self.limit)
            return IN_TIME.format(next_day)
        if self.newest.result == Result.NONE:
            return VERIFY.format(self.newest.name)
        return OLD.format(self.limit)


def freshness() -> Freshness:
    """How old the youngest proved backup is, against the township's limit in days."""
    last, days = BackupCheck.objects.proved().first(), None
    if last:
        days = max((timezone.localdate() - timezone.localdate(last.made_at)).days, 0)
    return Freshness(last, days, Township.current().backup_days, BackupCheck.objects.first())


def note_made(path: Path, manifest: dict) -> BackupCheck:
    """Called once the file stands whole on the disc."""
    return _noted(path, manifest)


def note_verified(path: Path, manifest: dict | None, problems: list[str]) -> None:
    """Write down what ``verify_backup`` found, in the audit log too; empty: nothing wrong.

    ``manifest`` is None where the file could not be read as a backup: a file of that name which
    the office knows is then not to be relied on. Nothing is written where there are no tables.
    """
    if not _is_kept():
        return
    found = "可以恢复" if not problems else f"不能依靠：{'；'.join(problems[:3])}"
    if manifest:
        check = _noted(path, manifest)
    else:
        check = BackupCheck.objects.filter(name=path.name).first()
    if check:
        check.result = Result.FAULTY if problems else Result.GOOD
        check.verified_at, check.words = timezone.now(), "\n".join(problems)
        check.save()
    audit.note(audit.Kind.BACKUP, f"核验备份{path.name}：{found}", subject=check)


def note_restored(unpacked: Unpacked, before: list[BackupCheck]) -> None:
    """Called when the records are those of the file; all its rows were compared on the way.

    ``before``: what was known before.
    """
    known = set(BackupCheck.objects.values_list("sha256", flat=True))
    kept = [check for check in before if check.sha256 not in known]
    for check in kept:
        check.pk = None
    BackupCheck.objects.bulk_create(kept)
    check = _noted(unpacked.path, unpacked.manifest)
    check.result, check.verified_at = Result.GOOD, timezone.now()
    check.words = "已从这份备份恢复。"
    check.save()


def all_known() -> list[BackupCheck]:
    """Of the office at hand; none where the database is still empty."""
    return list(BackupCheck.objects.all()) if _is_kept() else []


def forget(path: Path) -> None:
    """The file was removed: nobody can restore it any more."""
    BackupCheck.objects.filter(name=path.name).delete()


def _is_kept() -> bool:
    """Whether the database at hand has the table: a bare one can verify backups as well."""
    return BackupCheck._meta.db_table in connections["default"].introspection.table_names()


def _noted(path: Path, manifest: dict) -> BackupCheck:
    with path.open("rb") as file:
        sha256 = hash_of(file)
    check, _ = BackupCheck.objects.get_or_create(
        sha256=sha256,
        defaults={
            "name": path.name,
            "size": path.stat().st_size,
            "made_at": datetime.datetime.fromisoformat(manifest["made_at"]),
            "log_head": manifest.get("log", ""),
        },
    )
    return check
