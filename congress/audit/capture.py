"""Every change of a business table is written down by the database itself, field by field.

Triggers, where django-auditlog and the like listen to Django's signals: those never hear of
``bulk_create``, of ``queryset.update`` or of SQL from outside. A trigger adds an ``AuditEntry``
(kind creation, change or deletion) with the columns that differ; who acts it is told by the
connection (``congress.audit.telling``). What is done from outside has no actor on PostgreSQL; on
SQLite it is refused, since the function that the triggers call is the program's.

``migrate`` makes the triggers; while migrations are applied they are lifted.
"""

from collections.abc import Iterator

from django.db import connections, transaction

from . import postgresql, sqlite
from .tables import Table, captured

_OF_VENDOR = {"sqlite": sqlite, "postgresql": postgresql}


def install(connection) -> None:
    """Make all triggers anew, as the tables are declared now."""
    with transaction.atomic(connection.alias):
        lift(connection)
        _run(connection, _OF_VENDOR[connection.vendor].statements(_possible(connection)))


def lift(connection) -> None:
    """From here on nothing is written down, until ``install``; used to alter or restore tables."""
    vendor = _OF_VENDOR[connection.vendor]
    with transaction.atomic(connection.alias):
        _run(connection, _column(connection, vendor.LIFTING))


def missing(connection) -> list[str]:
    """The tables whose changes are not written down now, or not as declared."""
    vendor = _OF_VENDOR[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(vendor.STANDING)
        standing = {tuple(row) for row in cursor.fetchall()}
    return [table.name for table in _possible(connection) if not vendor.triggers(table) <= standing]


def before_migrations(using: str, plan, **kwargs) -> None:
    if plan:
        connections[using].log_is_migrated = True
        lift(connections[using])


def after_migrations(using: str, **kwargs) -> None:
    install(connections[using])
    connections[using].log_is_migrated = False


def _possible(connection) -> list[Table]:
    """Tables that exist with all their columns: a database may be migrated to an earlier state."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_VENDOR[connection.vendor].COLUMNS_THERE)
        there = set(cursor.fetchall())
    if ("congress_auditentry", "mark") not in there:
        return []
    return [
        table
        for table in captured()
        if {(table.name, column.name) for column in table.columns} <= there
    ]


def _column(connection, query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [value for (value,) in cursor.fetchall()]


def _run(connection, statements: Iterator[str] | list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
