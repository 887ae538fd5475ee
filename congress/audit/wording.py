"""What an entry of the audit log says of a record, in the words of the office."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from congress.audit.tables import HIDDEN
from congress.models import AuditEntry
from congress.privacy import without_personal_numbers
from congress.tables import in_words

NOBODY = "直接改动数据库"
#: A command that names no account: the import of ledgers, the making of a rota.
PROGRAM = "命令行"


@dataclass(frozen=True)
class Line:
    """One field of a change: what it was, what it became; empty where there was nothing."""

    label: str
    old: str
    new: str


def kind_of_record(entry: AuditEntry) -> str:
    """来访登记, 代表 …: what the record is called; empty for an entry that tells of none."""
    model = _model(entry)
    return str(model._meta.verbose_name) if model else entry.subject_type


def content_of(entry: AuditEntry) -> str:
    """The entry in one line, without a value."""
    if entry.words:
        return without_personal_numbers(entry.words)
    labels = "、".join(dict.fromkeys(line.label for line in lines_of([entry], {})[0]))
    what = f"{kind_of_record(entry)}（编号{entry.subject_key}）"
    is_change = entry.kind == AuditEntry.Kind.CHANGE
    return f"{what}：{labels}" if is_change and labels else what


def account_of(entry: AuditEntry) -> str:
    if not entry.username and entry.changes:
        return PROGRAM if entry.mark else NOBODY
    return f"{entry.name}（{entry.username}）" if entry.name else entry.username


def names_of(entries: Iterable[AuditEntry]) -> dict[tuple[type, Any], str]:
    """What the records are called that the values refer to: one query a kind of record."""
    keys = defaultdict(set)
    for entry in entries:
        for field, old, new in _values(entry):
            if field is not None and field.is_relation:
                keys[field.related_model] |= {old, new} - {None}
    return {
        (model, key): str(record)
        for model, wanted in keys.items()
        for key, record in model._base_manager.select_related().in_bulk(wanted).items()
    }


def lines_of(
    entries: Iterable[AuditEntry], names: dict[tuple[type, Any], str]
) -> list[tuple[Line, ...]]:
    """For each entry its changed fields; a record without a name is told by its key."""
    return [
        tuple(
            Line(_label(entry, column), _shown(field, old, names), _shown(field, new, names))
            for column, (field, old, new) in zip(_columns(entry), _values(entry), strict=True)
        )
        for entry in entries
    ]


def _model(entry: AuditEntry) -> type[models.Model] | None:
    try:
        return apps.get_model(entry.subject_type)
    except (LookupError, ValueError):
        return None


def _fields(entry: AuditEntry) -> list[models.Field]:
    model = _model(entry)
    return [*model._meta.concrete_fields, *model._meta.many_to_many] if model else []


def _columns(entry: AuditEntry) -> list[str]:
    """The changed ones in the order of the model's fields."""
    places = {
        name: place
        for place, field in enumerate(_fields(entry))
        for name in (field.column, field.name)
    }
    return sorted(entry.changes, key=lambda column: places.get(column, len(places)))


def _field(entry: AuditEntry, column: str) -> models.Field | None:
    fields = _fields(entry)
    return next((each for each in fields if column in (each.column, each.name)), None)


def _values(entry: AuditEntry) -> list[tuple[models.Field | None, Any, Any]]:
    return [(_field(entry, column), *entry.changes[column]) for column in _columns(entry)]


def _label(entry: AuditEntry, column: str) -> str:
    field = _field(entry, column)
    return str(field.verbose_name) if field else column


def _shown(field: models.Field | None, value: Any, names: dict[tuple[type, Any], str]) -> str:
    if value is None or value == "":
        return ""
    if value == HIDDEN:
        return HIDDEN
    if field is not None and field.is_relation:
        return names.get((field.related_model, value), f"编号{value}")
    if isinstance(field, models.BooleanField):
        return in_words(bool(value))  # SQLite says 0 and 1
    if isinstance(field, models.DateTimeField):
        return _moment(field, value)
    choices = dict(field.flatchoices) if field is not None and field.flatchoices else {}
    return without_personal_numbers(str(choices.get(value, value)))


def _moment(field: models.DateTimeField, value: str) -> str:
    moment = field.to_python(value)
    if timezone.is_naive(moment):
        moment = moment.replace(tzinfo=datetime.UTC)
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
