"""Records by their key, and the records of a model that an import is to write."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from .workbook import Row

BATCH = 2000


class Register:
    """Records of one kind by their key; ``spoiled`` keys belong to rows that are refused anyway."""

    def __init__(self, records: dict[Hashable, Any] | None = None):
        self.records = dict(records or {})
        self.spoiled: set[Hashable] = set()
        self._rows: dict[Hashable, int] = {}

    def claim(self, row: Row, heading: str, key: Hashable, what: str = "") -> bool:
        """Whether this row is the first of the file with its key and readable."""
        if row.faulty:
            self.spoiled.add(key)
            return False
        if key in self._rows:
            row.refuse(heading, f"{what or heading}与第{self._rows[key]}行重复，请删去或改正。")
            return False
        self._rows[key] = row.number
        return True

    def find(self, row: Row, heading: str, key: Hashable, message: str, shown: str = "") -> Any:
        record = self.records.get(key)
        if record is None:
            if key in self.spoiled:
                row.faulty = True
            else:
                row.refuse(heading, message, shown or str(key))
        return record


@dataclass
class Table:
    """Records of one model: those known before, and what is to be written."""

    model: type[models.Model]
    #: Field and value that sets free a unique place before changed records take it.
    release: dict[str, Any] = field(default_factory=dict)
    known: list[models.Model] = field(default_factory=list)
    new: list[models.Model] = field(default_factory=list)
    removed: list[models.Model] = field(default_factory=list)
    changed: dict[int, tuple[models.Model, set[str]]] = field(default_factory=dict)
    by_key: dict[Any, models.Model] = field(default_factory=dict)

    def write(self):
        manager = self.model._default_manager
        for start in range(0, len(self.removed), BATCH):
            batch = self.removed[start : start + BATCH]
            manager.filter(pk__in=[record.pk for record in batch]).delete()
        self._update(manager)
        manager.bulk_create(self.new, batch_size=BATCH)

    def _update(self, manager):
        if not self.changed:
            return
        names = set().union(*(fields for _, fields in self.changed.values()))
        for name in names & set(self.release):
            moved = [record.pk for record, fields in self.changed.values() if name in fields]
            manager.filter(pk__in=moved).update(**{name: self.release[name]})
        records = [record for record, _ in self.changed.values()]
        if any(each.name == "version" for each in self.model._meta.fields):
            names.add("version")
            for record in records:
                record.version += 1
        manager.bulk_update(records, sorted(names), batch_size=BATCH)
