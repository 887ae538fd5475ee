"""Two rows about one occasion: the row that moves, and the one that is already there."""

import datetime
from collections.abc import Iterable

from django.db import models

from congress.periods import Dated
from delegates.models import KeptApart

from .relations import Pointer, unique_rules
from .snapshots import differing

#: Of two such rows about one pair one is enough, whoever wrote it.
ONE_IS_ENOUGH = (KeptApart,)
#: Fields that explain a row and do not change what it says of the person.
_REMARKS: dict[type[models.Model], set[str]] = {}


def only_explains(model: type[models.Model], *fields: str) -> None:
    """Declare that two rows differing in nothing but these fields say the same."""
    _REMARKS.setdefault(model, set()).update(fields)


def overlap(one: Dated, other: Dated) -> bool:
    return one.start < (other.end or datetime.date.max) and other.start < (
        one.end or datetime.date.max
    )


class Twins:
    """Finds, for a row that would move, the row that is already there for the same occasion."""

    def __init__(self, pointer: Pointer, ours: list[models.Model], targets: dict[int, int]):
        self.pointer = pointer
        self.targets = targets
        self.ours = ours
        self.by_key: dict[tuple, models.Model] = {}
        self.spans: dict[int, tuple] = {}
        self.rules = [
            (number, rule)
            for number, rule in enumerate(unique_rules(pointer.model))
            if pointer.field.name in rule.fields
        ]
        for row in ours:
            for key in self._keys(row, pointer.target(row)):
                self.by_key.setdefault(key, row)

    def _keys(self, row: models.Model, target: int) -> Iterable[tuple]:
        """One a rule; an occasion is the person's, whichever of the mandates came to it."""
        for number, rule in self.rules:
            key = rule.key_of(row, without=self.pointer.field.name)
            if key is not None:
                yield (number, *key) if key else (number, target)

    def twin_of(self, row: models.Model):
        """(the row that stays or None, the span it gets, whether both say the same)."""
        target = self.targets.get(self.pointer.target(row), self.pointer.target(row))
        if isinstance(row, Dated):
            alike = [
                mine
                for mine in self.ours
                if self.pointer.target(mine) == target
                and overlap(mine, row)
                and not self._differ(mine, row, {"start", "end"})
            ]
            if alike:
                return alike[0], self._span(alike[0], row), len(alike) == 1
        for key in self._keys(row, target):
            if key in self.by_key:
                mine = self.by_key[key]
                return mine, None, isinstance(row, ONE_IS_ENOUGH) or not self._differ(mine, row)
        return None, None, True

    def _span(self, mine: Dated, row: Dated) -> tuple:
        """From the first to the last day of all that became one."""
        start, end = self.spans.get(mine.pk, (mine.start, mine.end))
        last = None if None in (end, row.end) else max(end, row.end)
        self.spans[mine.pk] = (min(start, row.start), last)
        return self.spans[mine.pk]

    def _differ(self, one: models.Model, other: models.Model, more: Iterable[str] = ()) -> bool:
        return bool(differing(one, other, {self.pointer.field.name, *more, *own_fields(other)}))


def own_fields(row: models.Model) -> set[str]:
    """What each row has for itself, and that says nothing of what it tells."""
    return {
        "version",
        *_REMARKS.get(type(row), ()),
        *(
            each.name
            for each in row._meta.concrete_fields
            if getattr(each, "auto_now", False) or getattr(each, "auto_now_add", False)
        ),
    }
