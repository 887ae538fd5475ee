"""Tables of figures: each number with the address of the list that it counts, and a chart.

``templates/includes/_figure_table.html`` shows them, ``write_workbook`` makes a sheet of each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.safestring import SafeString

from . import workbook
from .cells import COUNT, TEXT


@dataclass(frozen=True)
class Cell:
    """A number and the address of what it counts; none for zero and for words."""

    value: Any
    address: str = ""


@dataclass(frozen=True)
class Table:
    """Rows and their sum, under headings; the title also names the sheet of the workbook."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: SafeString | None = None
    total: tuple[Cell, ...] = ()
    note: str = ""


def write_workbook(file: BinaryIO, tables: Iterable[Table]) -> None:
    workbook.write(file, [(_sheet(table), _records(table)) for table in tables])


def _sheet(table: Table) -> workbook.Sheet:
    first, *others = table.headings
    return workbook.Sheet(
        table.title,
        (
            workbook.Column(first, TEXT, width=24),
            *(workbook.Column(heading, COUNT, width=14) for heading in others),
        ),
    )


def _records(table: Table) -> list[list[Any]]:
    rows = [*table.rows, table.total] if table.total else table.rows
    return [[cell.value for cell in row] for row in rows]
