"""A step on its way: what the rules of the steps read, fill and refuse."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

from congress.models import User
from congress.periods import today
from voters.deadlines import Deadlines
from voters.models import FeedbackItem, HandlingUnit
from voters.states import FOLLOWING
from voters.step import Step

EMPTY: dict[type[models.Field], Any] = {models.CharField: "", models.TextField: ""}
#: Rows a statement.
BATCH = 500


@dataclass
class Sweep:
    """One step of one item or of many, by one user, with the same changes to all.

    ``changes`` are fields of the item, ``extras`` what else the step was given: commitment,
    promised_on, proposers, lead_proposer, answer_by.
    """

    user: User
    step: Step
    items: list[FeedbackItem]
    note: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    extras: dict[str, Any] = field(default_factory=dict)
    #: By key of the item: its fields before the step, and what the trail says beyond the note.
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    told: dict[int, str] = field(default_factory=dict)
    today: datetime.date = field(default_factory=today)

    @cached_property
    def deadlines(self) -> Deadlines:
        """Read once; also for terms that began a year and more ago."""
        days = [item.assigned_on for item in self.items if item.assigned_on]
        return Deadlines.since(min([self.today, *days]))

    def was(self, item: FeedbackItem, name: str) -> Any:
        return self.before[item.pk][name]

    @cached_property
    def main(self) -> FeedbackItem:
        """The item that the others are merged into, as it is now; locked."""
        rows = FeedbackItem.objects.select_for_update(of=("self",))
        return rows.get(pk=self.changes["follows"].pk)

    @cached_property
    def leading(self) -> set[int]:
        """Keys of those that others follow."""
        rows = FeedbackItem.objects.filter(follows__in=self.items, state__in=FOLLOWING)
        return set(rows.values_list("follows", flat=True))

    @cached_property
    def _units(self) -> dict[int, str]:
        keys = {before["lead_unit_id"] for before in self.before.values()}
        return dict(HandlingUnit.objects.filter(pk__in=keys).values_list("pk", "name"))

    def unit_before(self, item: FeedbackItem) -> str:
        """The name of the lead unit before the step."""
        return self._units.get(self.was(item, "lead_unit_id"), "")

    def tell(self, item: FeedbackItem, words: str) -> None:
        """Words for the trail of this item, below the note."""
        self.told[item.pk] = "\n".join(filter(None, [self.told.get(item.pk), words]))

    def note_of(self, item: FeedbackItem) -> str:
        return "\n".join(filter(None, [self.note, self.told.get(item.pk)]))


def refuse(words: str, field_name: str = "") -> None:
    raise ValidationError({field_name: words} if field_name else words)


def remember(items: Iterable[FeedbackItem]) -> dict[int, dict[str, Any]]:
    """The fields of each item as they are now."""
    return {
        item.pk: {each.attname: getattr(item, each.attname) for each in item._meta.concrete_fields}
        for item in items
    }


def put_back(items: Iterable[FeedbackItem], before: dict[int, dict[str, Any]]) -> None:
    """The items, in memory, as they were remembered."""
    for item in items:
        for name, value in before[item.pk].items():
            setattr(item, name, value)


def save_changed(items: Iterable[FeedbackItem], before: dict[int, dict[str, Any]]) -> None:
    """Save what differs from before and count the versions up: a statement for all alike."""
    alike: dict[tuple, list[int]] = defaultdict(list)
    for item in items:
        changed = tuple(
            (name, value)
            for name, old in before[item.pk].items()
            if name != "version" and (value := getattr(item, name)) != old
        )
        alike[changed].append(item.pk)
        item.version += 1
    for changed, keys in alike.items():
        for start in range(0, len(keys), BATCH):
            rows = FeedbackItem.objects.filter(pk__in=keys[start : start + BATCH])
            rows.update(version=F("version") + 1, **dict(changed))


def empty(item: FeedbackItem, names: Iterable[str]) -> None:
    for name in names:
        setattr(item, name, EMPTY.get(type(item._meta.get_field(name))))


def is_empty(item: FeedbackItem, name: str) -> bool:
    return getattr(item, name) in (None, "")
