"""What a figure is: its name, its definition, and the records that it counts."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Aggregate, Min, QuerySet, Sum

from congress.numerals import full_date, percent
from congress.tables import Column
from reports.scope import Scope

NOTHING = "—"


class Share(NamedTuple):
    """A rate as its two counts."""

    part: int
    whole: int


class Span(enum.Enum):
    """Which days a figure speaks of."""

    PERIOD = "period"
    CUT_OFF = "cut_off"
    COMING = "coming"
    YEAR = "year"
    YEAR_BEFORE = "year_before"
    #: Kept without dates: as it is today, whatever the period.
    UNDATED = "undated"

    def in_words(self, scope: Scope) -> str:
        return {
            Span.PERIOD: scope.days_in_words,
            Span.CUT_OFF: f"截至{full_date(scope.last)}",
            Span.COMING: f"{full_date(scope.last)}以后",
            Span.YEAR: f"{scope.year}年度",
            Span.YEAR_BEFORE: f"{scope.year - 1}年度",
            Span.UNDATED: "现有",
        }[self]


@dataclass(frozen=True)
class RecordKind:
    """How records of one model are named, listed, exported and frozen.

    ``columns`` hold no personal data of voters. ``prepare`` adds what the columns read, so that
    a list costs the same number of queries for any number of records.
    """

    key: str
    name: str
    label: Callable[[Any], str]
    columns: tuple[Column, ...]
    prepare: Callable[[QuerySet], QuerySet] = lambda records: records
    #: Adds what was known of the records on the cut-off.
    as_of: Callable[[QuerySet, Scope], QuerySet] = lambda records, scope: records
    #: The address of the page that shows a record.
    address: Callable[[Any], str] = lambda record: record.get_absolute_url()


@dataclass(frozen=True)
class Figure:
    """A number of the report and, by the same queryset, the list behind it.

    ``records`` takes the scope, and for a figure of one record (an activity, a group) that
    record's key; ``about`` are the records that such a figure may be asked of. ``measure`` is the
    field summed; without it records are counted. ``whole`` makes the figure a rate: its records
    over those; ``whole_measure`` a rate of two sums over the same records. With ``each`` the
    measure is the same in every record and told once (每组1名). Without a unit the figure is no
    number but what its records say: a day, a title.
    """

    key: str
    name: str
    unit: str
    definition: str
    kind: RecordKind
    records: Callable[..., QuerySet]
    measure: str = ""
    whole: Callable[..., QuerySet] | None = None
    whole_measure: str = ""
    each: bool = False
    span: Span = Span.PERIOD
    about: Callable[[Scope], QuerySet] | None = None

    @property
    def of_one(self) -> bool:
        return self.about is not None

    @property
    def on_cut_off(self) -> bool:
        return self.span is Span.CUT_OFF

    @property
    def is_rate(self) -> bool:
        return bool(self.whole or self.whole_measure)

    @property
    def is_number(self) -> bool:
        return bool(self.unit)

    def listed(self, scope: Scope, of: int | None = None, *, whole: bool = False) -> QuerySet:
        """The records behind the figure; with ``whole`` those a rate is taken over."""
        return self.kind.as_of(self._counted(scope, of, whole=whole), scope)

    def rest(self, scope: Scope, of: int | None = None) -> QuerySet:
        """Of the records that a rate is taken over those that do not count as part."""
        part = self._counted(scope, of).order_by().values("pk")
        return self.listed(scope, of, whole=True).exclude(pk__in=part)

    def value(self, scope: Scope, of: int | None = None) -> int | Share:
        part = self._number(self._counted(scope, of), self.measure)
        if not self.is_rate:
            return part
        whole = self._counted(scope, of, whole=True)
        return Share(part, self._number(whole, self.whole_measure or self.measure))

    def _counted(self, scope: Scope, of: int | None, *, whole: bool = False) -> QuerySet:
        source = self.whole if whole and self.whole else self.records
        return source(scope) if of is None else source(scope, of)

    def _number(self, records: QuerySet, measure: str) -> int:
        if not measure:
            return records.count()
        by: type[Aggregate] = Min if self.each else Sum
        return records.aggregate(n=by(measure, default=0))["n"]

    def in_words(self, value: int | Share) -> str:
        """With its unit; a rate with its two numbers."""
        if isinstance(value, Share):
            if not value.whole:
                return NOTHING
            return f"{percent(*value)}（{value.part}/{value.whole}）"
        return f"{'每个小组' if self.each else ''}{value}{self.unit}"
