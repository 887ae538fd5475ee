"""An .xlsx file that somebody sent: refused in one sentence, or opened as sheets of plain cells.

openpyxl reads it; what stands here keeps bombs, macros and other formats away from it, and says
in Chinese what is wrong with a file or a cell.
"""

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import BinaryIO, NamedTuple

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from .compound_file import SIGNATURE as OLE_SIGNATURE

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 2000
LAST_ROW = 1_048_576
#: Of workbooks that are read at once: in memory they take a hundred times their size.
MAX_WHOLE_BYTES = 5 * 1024 * 1024
MAX_WHOLE_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_WHOLE_ROWS = 5000
MOST_COLUMNS = 16_384

ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
ERROR, FORMULA = "e", "f"
IMPOSSIBLE_DATE = r"Cell \S+ is marked as a date but the serial value"
FORMULA_TAG = re.compile(rb"<(\w+:)?f[ >/]")

NOT_A_WORKBOOK = "这不是Excel工作簿（.xlsx）。请用Excel或WPS打开原表，另存为.xlsx文件后再导入。"
ENCRYPTED = "文件加了打开密码，无法读取。请在Excel中取消密码、重新保存后再导入。"
OLD_FORMAT = "这是旧版Excel文件（.xls）。请另存为.xlsx文件后再导入。"
MACROS = "文件含有宏，不予接收。请另存为不含宏的.xlsx文件后再导入。"
TOO_BIG = "文件超过20MB，不予接收。请删去图片等无关内容后再导入。"
WHOLE_TOO_BIG = "文件超过5MB，不予接收。请删去照片等无关内容后再导入。"
TOO_MANY_ROWS = "表中超过5000行，不予接收。请删去空行和无关内容后再导入。"
NO_RESULT = "公式没有计算结果。请在Excel中重新计算并保存，或把公式改为数值。"
ERROR_VALUE = "这里是错误值或无效日期，请改为正确的内容。"
DAMAGED = "文件已损坏，无法读取。请用Excel打开、修复并重新保存后再导入。"


class WorkbookError(Exception):
    """The file as a whole cannot be used; its text is the one sentence for the user."""


class Unusable(NamedTuple):
    """A cell without a usable value: what the sheet shows, and what to do."""

    shown: str
    message: str


Cell = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | Unusable


class WorkbookFile:
    """An accepted file: ``sheet_names`` in order, ``rows(name)`` as (row number, cells by column).

    Column numbers start at 1; empty cells and rows are absent.
    """

    def __init__(self, file: BinaryIO):
        # Such a cell is told to whoever sent the file (``ERROR_VALUE``); the log need not know.
        warnings.filterwarnings("ignore", IMPOSSIBLE_DATE, UserWarning)
        check_size(file)
        has_formulas = _check_archive(file, MAX_UNPACKED_BYTES)
        self._values = _sheets(file, data_only=True)
        # Beside the results, so that a formula without one is not taken for an empty cell.
        self._formulas = _sheets(file, data_only=False) if has_formulas else {}

    @property
    def sheet_names(self) -> list[str]:
        return list(self._values)

    def rows(self, name: str) -> Iterator[tuple[int, dict[int, Cell]]]:
        values = self._values[name].iter_rows()
        formulas = self._formulas[name].iter_rows() if self._formulas else repeat(())
        try:
            for number, (row, formula_row) in enumerate(zip(values, formulas, strict=False), 1):
                if number > LAST_ROW:
                    raise WorkbookError(DAMAGED)
                cells = {cell.column: _value(cell) for cell in row if cell.value is not None}
                for cell in formula_row:
                    if cell.data_type == FORMULA:
                        cells.setdefault(cell.column, Unusable(str(cell.value), NO_RESULT))
                cells = {column: value for column, value in cells.items() if value != ""}
                if cells:
                    yield number, cells
        except Exception as error:  # XML of strangers fails in too many ways to list them
            raise WorkbookError(DAMAGED) from error


@dataclass(frozen=True)
class WholeSheet:
    """A sheet with what only its layout tells; empty cells and rows are absent."""

    name: str
    rows: dict[int, dict[int, Cell]]
    #: (first row, last row, first column, last column) of merged cells.
    merged: list[tuple[int, int, int, int]]
    hidden_columns: set[int]
    hidden_rows: set[int]


def whole_sheets(file: BinaryIO) -> list[WholeSheet]:
    """The visible sheets of a small workbook, all at once: for tables kept by hand."""
    if file.seek(0, 2) > MAX_WHOLE_BYTES:
        raise WorkbookError(WHOLE_TOO_BIG)
    file.seek(0)
    has_formulas = _check_archive(file, MAX_WHOLE_UNPACKED_BYTES)
    values = _workbook(file, read_only=False, data_only=True)
    formulas = _workbook(file, read_only=False, data_only=False) if has_formulas else None
    try:
        return [
            _whole(sheet, formulas[sheet.title] if formulas else None)
            for sheet in values.worksheets
            if sheet.sheet_state == "visible"
        ]
    except Exception as error:  # XML of strangers fails in too many ways to list them
        raise WorkbookError(DAMAGED) from error


def _whole(sheet, formulas) -> WholeSheet:
    rows: dict[int, dict[int, Cell]] = {}
    last = min(sheet.max_row, MAX_WHOLE_ROWS + 1)
    formula_rows = formulas.iter_rows(max_row=last) if formulas else repeat(())
    for number, (row, formula_row) in enumerate(
        zip(sheet.iter_rows(max_row=last), formula_rows, strict=False), 1
    ):
        cells = {cell.column: _value(cell) for cell in row if cell.value is not None}
        for cell in formula_row:
            if cell.data_type == FORMULA:
                cells.setdefault(cell.column, Unusable(str(cell.value), NO_RESULT))
        cells = {column: value for column, value in cells.items() if value != ""}
        if cells:
            rows[number] = cells
    if MAX_WHOLE_ROWS + 1 in rows:
        raise WorkbookError(TOO_MANY_ROWS)
    hidden = {
        column
        for each in sheet.column_dimensions.values()
        if each.hidden and each.min
        for column in range(each.min, min(each.max, MOST_COLUMNS) + 1)
    }
    return WholeSheet(
        sheet.title.strip(),
        rows,
        [(each.min_row, each.max_row, each.min_col, each.max_col) for each in sheet.merged_cells],
        hidden,
        {number for number, each in sheet.row_dimensions.items() if each.hidden},
    )


def _workbook(file: BinaryIO, *, read_only: bool, data_only: bool) -> openpyxl.Workbook:
    try:
        return openpyxl.load_workbook(
            file, read_only=read_only, data_only=data_only, keep_links=False
        )
    except Exception as error:
        raise WorkbookError(DAMAGED) from error


def _sheets(file: BinaryIO, *, data_only: bool) -> dict[str, ReadOnlyWorksheet]:
    """The sheets by name; those that other office programs keep for themselves are left out."""
    workbook = _workbook(file, read_only=True, data_only=data_only)
    sheets = {}
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "veryHidden":
            # What the file says of its own size is not to be trusted.
            sheet.reset_dimensions()
            sheets[sheet.title.strip()] = sheet
    return sheets


def _value(cell: ReadOnlyCell) -> Cell:
    if cell.data_type == ERROR:
        return Unusable(str(cell.value), ERROR_VALUE)
    return _clean(cell.value) if isinstance(cell.value, str) else cell.value


def check_size(file: BinaryIO):
    if file.seek(0, 2) > MAX_FILE_BYTES:
        raise WorkbookError(TOO_BIG)
    file.seek(0)


def _check_archive(file: BinaryIO, most: int) -> bool:
    """Refuse what must not be opened; whether there are formulas in the file."""
    head = file.read(len(OLE_SIGNATURE))
    file.seek(0)
    if head == OLE_SIGNATURE:
        raise WorkbookError(ENCRYPTED if ENCRYPTED_STREAM in file.read() else OLD_FORMAT)
    try:
        archive = zipfile.ZipFile(file)
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > most:
            raise WorkbookError(_unpacks_too_big(most))
        if any(part.flag_bits & 1 for part in parts):
            raise WorkbookError(ENCRYPTED)
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:
            raise WorkbookError(NOT_A_WORKBOOK)
        if "xl/vbaProject.bin" in names:
            raise WorkbookError(MACROS)
        return _unpack_once(archive, parts, most)
    except WorkbookError:
        raise
    except zipfile.BadZipFile as error:
        raise WorkbookError(DAMAGED if head[:2] == b"PK" else NOT_A_WORKBOOK) from error
    except Exception as error:  # compressed data of strangers fails in too many ways to list them
        raise WorkbookError(DAMAGED) from error


def _unpacks_too_big(most: int) -> str:
    return f"文件解压后超过{most >> 20}MB，不予接收。请删去多余的格式和内容后再导入。"


def _unpack_once(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], most: int) -> bool:
    """Count what really comes out, as sizes in the directory can lie, and refuse entities.

    Returns whether a formula was seen.
    """
    total = 0
    has_formulas = False
    for part in parts:
        with archive.open(part) as content:
            tail = b""
            while block := content.read(1 << 20):
                total += len(block)
                if total > most:
                    raise WorkbookError(_unpacks_too_big(most))
                text = tail + block
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise WorkbookError(DAMAGED)
                has_formulas = has_formulas or FORMULA_TAG.search(text) is not None
                tail = block[-16:]
    return has_formulas


def _clean(text: str) -> str:
    """Line breaks as one character, no blanks around; Excel's spelt-out carriage return goes."""
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
