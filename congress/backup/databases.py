"""Databases beside the office's own: scratch ones, and a copy of one moment."""

import contextlib
import copy
import os
import secrets
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.db.utils import Error, load_backend

from . import BackupError

SQLITE, POSTGRESQL = "sqlite", "postgresql"
OWN_COPY = {SQLITE: "database.sqlite3", POSTGRESQL: "database.dump"}
#: No file beside it that belongs to it; nothing of what is deleted stays in it.
PRAGMAS = "PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
TOOL_MISSING = "没有找到 {}，请安装系统软件包 postgresql-client，版本不低于数据库服务器。"


@contextlib.contextmanager
def working_on(connection) -> Iterator:
    """Within, this thread's queries go to that database."""
    before = connections["default"]
    connections["default"] = connection
    try:
        yield connection
    finally:
        connections["default"] = before
        connection.close()


def beside(connection, **changes):
    """Another connection to the same database, or with other settings to another one."""
    described = copy.deepcopy(connection.settings_dict) | changes
    return load_backend(described["ENGINE"]).DatabaseWrapper(described, "default")


def sqlite_file(path: Path):
    """A connection to a file of its own, whatever the office runs on."""
    described = copy.deepcopy(connections["default"].settings_dict) | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"init_command": PRAGMAS},
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
    }
    return load_backend(described["ENGINE"]).DatabaseWrapper(described, "default")


@contextlib.contextmanager
def at_one_moment(connection, folder: Path) -> Iterator[Path]:
    """Within, this thread reads the office's database as it was at one moment; others go on.

    Gives the database's own copy of that moment, a file in the folder.
    """
    own_copy = folder / OWN_COPY[connection.vendor]
    if connection.vendor == SQLITE:
        copy_sqlite(connection.settings_dict["NAME"], own_copy)
        with working_on(sqlite_file(own_copy)) as copied:
            with copied.cursor() as cursor:
                cursor.execute("DELETE FROM django_session")
            yield own_copy
        return
    with working_on(beside(connection)), transaction.atomic():
        with connections["default"].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot(), current_schema()")
            snapshot, schema = cursor.fetchone()
        _run(
            "pg_dump",
            connection,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--schema={schema}",
            "--exclude-table-data=django_session",
            f"--file={own_copy}",
        )
        yield own_copy


def copy_sqlite(source: str | Path, target: str | Path) -> None:
    """By SQLite's online backup: all of one moment, and in the target all or nothing."""
    with (
        contextlib.closing(sqlite3.connect(source, timeout=60)) as old,
        contextlib.closing(sqlite3.connect(target, timeout=60)) as new,
    ):
        old.backup(new)


@contextlib.contextmanager
def scratch_schema(connection) -> Iterator:
    """A connection that sees an empty schema of the office's PostgreSQL database only."""
    name = f"restoring_{secrets.token_hex(6)}"
    _execute(connection, f'CREATE SCHEMA "{name}"')
    options = connection.settings_dict["OPTIONS"] | {"options": f"-c search_path={name}"}
    scratch = beside(connection, OPTIONS=options)
    scratch.schema = name
    try:
        yield scratch
    finally:
        scratch.close()
        _execute(connection, f'DROP SCHEMA IF EXISTS "{name}" CASCADE')


@contextlib.contextmanager
def scratch_of_dump(connection, dump: Path) -> Iterator:
    """A connection to a new PostgreSQL database with what ``pg_dump`` wrote; None without right."""
    name = f"verifying_{secrets.token_hex(6)}"
    with contextlib.ExitStack() as stack:
        try:
            cursor = stack.enter_context(connection._nodb_cursor())
            cursor.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
        except Error:
            yield None
            return
        scratch = beside(connection, NAME=name)
        try:
            _run(
                "pg_restore",
                scratch,
                "--no-owner",
                "--clean",
                "--if-exists",
                "--exit-on-error",
                str(dump),
            )
            yield scratch
        finally:
            scratch.close()
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _execute(connection, statement: str) -> None:
    with working_on(beside(connection)) as another, another.cursor() as cursor:
        cursor.execute(statement)


def _run(tool: str, connection, *options: str) -> None:
    """Run one of PostgreSQL's tools on the connection's database; the password is not shown."""
    described = connection.settings_dict
    arguments, secret = DatabaseClient.settings_to_cmd_args_env(
        described, ["--no-password", "--dbname", described["NAME"], *options]
    )
    command = [tool, *arguments[1:-1]]
    try:
        done = subprocess.run(
            command, env=os.environ | (secret or {}), capture_output=True, text=True
        )
    except FileNotFoundError:
        raise BackupError(TOOL_MISSING.format(tool)) from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or [str(done.returncode)]
        raise BackupError(f"{tool} 没有成功：{said[-1]}")
