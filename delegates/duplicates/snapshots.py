"""Rows as JSON and back, exactly: what a merge removes or changes can be restored."""

from typing import Any

from django.apps import apps
from django.db import models


def values_of(row: models.Model) -> dict[str, Any]:
    """Every column of a row, in what JSON can hold."""
    return {field.attname: _kept(field, row) for field in row._meta.concrete_fields}


def _kept(field: models.Field, row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if value is None or isinstance(value, bool | int | str) or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row)


def row_of(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    """The row as it was; columns that came later have their usual value."""
    row = model()
    for field in model._meta.concrete_fields:
        if field.attname in values:
            target = field.target_field if field.is_relation else field
            setattr(row, field.attname, target.to_python(values[field.attname]))
    return row


def put_back(row: models.Model) -> None:
    """Insert a row under its old key, just as it is."""
    row.save_base(raw=True, force_insert=True)


def write(row: models.Model, values: dict[str, Any]) -> None:
    """Set columns of a stored row, just as they are told."""
    past = row_of(type(row), values)
    columns = {name: getattr(past, name) for name in values}
    type(row)._base_manager.filter(pk=row.pk).update(**columns)


def take_out(rows: models.QuerySet) -> None:
    """Delete rows and nothing with them; the database refuses while anything points at them."""
    rows._raw_delete(rows.db)


def model_named(label: str) -> type[models.Model] | None:
    """None for a table that the program no longer has."""
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def differing(one: models.Model, other: models.Model, without: set[str]) -> list[models.Field]:
    """Fields in which two rows say something else."""
    return [
        field
        for field in one._meta.concrete_fields
        if field.name not in without
        and not field.primary_key
        and getattr(one, field.attname) != getattr(other, field.attname)
    ]


def in_words(field: models.Field, row: models.Model) -> str:
    """What a field of a row says, as its user reads it."""
    display = getattr(row, f"get_{field.name}_display", None)
    value = display() if display else getattr(row, field.name)
    return "空" if value in (None, "") else str(value)
