"""A list as a table of columns: the same for page and workbook."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.paginator import Paginator
from django.db import models

from . import workbook
from .privacy import without_personal_numbers


@dataclass(frozen=True)
class Column:
    """One column of a list.

    ``value`` is a path (``group.ordinal``, ``get_state_display``) or a function of the record;
    ``order_by`` the fields that sort by it; ``width`` in characters, for the workbook.
    """

    heading: str
    value: str | Callable[[Any], Any]
    order_by: tuple[str, ...] = ()
    width: int = 12
    numeric: bool = False
    #: A number meant to be called by whoever reads the list, as that of a unit.
    tells_numbers: bool = False
    #: Left out on a phone, where a row is a card of few lines.
    minor: bool = False
    #: For a state: the class of its colour (in-hand, due-soon, overdue, done) for a record.
    state_class: Callable[[Any], str] | None = None

    @property
    def is_short(self) -> bool:
        """Dates, numbers and names: never broken into two lines on a wide screen."""
        return self.width <= 20

    @property
    def key(self) -> str:
        return self.order_by[0] if self.order_by else ""

    def of(self, record: Any) -> Any:
        value = self.value(record) if callable(self.value) else _follow(record, self.value)
        return value() if callable(value) else value

    def text_of(self, record: Any) -> str:
        return in_words(self.of(record))

    def listed(self, record: Any) -> Any:
        """The value as lists and their workbooks show it: no one's number inside a text."""
        value = self.of(record)
        if self.tells_numbers or value is None or isinstance(value, int | datetime.date):
            return value
        return without_personal_numbers(str(value))


def _follow(record: Any, path: str) -> Any:
    for step in path.split("."):
        if record is None:
            return None
        record = getattr(record, step)
        record = record() if callable(record) else record
    return record


def in_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


class KeyPaginator(Paginator):
    """Fetches the keys of a page first and its rows by key: deep pages stay quick."""

    def page(self, number):
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        keys = list(self.object_list.values_list("pk", flat=True)[bottom : bottom + self.per_page])
        rows = {row.pk: row for row in self.object_list.order_by().filter(pk__in=keys)}
        return self._get_page([rows[key] for key in keys if key in rows], number, self)


class _AsShown:
    """A cell of a list: numbers stay numbers, all else is text."""

    def write(self, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return in_words(value) or None


def write_workbook(
    file: BinaryIO,
    title: str,
    columns: Iterable[Column],
    records: Iterable[Any],
    mark: workbook.Mark | None = None,
) -> None:
    """The list as a workbook of one sheet, as many rows as there are.

    Only a marked one tells the numbers that stand inside texts.
    """
    if isinstance(records, models.QuerySet):
        records = records.iterator(chunk_size=1000)
    columns = list(columns)
    sheet = workbook.Sheet(
        title,
        tuple(
            workbook.Column(column.heading, _AsShown(), width=column.width) for column in columns
        ),
    )
    rows = (
        [column.of(record) if mark else column.listed(record) for column in columns]
        for record in records
    )
    workbook.write(file, [(sheet, rows)], mark)
