"""What a signature freezes: each figure, the records behind it, and the text.

Taken of a report as it stands; two of them are what the difference compares.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet

from congress.editing import fingerprint
from congress.tables import Column
from reports.models import AnnualReport, ReportVersion
from reports.proof.catalogue import FACTS, FIGURES, FIGURES_OF_ONE
from reports.proof.figure import Figure, RecordKind
from reports.scope import Scope
from reports.structure import Document

from .lines import figures_in, lines_of
from .told import told_records


@dataclass(frozen=True)
class Frozen:
    """``figures`` and ``records`` as they are stored, see ``ReportVersion``; ``lines`` of text.

    A figure: key, of (the key of the record it is about), name, value (a rate as its two counts,
    nothing where it is no number), unit, definition, kind, ids. A kind of records: kind, model,
    name, headings (``derived`` are those that tell of another record), rows; a row: id, label,
    address, values in words.
    """

    figures: list[dict]
    records: list[dict]
    lines: list[str]

    @property
    def fingerprint(self) -> str:
        """Of what the chair reads: figures and text."""
        values = [(each["key"], each["of"], each["value"]) for each in self.figures]
        return fingerprint((values, self.lines))


def frozen_of(version: ReportVersion) -> Frozen:
    """What a version holds."""
    return Frozen(version.figures, version.records, version.text.split("\n"))


def freeze(report: AnnualReport, document: Document) -> Frozen:
    """The report as it stands now; the document is what ``document_of`` makes of it."""
    shelves, named = _Shelves(), _Names(report.scope)
    for kind, records in told_records(report):
        shelves.put(kind, records)
    whole = [*FIGURES.values(), *(fact for fact in FACTS.values() if not fact.of_one)]
    figures = [_figure(report.scope, shelves, figure) for figure in whole]
    for key, of in figures_in(document):
        figure = FIGURES_OF_ONE.get(key) or FACTS.get(key)
        if figure and figure.of_one:
            figures.append(_figure(report.scope, shelves, figure, of, named.of(figure, of)))
    return Frozen(figures, shelves.stored(), lines_of(document))


def _figure(
    scope: Scope, shelves: "_Shelves", figure: Figure, of: int | None = None, about: str = ""
) -> dict:
    ids = shelves.put(figure.kind, figure.listed(scope, of))
    told = {
        "key": figure.key,
        "of": of,
        "name": f"{figure.name}（{about}）" if about else figure.name,
        "value": None,
        "unit": figure.unit,
        "definition": figure.definition,
        "kind": figure.kind.key,
        "ids": ids,
    }
    if figure.whole is not None:
        told["whole_ids"] = shelves.put(figure.kind, figure.listed(scope, of, whole=True))
    if figure.is_number:
        counted = not figure.measure and not figure.is_rate
        value = len(ids) if counted else figure.value(scope, of)
        told["value"] = list(value) if isinstance(value, tuple) else value
    return told


class _Names:
    """What the records are called that figures of one record are about, asked once a source."""

    def __init__(self, scope: Scope):
        self.scope = scope
        self.known: dict[Callable, dict[int, str]] = {}

    def of(self, figure: Figure, pk: int) -> str:
        if figure.about not in self.known:
            self.known[figure.about] = {
                record.pk: str(record) for record in figure.about(self.scope)
            }
        return self.known[figure.about].get(pk, "")


@dataclass
class _Shelves:
    """Rows by kind, each record once however many figures count it."""

    kinds: dict[str, RecordKind] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)
    columns: dict[str, list[Column]] = field(default_factory=dict)
    rows: dict[str, dict[int, dict]] = field(default_factory=dict)

    def put(self, kind: RecordKind, records: QuerySet) -> list[int]:
        """Keep what these records say; returns their keys."""
        self.kinds.setdefault(kind.key, kind)
        self.models.setdefault(kind.key, records.model._meta.label)
        columns = self.columns.setdefault(kind.key, _facts_of(kind, records.model))
        rows = self.rows.setdefault(kind.key, {})
        keys = sorted(records.values_list("pk", flat=True))
        if not set(keys) <= set(rows):
            rows |= {row["id"]: row for row in _rows(kind, columns, kind.prepare(records), rows)}
        return keys

    def stored(self) -> list[dict]:
        return [
            {
                "kind": key,
                "model": self.models[key],
                "name": kind.name,
                "headings": [column.heading for column in self.columns[key]],
                "derived": [c.heading for c in self.columns[key] if _is_derived(c)],
                "rows": list(self.rows[key].values()),
            }
            for key, kind in self.kinds.items()
        ]


def _facts_of(kind: RecordKind, model: type[Model]) -> list[Column]:
    """Without numbers that are counted from other records: those are figures."""
    own = {field.name for field in model._meta.get_fields()}
    return [c for c in kind.columns if not c.numeric or _is_derived(c) or c.value in own]


def _is_derived(column: Column) -> bool:
    """Whether the column tells what stands in another record."""
    return callable(column.value) or "." in column.value


def _rows(
    kind: RecordKind, columns: list[Column], records: Iterable[Model], known: dict[int, dict]
) -> list[dict]:
    return [
        {
            "id": record.pk,
            "label": kind.label(record),
            "address": kind.address(record),
            "values": [column.text_of(record) for column in columns],
        }
        for record in records
        if record.pk not in known
    ]
