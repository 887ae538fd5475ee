"""What an import would do, worked out in memory before anything is written.

The apps' ``ledgers`` go through the rows of their sheets, ``put`` each into the plan, and refuse
what breaks a rule. New records may refer to each other before they have keys; ``apply`` writes
table by table, those first to which others refer, in few queries.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction

from .constraints import holds
from .ledger_tables import Table
from .unsaved import UNSAVED, problems, reference, same, shown
from .workbook import CellError, Errors, Row, Sheet

KEYS_A_QUERY = 10_000


class LedgerConflict(Exception):
    """Records changed between planning and writing; nothing was written."""


@dataclass(frozen=True)
class Change:
    """One cell that differs from the stored record."""

    sheet: str
    row: int
    column: str
    old: str
    new: str


@dataclass
class SheetSummary:
    name: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0


class Plan:
    def __init__(
        self, errors: Errors, rows: dict[str, list[Row]], user: models.Model | None = None
    ):
        self.errors = errors
        self.rows = rows
        #: Who imports; unknown at the command line.
        self.user = user
        self.changes: list[Change] = []
        self._added: set[tuple[str, int]] = set()
        self._changed: set[tuple[str, int]] = set()
        self._tables: dict[type[models.Model], Table] = {}
        self._origins: dict[int, tuple[Row, dict[str, str]]] = {}

    def table(
        self,
        model: type[models.Model],
        known: Iterable[models.Model] = (),
        release: dict[str, Any] | None = None,
    ) -> Table:
        """The table of a model, with what is known of it already."""
        table = self._tables.setdefault(model, Table(model))
        table.known += known
        table.release |= release or {}
        return table

    def known_by(
        self, queryset: models.QuerySet, name: str, keys: Iterable[Hashable]
    ) -> list[models.Model]:
        """Records with one of the keys, in their order, added to the known ones of their table."""
        keys = sorted(set(keys))
        found = []
        for start in range(0, len(keys), KEYS_A_QUERY):
            batch = {f"{name}__in": keys[start : start + KEYS_A_QUERY]}
            found += queryset.filter(**batch).order_by("pk")
        self.table(queryset.model, found)
        return found

    def records(self, model: type[models.Model]) -> list[models.Model]:
        """Known and new records of a model, without those that are to go."""
        table = self.table(model)
        removed = set(map(id, table.removed))
        return [each for each in (*table.known, *table.new) if id(each) not in removed]

    def by_key(self, model: type[models.Model]) -> dict[Any, models.Model]:
        """Known records of a model; new ones have no key yet."""
        table = self.table(model)
        if len(table.by_key) != len(table.known):
            table.by_key = {record.pk: record for record in table.known}
        return table.by_key

    def add(self, record: models.Model) -> models.Model:
        """A record that belongs to a row put already and is not checked on its own."""
        self.table(type(record)).new.append(record)
        return record

    def remove(self, record: models.Model):
        table = self.table(type(record))
        if record._state.adding:
            table.new = [each for each in table.new if each is not record]
        else:
            table.removed.append(record)
            table.changed.pop(id(record), None)

    def put(
        self,
        row: Row,
        model: type[models.Model],
        record: models.Model | None,
        values: dict[str, Any],
        headings: dict[str, str],
    ) -> models.Model:
        """Add a record or bring it to ``values``, checked by the rules of its model."""
        if record is None:
            record = model(**values)
            self.table(model).new.append(record)
            self.note_added(row)
        else:
            self._bring_up(row, record, values, headings)
        self._origins[id(record)] = (row, headings)
        self.check(row, record, values, headings)
        return record

    def set(self, record: models.Model, name: str, value: Any) -> bool:
        """Change one field; whether it was different."""
        if same(record, name, value):
            if isinstance(value, models.Model):
                # The same related record, but the one in memory: nobody fetches it again.
                setattr(record, name, value)
            return False
        setattr(record, name, value)
        if not record._state.adding:
            table = self.table(type(record))
            table.changed.setdefault(id(record), (record, set()))[1].add(name)
        return True

    def put_list(
        self,
        row: Row,
        heading: str,
        model: type[models.Model],
        owner: dict[str, models.Model],
        name: str,
        known: list[models.Model],
        wanted: list[models.Model],
    ):
        """Bring the rows between an owner and a list of records to ``wanted``, in this order."""
        if [reference(each, name) for each in known] == [
            record.pk or (UNSAVED, id(record)) for record in wanted
        ]:
            return
        if known:
            old = "、".join(self._shown(each, name) for each in known)
            self.note_change(row, heading, old, "、".join(map(str, wanted)))
        for each in known:
            self.remove(each)
        for record in wanted:
            self.add(model(**owner, **{name: record}))

    def note_added(self, row: Row):
        self._added.add((row.sheet, row.number))

    def note_change(self, row: Row, heading: str, old: str, new: str):
        self._changed.add((row.sheet, row.number))
        self.changes.append(Change(row.sheet, row.number, heading, old, new))

    def refuse_sheet(self, sheet: str, message: str):
        self.errors.add(CellError(sheet, 0, "", "", message))

    def refuse_record(self, record: models.Model, field_name: str, message: str):
        """Refuse the row a record came from; a record known before has none."""
        if id(record) in self._origins:
            row, headings = self._origins[id(record)]
            if not row.faulty:
                row.refuse(headings.get(field_name, ""), message)

    def values(self, row: Row, sheet: Sheet, names: Iterable[str] = ()) -> dict[str, Any]:
        """The row's values by field: of all columns that name one, or of ``names``."""
        wanted = set(names)
        return {
            column.field: row[column.heading]
            for column in sheet.columns
            if column.field and (not wanted or column.field in wanted)
        }

    def summaries(self) -> list[SheetSummary]:
        summaries = []
        for name, rows in self.rows.items():
            summary = SheetSummary(name)
            for row in rows:
                key = (name, row.number)
                if key in self._added:
                    summary.added += 1
                elif key in self._changed:
                    summary.changed += 1
                else:
                    summary.unchanged += 1
            summaries.append(summary)
        return summaries

    def finish(self):
        """Check what only all records together can break; sort the errors as the file is."""
        for table in self._tables.values():
            self._check_unique(table)
        order = {name: place for place, name in enumerate(self.rows)}
        self.errors.sort(key=lambda error: (order.get(error.sheet, -1), error.row))

    def apply(self):
        """Write everything or nothing."""
        try:
            with transaction.atomic():
                for table in self._in_order_of_reference():
                    table.write()
        except IntegrityError as error:
            raise LedgerConflict from error

    def _in_order_of_reference(self) -> list[Table]:
        """Tables after those they refer to."""
        ordered: dict[type[models.Model], Table] = {}

        def visit(model):
            if model in self._tables and model not in ordered:
                for each in model._meta.concrete_fields:
                    if each.is_relation and each.related_model is not model:
                        visit(each.related_model)
                ordered[model] = self._tables[model]

        for model in self._tables:
            visit(model)
        return list(ordered.values())

    def _bring_up(self, row, record, values, headings):
        for name, value in values.items():
            old = self._shown(record, name)
            if self.set(record, name, value):
                self.note_change(row, headings.get(name, ""), old, self._shown(record, name))

    def check(
        self,
        row: Row,
        record: models.Model,
        names: Iterable[str],
        headings: dict[str, str],
    ):
        """The rules of the page: fields, ``clean`` and constraints; without a query."""
        if row.faulty:
            return
        for name, message in problems(record, names):
            row.refuse(headings.get(name, ""), message)

    def _shown(self, record: models.Model, name: str) -> str:
        """A field in words; a related record is looked up among those in memory."""
        each = record._meta.get_field(name)
        if not each.is_relation:
            return shown(record, name)
        key = reference(record, name)
        if key is None:
            return ""
        related = self.by_key(each.related_model).get(key)
        return str(related if related is not None else getattr(record, name))

    def _check_unique(self, table: Table):
        records = self.records(table.model)
        for each in table.model._meta.fields:
            if each.unique and not each.primary_key:
                message = str(each.error_messages["unique"])
                self._check_one(records, [each.name], None, message)
        for rule in table.model._meta.constraints:
            if isinstance(rule, models.UniqueConstraint):
                message = str(rule.get_violation_error_message())
                self._check_one(records, rule.fields, rule.condition, message)

    def _check_one(self, records, names, condition, message):
        seen = {}
        for record in records:
            if condition is not None and not holds(condition, record):
                continue
            key = tuple(reference(record, name) for name in names)
            if None in key:
                continue
            if key in seen:
                culprit = record if id(record) in self._origins else seen[key]
                self.refuse_record(culprit, names[-1], message)
            else:
                seen[key] = record
