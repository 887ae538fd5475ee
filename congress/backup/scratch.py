"""A database made of a backup, beside the office's own."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import IntegrityError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from . import BackupError
from .archive import Unpacked
from .databases import (
    OWN_COPY,
    POSTGRESQL,
    SQLITE,
    scratch_of_dump,
    scratch_schema,
    sqlite_file,
    working_on,
)
from .rows import kept_models, read_rows, summary_of

LATER_PROGRAM = (
    "这份备份是较新版本的程序做的（本程序没有 {}），请先把本程序升级到同一版本或更新的版本。"
)
CONTRADICTORY = "备份里的记录互相矛盾，不能恢复；请换一份备份。"


def refuse_later(unpacked: Unpacked) -> None:
    """Raises ``BackupError`` where the backup knows migrations that this program does not."""
    known = set(MigrationLoader(None).disk_migrations)
    unknown = sorted(set(_migrations(unpacked)) - known)
    if unknown:
        raise BackupError(LATER_PROGRAM.format(".".join(unknown[0])))


@contextlib.contextmanager
def of_same_kind(unpacked: Unpacked) -> Iterator:
    """The backup in a scratch place of the kind the office runs on, to be put in its place."""
    office = connections["default"]
    if office.vendor == SQLITE:
        with _in_file(unpacked) as scratch:
            yield scratch
    else:
        with scratch_schema(office) as scratch, working_on(scratch):
            _fill(scratch, unpacked)
            yield scratch


@contextlib.contextmanager
def of_own_copy(unpacked: Unpacked) -> Iterator:
    """The database's own copy in a scratch place; an SQLite file where that cannot be."""
    office = connections["default"]
    if POSTGRESQL not in {office.vendor} & {unpacked.manifest["vendor"]}:
        with _in_file(unpacked) as scratch:
            yield scratch
        return
    with scratch_of_dump(office, unpacked.folder / OWN_COPY[POSTGRESQL]) as scratch:
        if scratch is None:
            with _in_file(unpacked) as instead:
                yield instead
        else:
            with working_on(scratch):
                yield scratch


def bring_up() -> None:
    """Migrate the scratch place to this program's version and set its triggers."""
    call_command("migrate", verbosity=0, interactive=False)


def differences(unpacked: Unpacked) -> list[str]:
    """Tables of the scratch place whose rows are not those of the backup's moment, in words."""
    found = []
    for model in kept_models(_state(unpacked)):
        table = model._meta.db_table
        told, now = unpacked.manifest["tables"][table], summary_of(model)
        if told["rows"] != now["rows"]:
            found.append(f"数据表{table}：备份时{told['rows']}行，恢复后{now['rows']}行。")
        elif told != now:
            found.append(f"数据表{table}：{now['rows']}行，内容与备份时不同。")
    return found


@contextlib.contextmanager
def _in_file(unpacked: Unpacked) -> Iterator:
    """Made of the own copy of an SQLite office, otherwise of the rows."""
    with tempfile.TemporaryDirectory(prefix="congress-scratch-") as name:
        path = Path(name) / "scratch.sqlite3"
        is_copy = unpacked.manifest["vendor"] == SQLITE
        if is_copy:
            shutil.copyfile(unpacked.folder / OWN_COPY[SQLITE], path)
        with working_on(sqlite_file(path)) as scratch:
            if not is_copy:
                _fill(scratch, unpacked)
            yield scratch


def _fill(scratch, unpacked: Unpacked) -> None:
    """Make the tables of the backup's moment and put its rows in."""
    state = _state(unpacked)
    with scratch.schema_editor() as editor:
        for model in state.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    recorder = MigrationRecorder(scratch)
    recorder.ensure_schema()
    for app, name in _migrations(unpacked):
        recorder.record_applied(app, name)
    try:
        read_rows(kept_models(state), unpacked.folder / "rows", scratch)
    except (IntegrityError, KeyError, ValueError) as error:
        raise BackupError(CONTRADICTORY) from error


def _state(unpacked: Unpacked) -> Apps:
    """The models of the backup's moment."""
    loader = MigrationLoader(None)
    applied = [key for key in _migrations(unpacked) if key in loader.graph.nodes]
    if set(applied) == set(loader.graph.nodes):
        return apps
    return loader.project_state(applied).apps


def _migrations(unpacked: Unpacked) -> list[tuple[str, str]]:
    return [tuple(key) for key in unpacked.manifest["migrations"]]
