"""The triggers on SQLite: a function of the program compares, masks and marks."""

import datetime
import json
from collections.abc import Iterator
from functools import lru_cache

from django.db import models
from django.utils import timezone

from congress.models.audit import written
from congress.privacy import masked

from .actor import current
from .proofs import COLUMNS, Content, mark_of
from .tables import HIDDEN, Column, Shown, Table

STANDING = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'capture_*'"
LIFTING = """
    SELECT 'DROP TRIGGER "' || name || '"' FROM sqlite_master
    WHERE type = 'trigger' AND name GLOB 'capture_*'
"""
COLUMNS_THERE = """
    SELECT made.name, described.name FROM sqlite_master AS made
    JOIN pragma_table_info(made.name) AS described WHERE made.type = 'table'
"""
KINDS = {"INSERT": "creation", "UPDATE": "change", "DELETE": "deletion"}
_WRITTEN = tuple(name for name in COLUMNS if name not in ("words", "reason"))


def statements(tables: list[Table]) -> Iterator[str]:
    for table in tables:
        for _, statement in sorted(triggers(table)):
            yield statement


def triggers(table: Table) -> set[tuple[str, str]]:
    return {
        (name := f"capture_{event.lower()}_{table.name}", _statement(table, event, name))
        for event in KINDS
    }


def _statement(table: Table, event: str, name: str) -> str:
    row = "OLD" if event == "DELETE" else "NEW"
    kind = KINDS["UPDATE"] if table.is_of_owner else KINDS[event]
    columns = [column for column in table.columns if column.shown != Shown.LEFT_OUT]
    spec = json.dumps([[column.label, column.shown, _type(column)] for column in columns])
    values = "".join(f", {value}" for column in columns for value in _pair(column, event))
    parts = ", ".join(f"audit_part({place})" for place in range(len(_WRITTEN) + 1))
    return f"""CREATE TRIGGER "{name}" AFTER {event} ON "{table.name}"
        WHEN audit_changes('{kind}', '{table.subject_type}', {row}."{table.key}", '{spec}'{values})
        BEGIN INSERT INTO "congress_auditentry"
            ({", ".join(_WRITTEN)}, mark, words, reason, digest)
            VALUES ({parts}, '', '', '');
        END"""


def _pair(column: Column, event: str) -> tuple[str, str]:
    """The old and the new value; of hidden ones a number that differs with the value."""
    old, new = (f'{row}."{column.name}"' for row in ("OLD", "NEW"))
    if column.shown == Shown.HIDDEN:
        old_is, new_is = (f"coalesce(length({value}) > 0, 0)" for value in (old, new))
        if event == "UPDATE":
            return old_is, f"{new_is} + 2 * ({old} IS NOT {new})"
        return (old_is, "0") if event == "DELETE" else ("0", new_is)
    return {
        "INSERT": ("NULL", new),
        "UPDATE": (old, new),
        "DELETE": (old, "NULL"),
    }[event]


def _type(column: Column) -> str:
    field = column.field
    if isinstance(field, models.BooleanField):
        return "bool"
    return "moment" if isinstance(field, models.DateTimeField) else ""


def register(raw) -> None:
    """Give an SQLite connection the functions that the triggers call."""
    parts: tuple = ()

    def audit_changes(kind, subject_type, key, spec, *values) -> bool:
        nonlocal parts
        changes = _changes(kind, spec, values)
        if kind == KINDS["UPDATE"] and not changes:
            return False
        user, address = current().user, current().address
        content = Content(
            at=timezone.now(),
            kind=kind,
            user_key=user.pk if user else None,
            username=user.username if user else "",
            name=user.name if user else "",
            role=user.role if user else "",
            address=address,
            subject_type=subject_type,
            subject_key=str(key),
            changes=written(changes),
        )
        at = content.at.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        others = (getattr(content, name) for name in _WRITTEN[1:])
        parts = (at, *others, mark_of(content))
        return True

    raw.create_function("audit_changes", -1, audit_changes)
    raw.create_function("audit_part", 1, lambda place: parts[place])


@lru_cache(maxsize=1000)
def _read(spec: str) -> list[tuple[str, str, str]]:
    return [tuple(each) for each in json.loads(spec)]


def _changes(kind: str, spec: str, values: tuple) -> dict[str, list]:
    nothing = (None,) if kind == KINDS["UPDATE"] else (None, "")
    changes = {}
    pairs = zip(values[::2], values[1::2], strict=True)
    for (label, shown, type_), (old, new) in zip(_read(spec), pairs, strict=True):
        if old == new or (old in nothing and new in nothing):
            continue
        changes[label] = [_told(old, shown, type_, nothing), _told(new, shown, type_, nothing)]
    return changes


def _told(value, shown: str, type_: str, nothing: tuple):
    if shown == Shown.HIDDEN:
        return HIDDEN if value & 1 else None
    if value is None or value == "":
        return None if value in nothing else value
    if shown == Shown.NAME:
        return f"{value[0]}**"
    if shown == Shown.PHONE:
        return masked(value)
    if type_ == "bool":
        return bool(value)
    if type_ == "moment":
        moment = datetime.datetime.fromisoformat(value).replace(tzinfo=datetime.UTC)
        return moment.isoformat()
    return value
