"""Which tables are captured, and how the log shows each column of them.

An app says in ``ready`` what is personal data or secret:

    tables.show("voters.visit", voter_name=Shown.NAME, phone=Shown.PHONE, words=Shown.HIDDEN)
    tables.leave_out("congress.submission", "only tells forms apart")

The log of changes is read by people who may not see that data (auditors); it stands for years.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models

APPS = ("congress", "delegates", "groups", "voters", "reports")


class Shown(StrEnum):
    """How the log shows a value."""

    WHOLE = "whole"
    #: Its first character: 张**.
    NAME = "name"
    #: 138****1234, as ``congress.privacy.masked``.
    PHONE = "phone"
    #: Only that there is one, and that it changed.
    HIDDEN = "hidden"
    #: A change of it alone is no entry.
    LEFT_OUT = "left_out"


#: Secret or too large wherever they stand.
HIDDEN_TYPES = (models.BinaryField, models.JSONField)
HIDDEN_WORDS = ("password", "secret", "token", "sealed", "identity")
LEFT_OUT = {"version", "last_login", "password_set_at"}
#: In place of a hidden value.
HIDDEN = "（不显示）"

_shown: dict[str, dict[str, Shown]] = {}
_left_out: dict[str, str] = {}


def show(label: str, **columns: Shown) -> None:
    """Say how the log shows fields of a model, ``app.model`` in small letters."""
    _shown.setdefault(label, {}).update(columns)


def leave_out(label: str, because: str) -> None:
    """Nothing of this model is written down."""
    _left_out[label] = because


@dataclass(frozen=True)
class Column:
    """``label`` is its name in the log."""

    name: str
    label: str
    shown: Shown
    field: models.Field


@dataclass(frozen=True)
class Table:
    """A table whose changes are captured. A row of a many-to-many table is a change of its owner:
    ``subject_type`` and ``key`` name that one, the label is the owner's field.
    """

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def _owner_field(self) -> models.Field | None:
        owner = self.model._meta.auto_created
        if not owner:
            return None
        return next(
            field
            for field in self.model._meta.local_concrete_fields
            if field.related_model is owner
        )

    @property
    def subject_type(self) -> str:
        return (self.model._meta.auto_created or self.model)._meta.label_lower

    @property
    def key(self) -> str:
        """The column that names the subject."""
        return (self._owner_field or self.model._meta.pk).column

    @property
    def is_of_owner(self) -> bool:
        return self._owner_field is not None

    @property
    def columns(self) -> list[Column]:
        meta = self.model._meta
        if self._owner_field:
            label = next(
                field.name
                for field in self.model._meta.auto_created._meta.local_many_to_many
                if field.remote_field.through is self.model
            )
            return [
                Column(field.column, label, Shown.WHOLE, field)
                for field in meta.local_concrete_fields
                if not field.primary_key and field is not self._owner_field
            ]
        said = _shown.get(meta.label_lower, {})
        return [
            Column(field.column, field.column, said.get(field.name) or _usual(field), field)
            for field in meta.local_concrete_fields
            if not field.primary_key
        ]


def captured() -> list[Table]:
    """Of the five apps, many-to-many tables too."""
    return [
        Table(model)
        for label in APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        if model._meta.label_lower not in _left_out
    ]


def _usual(field: models.Field) -> Shown:
    if field.name in LEFT_OUT:
        return Shown.LEFT_OUT
    if isinstance(field, HIDDEN_TYPES) or any(word in field.name for word in HIDDEN_WORDS):
        return Shown.HIDDEN
    return Shown.WHOLE
