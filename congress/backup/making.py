"""One backup is made, while the office goes on working."""

import platform
import tempfile
from dataclasses import dataclass
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from congress import audit, sealing
from congress.audit import chain
from congress.models import Township

from . import BackupError, Proof, record
from .archive import FORMAT, MANIFEST, SEALED_SUFFIX, SUFFIX, Packer, packed
from .databases import at_one_moment
from .rows import kept_models, write_rows

NAME = "congress-{}-{}"
#: An upload that goes away between the moment of the rows and its turn makes a new beginning.
ATTEMPTS = 3
NOT_MIGRATED = "数据库还没有升级到本程序的版本，请先运行 manage.py migrate。"
#: Settings that tell how this office runs and are no secret.
TOLD_SETTINGS = (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CSRF_TRUSTED_ORIGINS",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_HOST",
    "EMAIL_PORT",
    "EMAIL_USE_SSL",
    "LANGUAGE_CODE",
    "LOG_LEVEL",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "SITE_ADDRESS",
    "TIME_ZONE",
)
KEY_MARK = "backup"


class UploadGone(Exception):
    """A row names a file that is not there."""


@dataclass(frozen=True)
class Made:
    """``missing``: names of uploads that rows speak of and the disc has lost."""

    path: Path
    rows: int
    uploads: int
    missing: list[str]


def make_backup(folder: Path, *, proof: Proof, passphrase: str = "") -> Made:
    """Write one file into the folder and note it in the audit log. Raises ``BackupError``."""
    if MigrationExecutor(connection).migration_plan(_newest()):
        raise BackupError(NOT_MIGRATED)
    made_at = timezone.now()
    moment = timezone.localtime(made_at).strftime("%Y%m%d-%H%M%S")
    suffix = SEALED_SUFFIX if passphrase else SUFFIX
    path = folder / (NAME.format(_office(), moment) + suffix)
    for attempt in range(ATTEMPTS):
        may_miss = attempt == ATTEMPTS - 1
        try:
            manifest = _written(path, passphrase, proof, made_at, may_miss)
            break
        except UploadGone:
            continue
    made = Made(
        path,
        sum(table["rows"] for table in manifest["tables"].values()),
        sum(name.startswith("files/") for name in manifest["parts"]),
        manifest["missing"],
    )
    words = f"备份到{path.name}：{made.rows}条记录，{made.uploads}个附件"
    check = record.note_made(path, manifest)
    facts = {"sha256": check.sha256, "log": check.log_head}
    audit.note(audit.Kind.BACKUP, words, subject=check, changes=facts)
    return made


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest ``keep`` backups of this office; returns those removed."""
    mine = sorted(
        path
        for path in folder.glob(NAME.format(_office(), "*"))
        if path.name.endswith((SUFFIX, SEALED_SUFFIX))
    )
    old = mine[: max(len(mine) - keep, 0)]
    for path in old:
        path.unlink()
        record.forget(path)
    return old


def named_uploads() -> list[str]:
    """Names of all files that rows of the database at hand speak of."""
    names: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.FileField):
                names.update(model._base_manager.values_list(field.attname, flat=True))
    return sorted(names - {"", None})


def _written(path: Path, passphrase: str, proof: Proof, made_at, may_miss: bool) -> dict:
    with tempfile.TemporaryDirectory(prefix="congress-backup-") as name:
        work = Path(name)
        with packed(path, passphrase) as packer, at_one_moment(connections["default"], work) as own:
            manifest = _about(made_at) | {"proof": proof(), "tables": {}, "missing": []}
            for model in kept_models(apps):
                table = model._meta.db_table
                rows = work / f"{table}.jsonl"
                manifest["tables"][table] = write_rows(model, rows)
                packer.add_file(f"rows/{table}.jsonl", rows)
                rows.unlink()
            _add_uploads(packer, manifest["missing"], may_miss)
            told = {setting: getattr(settings, setting) for setting in TOLD_SETTINGS}
            packer.add_json("settings.json", told, work)
            packer.add_file(own.name, own)
            manifest["parts"] = dict(packer.parts)
            packer.add_json(MANIFEST, manifest, work)
    return manifest


def _add_uploads(packer: Packer, missing: list[str], may_miss: bool) -> None:
    for name in named_uploads():
        try:
            with default_storage.open(name) as file:
                packer.add(f"files/{name}", file, file.size)
        except FileNotFoundError:
            if not may_miss:
                raise UploadGone from None
            missing.append(name)


def _about(made_at) -> dict:
    database = connections["default"]
    version = ".".join(map(str, database.get_database_version()))
    return {
        "format": FORMAT,
        "made_at": made_at.isoformat(),
        "office": _office(),
        "vendor": database.vendor,
        "database": version,
        "django": django.__version__,
        "python": platform.python_version(),
        "migrations": sorted(map(list, MigrationRecorder(database).applied_migrations())),
        "log": str(chain.head()),
        "sealed_under": sealing.fingerprint(KEY_MARK),
    }


def _newest() -> list[tuple[str, str]]:
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def _office() -> str:
    """The township's name as a part of a file's name."""
    township = Township.objects.first()
    return "".join(sign for sign in str(township or "") if sign.isalnum()) or "office"
