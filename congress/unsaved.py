"""Records that may not have a key yet: compared, shown and checked without a query."""

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from .constraints import violations
from .tables import in_words
from .workbook import REQUIRED

UNSAVED = -1


def reference(record: models.Model, name: str) -> Hashable:
    """A field's value for comparing; a related record without a key stands for itself."""
    each = record._meta.get_field(name)
    value = getattr(record, each.attname)
    if value is None and each.is_relation and each.is_cached(record):
        related = each.get_cached_value(record)
        if related is not None:
            return related.pk or (UNSAVED, id(related))
    return value


def same(record: models.Model, name: str, value: Any) -> bool:
    """Whether a field holds the value already."""
    if isinstance(value, models.Model):
        key = value.pk if value.pk is not None else (UNSAVED, id(value))
        return reference(record, name) == key
    each = record._meta.get_field(name)
    return (reference(record, name) if each.is_relation else getattr(record, name)) == value


def shown(record: models.Model, name: str) -> str:
    """A field's value in the words of the office."""
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    return in_words(value)


def problems(record: models.Model, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(field, sentence) of each rule that the record breaks: those of the page that edits it.

    First the named fields alone; where they are right, ``clean`` and the constraints. The field is
    empty where a rule belongs to none.
    """
    wrong = list(_field_problems(record, names))
    if wrong:
        yield from wrong
        return
    with _placeholders(record):
        try:
            record.clean()
        except ValidationError as error:
            for name, messages in error.update_error_dict({}).items():
                field = "" if name == NON_FIELD_ERRORS else name
                yield from ((field, " ".join(each.messages)) for each in messages)
        for name, message in violations(record):
            yield name or "", message


def _field_problems(record: models.Model, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        each = record._meta.get_field(name)
        try:
            if not each.is_relation:
                setattr(record, name, each.clean(getattr(record, name), record))
            elif reference(record, name) is None and not each.null:
                raise ValidationError(REQUIRED)
        except ValidationError as error:
            yield name, " ".join(map(_sentence, error.error_list))


def _sentence(error: ValidationError) -> str:
    if error.code == "max_length":
        return f"最多{error.params['limit_value']}字，现有{error.params['show_value']}字，请缩短。"
    return " ".join(error.messages)


@contextmanager
def _placeholders(record: models.Model) -> Iterator[None]:
    """Let a record see that its relations are filled while their records have no keys yet."""
    unsaved = [
        each.attname
        for each in record._meta.concrete_fields
        if each.is_relation
        and getattr(record, each.attname) is None
        and each.is_cached(record)
        and each.get_cached_value(record) is not None
    ]
    record.__dict__.update(dict.fromkeys(unsaved, UNSAVED))
    try:
        yield
    finally:
        record.__dict__.update(dict.fromkeys(unsaved))
