"""A workbook as sheets of records: each sheet a table of columns, read and written by one table.

Row 1 holds the headings, every further row is a record. ``read`` collects all that is wrong with
sheet, row, column, value and what to do; ``write`` makes the same format again.
"""

import datetime
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .cells import TEXT, plain
from .workbook_file import Cell, Unusable, WorkbookError, WorkbookFile

MAX_ROWS = 100_000
MAX_ERRORS = 500
SHOWN_LENGTH = 60
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

REQUIRED = "这一栏必须填写。"


class Kind(Protocol):
    empty: Any

    def read(self, cell: Cell) -> Any: ...

    def write(self, value: Any) -> Any: ...


@dataclass(frozen=True)
class Column:
    heading: str
    kind: Kind = TEXT
    required: bool = False
    #: Field of the sheet's model that holds the value.
    field: str = ""
    width: float = 9


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]

    @property
    def heading_of(self) -> dict[str, str]:
        """Headings by field."""
        return {column.field: column.heading for column in self.columns if column.field}

    def record(self, source: Any, given: dict[str, Any] | None = None) -> list[Any]:
        """Values of an exported row: those ``given`` by heading, the others from the fields."""
        given = given or {}
        return [
            given[column.heading] if column.heading in given else getattr(source, column.field)
            for column in self.columns
        ]


class Mark(Protocol):
    """Who made a file and when: in one line, and as lines of (what, value)."""

    def __str__(self) -> str: ...

    @property
    def rows(self) -> Sequence[tuple[str, str]]: ...


#: Stands at the end of a marked workbook; no import reads it.
MARK_SHEET = "导出说明"
_MARKED = Sheet(MARK_SHEET, (Column("项目", width=14), Column("说明", width=60)))


@dataclass(frozen=True)
class CellError:
    """One thing to put right; ``row`` is the number Excel shows, 0 for the sheet as a whole."""

    sheet: str
    row: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        place = self.sheet
        if self.row:
            place += f" 第{self.row}行"
        if self.column:
            place += f" “{self.column}”"
        shown = f"（填的是“{self.value}”）" if self.value else ""
        return f"{place}{shown}：{self.message}"


class Errors(list):
    """What is wrong with a file, as far as one can read: more than ``MAX_ERRORS`` are counted."""

    def __init__(self):
        super().__init__()
        self.left_out = 0

    def add(self, error: CellError):
        if len(self) < MAX_ERRORS:
            self.append(error)
        else:
            self.left_out += 1

    def __bool__(self) -> bool:
        return len(self) > 0


@dataclass
class Row:
    """A record as read: ``row["来访人"]`` is the value, or what an empty cell means."""

    sheet: str
    number: int
    values: dict[str, Any]
    shown: dict[str, str]
    errors: Errors = field(repr=False)
    faulty: bool = False

    def __getitem__(self, heading: str) -> Any:
        return self.values[heading]

    def refuse(self, heading: str, message: str, value: str | None = None):
        """Note what is wrong with a cell of this row; without ``value`` all that it shows."""
        self.faulty = True
        shown = self.shown.get(heading, "") if value is None else value
        if len(shown) > SHOWN_LENGTH:
            shown = f"{shown[:SHOWN_LENGTH]}…"
        self.errors.add(CellError(self.sheet, self.number, heading, shown, message))


def read(file: BinaryIO, sheets: Sequence[Sheet], errors: Errors) -> dict[str, list[Row]]:
    """Records of all ``sheets``; a row with an unreadable cell is there too, marked faulty.

    Raises ``WorkbookError`` where the file as a whole cannot be used.
    """
    workbook = WorkbookFile(file)
    names = [name for name in workbook.sheet_names if name != MARK_SHEET]
    _check_names("工作表", [sheet.name for sheet in sheets], names, errors)
    return {
        sheet.name: _read_sheet(workbook, sheet, errors) if sheet.name in names else []
        for sheet in sheets
    }


def _check_names(what: str, expected: list[str], found: list[str], errors: Errors, sheet: str = ""):
    missing = [name for name in expected if name not in found]
    extra = [name for name in found if name not in expected]
    doubled = sorted({name for name in found if found.count(name) > 1})
    for names, message in (
        (missing, f"缺少{what}“%s”，请按台账格式补上。"),
        (extra, f"多出{what}“%s”，台账格式中没有，请删去或改正名称。"),
        (doubled, f"{what}“%s”重复，请删去一个。"),
    ):
        for name in names:
            errors.add(CellError(sheet or name, 0 if not sheet else 1, "", "", message % name))
    return not (missing or doubled)


def _read_sheet(workbook: WorkbookFile, sheet: Sheet, errors: Errors) -> list[Row]:
    lines = workbook.rows(sheet.name)
    number, heading_cells = next(lines, (0, {}))
    if number != 1:
        errors.add(CellError(sheet.name, 1, "", "", "第1行没有表头，请按台账格式补上。"))
        return []
    headings = {column: plain(cell) for column, cell in heading_cells.items() if plain(cell)}
    if not _check_names("列", sheet.headings, list(headings.values()), errors, sheet.name):
        return []
    places = {heading: column for column, heading in headings.items()}
    rows = []
    for number, cells in lines:
        if not any(plain(cell) for cell in cells.values()):
            continue
        if len(rows) == MAX_ROWS:
            errors.add(CellError(sheet.name, number, "", "", f"一个工作表最多{MAX_ROWS}条记录。"))
            break
        rows.append(_read_row(sheet, places, headings, number, cells, errors))
    return rows


def _read_row(
    sheet: Sheet,
    places: dict[str, int],
    headings: dict[int, str],
    number: int,
    cells: dict[int, Cell],
    errors: Errors,
) -> Row:
    row = Row(sheet.name, number, {}, {}, errors)
    for column in sheet.columns:
        cell = cells.get(places[column.heading])
        shown = "" if cell is None else plain(cell)
        row.shown[column.heading] = shown
        row.values[column.heading] = column.kind.empty
        if isinstance(cell, Unusable):
            row.refuse(column.heading, cell.message)
        elif not shown:
            if column.required:
                row.refuse(column.heading, REQUIRED)
        else:
            try:
                row.values[column.heading] = column.kind.read(cell)
            except ValueError as error:
                row.refuse(column.heading, str(error))
    stray = next((place for place in cells if place not in headings and plain(cells[place])), None)
    if stray:
        letter = get_column_letter(stray) if stray <= 18278 else ""
        row.refuse("", f"{letter}列没有表头却有内容，请删去。", plain(cells[stray]))
    return row


def write(
    file: BinaryIO,
    tables: Iterable[tuple[Sheet, Iterable[Sequence[Any]]]],
    mark: Mark | None = None,
):
    """Write sheets of records; the values of a record stand in the order of the columns.

    With a ``mark`` each sheet says at its foot, and a last sheet at length, who made the file.
    """
    workbook = Workbook(write_only=True)
    if mark:
        workbook.properties.creator = workbook.properties.description = str(mark)
        tables = itertools.chain(tables, [(_MARKED, mark.rows)])
    for sheet, records in tables:
        worksheet = workbook.create_sheet(sheet.name)
        worksheet.freeze_panes = "A2"
        if mark:
            worksheet.HeaderFooter.oddFooter.center.text = str(mark)
        for index, column in enumerate(sheet.columns, 1):
            worksheet.column_dimensions[get_column_letter(index)].width = column.width
        worksheet.append([_heading(worksheet, heading) for heading in sheet.headings])
        for record in records:
            worksheet.append(
                [
                    _cell(worksheet, column.kind.write(value))
                    for column, value in zip(sheet.columns, record, strict=True)
                ]
            )
    workbook.save(file)


def _heading(worksheet, heading: str) -> Any:
    cell = _text(worksheet, heading)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _cell(worksheet, value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime.date):
        cell = WriteOnlyCell(worksheet, value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    return _text(worksheet, value)


def _text(worksheet, value: str) -> Any:
    """Text stays text, also where it begins like a formula: in the sheet, saved from it as CSV and
    opened again (OWASP, CSV injection)."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(worksheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(BEGINS_A_FORMULA)
    return cell


__all__ = [
    "CellError",
    "Column",
    "Errors",
    "Mark",
    "Row",
    "Sheet",
    "WorkbookError",
    "read",
    "write",
]
