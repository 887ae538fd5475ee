"""The list behind a figure: its records, and for a rate those counted, the rest, and all."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model, QuerySet

from reports.scope import Scope

from .figure import Figure

#: The lists of a rate.
PARTS = {"part": "分子", "rest": "其余", "whole": "分母"}


@dataclass(frozen=True)
class Listing:
    """``one`` is the record that the figure is of, for a figure of one record."""

    figure: Figure
    scope: Scope
    one: Model | None = None
    part: str = "part"

    @property
    def title(self) -> str:
        about = self.one or self.scope.group
        return f"{self.figure.name}：{about}" if about else self.figure.name

    @property
    def period(self) -> str:
        return self.figure.span.in_words(self.scope)

    @cached_property
    def number(self) -> str:
        """With its unit; empty for what is no number."""
        if not self.figure.is_number:
            return ""
        return self.figure.in_words(self.figure.value(self.scope, self._of))

    @property
    def records(self) -> QuerySet:
        return self.figure.kind.prepare(self._records_of(self.part))

    @property
    def measured(self) -> str:
        """The heading of the column that is summed."""
        columns = self.figure.kind.columns
        return next((each.heading for each in columns if each.value == self.figure.measure), "")

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """(key, name, number of records) of each list of a rate that has several."""
        if not self.figure.whole:
            return []
        return [(key, name, self._records_of(key).count()) for key, name in PARTS.items()]

    def _records_of(self, part: str) -> QuerySet:
        if part == "rest":
            return self.figure.rest(self.scope, self._of)
        return self.figure.listed(self.scope, self._of, whole=part == "whole")

    @property
    def _of(self) -> int | None:
        return self.one.pk if self.one else None
