"""A year of 接待情况 beside the one before, and the addresses of the lists behind its numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from congress.figure_tables import Cell
from congress.periods import Period

from .turnout import Figures


@dataclass(frozen=True)
class Scope:
    """What the lists are narrowed to: a period, and the group if one is chosen."""

    query: dict[str, Any]

    @classmethod
    def of(cls, period: Period, group: int | None) -> "Scope":
        chosen = {"group": group} if group else {}
        if period == Period.of_year(period.first.year):
            return cls({"year": period.first.year} | chosen)
        return cls({"first": period.first, "last": period.last} | chosen)

    def cell(self, value: int, url_name: str, narrowed: dict) -> Cell:
        if not value:
            return Cell(value)
        return Cell(value, f"{reverse(url_name)}?{urlencode(self.query | narrowed)}")


@dataclass(frozen=True)
class Compared:
    """A year beside the one before, which ``before_words`` name."""

    now: Figures
    scope: Scope
    before: Figures
    scope_before: Scope
    before_words: str

    @property
    def has_before(self) -> bool:
        return bool(self.before.days)

    def pair(self, number: Callable[[Figures], int], url_name: str, narrowed: dict) -> list[Cell]:
        return [
            self.scope.cell(number(self.now), url_name, narrowed),
            self.scope_before.cell(number(self.before), url_name, narrowed),
        ]
