"""All that points at a person or a mandate, found by the models themselves.

Rooms above add tables; a new foreign key is found here without anybody naming it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch

from congress.constraints import holds
from congress.models import User
from delegates.models import Delegate, Mandate


@dataclass(frozen=True)
class Pointer:
    """A foreign key to a person or a mandate; also those of tables that join many to many."""

    model: type[models.Model]
    field: models.ForeignKey

    @property
    def label(self) -> str:
        """What its rows are called: 活动出席, 来访登记（接待代表） …"""
        whole = self.model._meta.auto_created
        if not whole:
            return str(self.model._meta.verbose_name)
        joined = next(
            field for field in whole._meta.many_to_many if field.remote_field.through is self.model
        )
        return f"{whole._meta.verbose_name}（{joined.verbose_name}）"

    def rows_of(self, keys: Iterable[int]) -> models.QuerySet:
        """With all that a sentence about a row names."""
        rows = self.model._base_manager.filter(**{f"{self.field.name}__in": list(keys)})
        related = {field.name for field in self.model._meta.fields if field.is_relation}
        persons = {
            f"{field.name}__delegate"
            for field in self.model._meta.fields
            if field.related_model is Mandate
        }
        return rows.select_related(*related, *persons).order_by("pk")

    def target(self, row: models.Model) -> int:
        return getattr(row, self.field.attname)


def pointers(model: type[models.Model]) -> list[Pointer]:
    """Every foreign key to the model, the hidden ones too."""
    relations = [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and (relation.one_to_many or relation.one_to_one)
    ]
    return [Pointer(relation.field.model, relation.field) for relation in relations]


def of_persons() -> list[Pointer]:
    """What points at a person, except the mandates."""
    return [pointer for pointer in pointers(Delegate) if pointer.model is not Mandate]


def of_mandates() -> list[Pointer]:
    return pointers(Mandate)


@dataclass(frozen=True)
class UniqueRule:
    """Fields that no two rows for which the condition holds may share."""

    fields: tuple[str, ...]
    condition: Q | None = None

    def key_of(self, row: models.Model, without: str = "") -> tuple | None:
        """What the row may share with no other; None where the rule does not speak of it."""
        if self.condition is not None and not holds(self.condition, row):
            return None
        names = [name for name in self.fields if name != without]
        values = tuple(getattr(row, row._meta.get_field(name).attname) for name in names)
        return None if None in values else values


def unique_rules(model: type[models.Model]) -> list[UniqueRule]:
    declared = [
        UniqueRule(tuple(constraint.fields), constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields
    ]
    together = [UniqueRule(tuple(fields)) for fields in model._meta.unique_together]
    single = [
        UniqueRule((field.name,))
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    ]
    return [*declared, *together, *single]


def words_of(row: models.Model) -> str:
    """A row as a sentence names it; of a joining table the record that it belongs to."""
    whole = row._meta.auto_created
    if not whole:
        return str(row)
    field = next(each for each in row._meta.fields if each.related_model is whole)
    return str(getattr(row, field.name))


def place_of(row: models.Model) -> str:
    """What a row belongs to (活动“2号活动”); empty where its own words say so."""
    if row._meta.auto_created:
        return ""
    named = words_of(row)
    told = [
        (field.verbose_name, str(getattr(row, field.name)))
        for field in row._meta.fields
        if field.is_relation
        and field.related_model not in (Delegate, Mandate, User)
        and getattr(row, field.attname) is not None
    ]
    return "，".join(f"{label}“{words}”" for label, words in told if words not in named)


def address_of(row: models.Model) -> str:
    """The page of a row, or else of what it belongs to, at last of the person; empty for none."""
    for record in (row, *_parents(row)):
        try:
            return record.get_absolute_url()
        except (AttributeError, NoReverseMatch):
            continue
    return ""


def _parents(row: models.Model) -> Iterable[models.Model]:
    """Persons and mandates last."""
    fields = [field for field in row._meta.fields if field.is_relation]
    for field in sorted(fields, key=lambda each: each.related_model in (Delegate, Mandate)):
        parent = getattr(row, field.name)
        if parent is not None:
            yield parent
