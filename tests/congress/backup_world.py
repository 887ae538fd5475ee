"""Offices on SQLite files of their own, beside the tests' database."""

import contextlib
import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from congress.backup.databases import sqlite_file, working_on
from congress.backup.rows import kept_models, lines_of
from congress.management.backup_proof import proof
from congress.models import DocumentFile
from reports.ledgers import import_ledgers
from reports.models import AnnualReport
from tests import factory

LEDGERS = settings.BASE_DIR / "reports" / "demonstration" / "xx-town-2020.xlsx"
TITLE = "关于𬱖㛃的决定"
#: Each backup and restoration is itself written down.
WRITTEN_BY_BACKUP = {"congress_auditentry", "congress_backupcheck"}
CONTENT = b"%PDF-1.4 as it was sent"


@contextlib.contextmanager
def office_in(folder: Path):
    """Within, this thread works for the office of the folder; it may be empty."""
    with (
        override_settings(MEDIA_ROOT=folder / "media"),
        working_on(sqlite_file(folder / "office.sqlite3")),
    ):
        yield folder


def new_office(folder: Path, migrated: Path):
    folder.mkdir()
    shutil.copyfile(migrated, folder / "office.sqlite3")
    return office_in(folder)


def copy_of(office: Path, folder: Path):
    shutil.copytree(office, folder)
    return office_in(folder)


def fill_with_year():
    """The demonstration year with an upload, a report's signed version and rare characters."""
    with LEDGERS.open("rb") as file:
        assert not import_ledgers(file).errors
    chair = factory.make_user("chair", name="主席")
    document = factory.make_document("XX镇人〔2020〕77号", title=TITLE)
    factory.make_document_file(document, chair, content=CONTENT)
    factory.make_version(AnnualReport.objects.get(), chair)


def everything() -> dict:
    """What the office of the moment holds, whichever database it is on."""
    tables = {
        model._meta.db_table: list(lines_of(model))
        for model in kept_models(apps)
        if model._meta.db_table not in WRITTEN_BY_BACKUP
    }
    return tables | {"proof": proof(), "upload": DocumentFile.objects.get().file.read()}


def backup(folder: Path, *options: str) -> Path:
    """Make a backup by the command; returns the newest file of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    call_command("backup", "--output", str(folder), *options, verbosity=0)
    return max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
