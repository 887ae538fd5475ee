"""An .xlsx file that somebody sent: refused in one sentence, or opened as sheets of plain cells.

Only what a table of records needs is read: sheet names, texts, numbers, dates and the cached
values of formulas. Everything else in the file (styles, drawings, validations, broken extensions
of other office programs) is passed over. Rows are streamed; memory grows with the texts only.
"""

import datetime
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel, from_ISO8601

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 2000

OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
RELATIONSHIP_ID = "id"

NOT_A_WORKBOOK = "这不是Excel工作簿（.xlsx）。请用Excel或WPS打开原表，另存为.xlsx文件后再导入。"
ENCRYPTED = "文件加了打开密码，无法读取。请在Excel中取消密码、重新保存后再导入。"
OLD_FORMAT = "这是旧版Excel文件（.xls）。请另存为.xlsx文件后再导入。"
MACROS = "文件含有宏，不予接收。请另存为不含宏的.xlsx文件后再导入。"
TOO_BIG = "文件超过20MB，不予接收。请删去图片等无关内容后再导入。"
UNPACKS_TOO_BIG = "文件解压后超过200MB，不予接收。请删去多余的格式和内容后再导入。"
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

    Column numbers start at 1; empty cells are absent.
    """

    def __init__(self, file: BinaryIO):
        check_size(file)
        self._archive = _open_archive(file)
        try:
            self._read_directory()
        except WorkbookError:
            raise
        except Exception as error:  # XML of strangers fails in too many ways to list them
            raise WorkbookError(DAMAGED) from error

    @property
    def sheet_names(self) -> list[str]:
        return list(self._paths)

    def rows(self, name: str) -> Iterator[tuple[int, dict[int, Cell]]]:
        try:
            yield from self._rows(self._paths[name])
        except Exception as error:
            raise WorkbookError(DAMAGED) from error

    def _read_directory(self):
        names = set(self._archive.namelist())
        if "xl/workbook.xml" not in names:
            raise WorkbookError(NOT_A_WORKBOOK)
        if "xl/vbaProject.bin" in names:
            raise WorkbookError(MACROS)
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in self._tree("xl/_rels/workbook.xml.rels")
        }
        workbook = self._tree("xl/workbook.xml")
        properties = next(_found(workbook, "workbookPr"), None)
        is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._epoch = CALENDAR_MAC_1904 if is_1904 else WINDOWS_EPOCH
        self._paths = {}
        for sheet in _found(workbook, "sheet"):
            # Other office programs keep their own notes in sheets that nobody can see.
            if sheet.get("state") != "veryHidden":
                relation = next(v for k, v in sheet.items() if _local(k) == RELATIONSHIP_ID)
                self._paths[sheet.get("name").strip()] = _part_path(targets[relation])
        self._texts = self._read_texts() if "xl/sharedStrings.xml" in names else []
        self._date_styles = self._read_date_styles() if "xl/styles.xml" in names else set()

    def _tree(self, path: str) -> ElementTree.Element:
        with self._archive.open(path) as part:
            return ElementTree.parse(part).getroot()

    def _read_texts(self) -> list[str]:
        texts = []
        with self._archive.open("xl/sharedStrings.xml") as part:
            root = None
            for event, element in ElementTree.iterparse(part, events=("start", "end")):
                if root is None:
                    root = element
                elif event == "end" and _local(element.tag) == "si":
                    texts.append(_text_of(element))
                    root.clear()
        return texts

    def _read_date_styles(self) -> set[str]:
        """Style numbers whose number format is a date."""
        styles = self._tree("xl/styles.xml")
        formats = {
            int(style.get("numFmtId")): style.get("formatCode")
            for style in _found(styles, "numFmt")
        }
        cell_formats = next(_found(styles, "cellXfs"), ())
        return {
            str(number)
            for number, style in enumerate(cell_formats)
            if is_date_format(_number_format(int(style.get("numFmtId", 0)), formats))
        }

    def _rows(self, path: str) -> Iterator[tuple[int, dict[int, Cell]]]:
        number = 0
        sheet_data = None
        with self._archive.open(path) as part:
            for event, element in ElementTree.iterparse(part, events=("start", "end")):
                tag = _local(element.tag)
                if event == "start":
                    if tag == "sheetData":
                        sheet_data = element
                elif tag == "sheetData":
                    return
                elif tag == "row":
                    number = int(element.get("r", number + 1))
                    if len(element):
                        cells = self._cells(element)
                        if cells:
                            yield number, cells
                    sheet_data.clear()

    def _cells(self, row: ElementTree.Element) -> dict[int, Cell]:
        cells = {}
        column = 0
        for element in row:
            reference = element.get("r")
            if reference:
                column = column_index_from_string(reference.rstrip("0123456789"))
            else:
                column += 1
            value = self._value(element)
            if value is not None and value != "":
                cells[column] = value
        return cells

    def _value(self, cell: ElementTree.Element) -> Cell | None:
        kind = cell.get("t", "n")
        content = formula = None
        for child in cell:
            tag = _local(child.tag)
            if tag == "v":
                content = child.text or ""
            elif tag == "is":
                content = _text_of(child)
            elif tag == "f":
                formula = child.text or ""
        if content is None:
            if formula is None:
                return None
            return Unusable(
                f"={formula}", "公式没有计算结果。请在Excel中重新计算并保存，或把公式改为数值。"
            )
        if kind == "s":
            return self._texts[int(content)]
        if kind in ("str", "inlineStr"):
            return _clean(content)
        if kind == "e":
            return Unusable(content, "单元格里是Excel的错误值，请改为正确的内容。")
        if content == "":
            return None
        if kind == "b":
            return content not in ("0", "false")
        if kind == "d":
            return from_ISO8601(content)
        return self._number(content, cell.get("s", "0"))

    def _number(self, content: str, style: str) -> Cell:
        number = float(content) if set(content) & set(".eEnN") else int(content)
        if style not in self._date_styles:
            return number
        try:
            return from_excel(number, self._epoch)
        except (OverflowError, ValueError):
            return Unusable(content, "不是有效的日期，请按2020-01-15的样子重填。")


def check_size(file: BinaryIO):
    if file.seek(0, 2) > MAX_FILE_BYTES:
        raise WorkbookError(TOO_BIG)
    file.seek(0)


def _open_archive(file: BinaryIO) -> zipfile.ZipFile:
    head = file.read(len(OLE_SIGNATURE))
    file.seek(0)
    if head == OLE_SIGNATURE:
        raise WorkbookError(ENCRYPTED if ENCRYPTED_STREAM in file.read() else OLD_FORMAT)
    try:
        archive = zipfile.ZipFile(file)
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise WorkbookError(UNPACKS_TOO_BIG)
        if any(part.flag_bits & 1 for part in parts):
            raise WorkbookError(ENCRYPTED)
        _unpack_once(archive, parts)
    except WorkbookError:
        raise
    except zipfile.BadZipFile as error:
        raise WorkbookError(DAMAGED if head[:2] == b"PK" else NOT_A_WORKBOOK) from error
    except Exception as error:  # compressed data of strangers fails in too many ways to list them
        raise WorkbookError(DAMAGED) from error
    return archive


def _unpack_once(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]):
    """Sizes in the directory can lie: count what really comes out, and refuse entities."""
    total = 0
    for part in parts:
        with archive.open(part) as content:
            tail = b""
            while block := content.read(1 << 20):
                total += len(block)
                if total > MAX_UNPACKED_BYTES:
                    raise WorkbookError(UNPACKS_TOO_BIG)
                if b"<!DOCTYPE" in tail + block or b"<!ENTITY" in tail + block:
                    raise WorkbookError(DAMAGED)
                tail = block[-16:]


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _found(root: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    return (element for element in root.iter() if _local(element.tag) == tag)


def _part_path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"


def _number_format(number: int, formats: dict[int, str]) -> str:
    return formats.get(number) or BUILTIN_FORMATS.get(number, "General")


def _text_of(element: ElementTree.Element) -> str:
    """Text of a string item: its runs joined, without the phonetic guide."""
    pieces = []
    for child in element:
        tag = _local(child.tag)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag == "r":
            pieces += [part.text or "" for part in child if _local(part.tag) == "t"]
    return _clean("".join(pieces))


def _clean(text: str) -> str:
    """Line breaks as one character, no blanks around; Excel's spelt-out carriage return goes."""
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
