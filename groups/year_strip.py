"""A year's plan by month and organiser, planned against done: the figures of the year strip."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from .models import DelegateGroup, PlanItem
from .plan import planned_by_month, remaining
from .planning import TOWNSHIP

MONTHS = range(1, 13)


@dataclass(frozen=True)
class StripCell:
    """One organiser in one month: numbers, the state in a word, and the class of its colour."""

    planned: int = 0
    done: int = 0
    word: str = ""
    css_class: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.planned or self.done)

    def __str__(self):
        return "" if self.is_empty else f"{self.done}/{self.planned}"


@dataclass(frozen=True)
class StripRow:
    """The year of one organiser; ``group`` is None for the township."""

    group: DelegateGroup | None
    cells: tuple[StripCell, ...]

    @property
    def label(self) -> str:
        return str(self.group or TOWNSHIP)

    @property
    def total(self) -> str:
        done = sum(cell.done for cell in self.cells)
        return f"{done}/{sum(cell.planned for cell in self.cells)}"


def strip_rows(
    items: Iterable[PlanItem],
    done: dict[int, dict[int, int]],
    groups: Iterable[DelegateGroup | None],
    year: int,
    on: datetime.date,
) -> list[StripRow]:
    """A row for each of the ``groups``; items with progress, ``done`` by key and month."""
    by_group: dict[int | None, list[PlanItem]] = {}
    for item in items:
        by_group.setdefault(item.group_id, []).append(item)
    return [
        StripRow(
            group,
            tuple(
                _cell(by_group.get(group and group.pk, []), done, year, month, on)
                for month in MONTHS
            ),
        )
        for group in groups
    ]


def _cell(
    items: list[PlanItem],
    done: dict[int, dict[int, int]],
    year: int,
    month: int,
    on: datetime.date,
) -> StripCell:
    planned = sum(planned_by_month(item).get(month, 0) for item in items)
    done_now = sum(done.get(item.pk, {}).get(month, 0) for item in items)
    if not planned and not done_now:
        return StripCell()
    left_over = any(item.last_month == month and remaining(item) for item in items)
    word, css_class = _state(planned, done_now, (year, month), (on.year, on.month), left_over)
    return StripCell(planned, done_now, word, css_class)


def _state(planned, done, month, now, left_over) -> tuple[str, str]:
    if month < now and left_over:
        return "逾期", "overdue"
    if done >= planned:
        return "完成", "done"
    if month < now:
        return "欠", "due-soon"
    return ("本月", "in-hand") if month == now else ("未到", "")
