"""A roster read from a workbook: which sheet and columns, and each row as it will be kept."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from congress.cells import plain
from congress.numerals import group_name
from congress.privacy import masked_identity
from congress.tables import in_words
from congress.workbook_file import Cell, WholeSheet, WorkbookError, whole_sheets
from delegates.models import Level
from groups.models import Post

from . import cells as read
from .cells import Unclear
from .headings import (
    MEANINGS,
    REQUIRED,
    FoundColumn,
    columns_of,
    heading_row,
    is_heading_again,
)

NO_HEADINGS = (
    "没有找到栏目名称一行。花名册应有一行写着代表证号、姓名、性别、出生年月等栏目，"
    "请核对后重新上传。"
)
READERS: dict[str, Callable[[Cell], Any]] = {
    "代表证号": read.read_card,
    "姓名": read.read_name,
    "性别": read.read_sex,
    "出生年月": read.read_month,
    "民族": read.read_ethnicity,
    "政治面貌": read.read_party,
    "联系电话": read.read_phone,
    "身份证号": read.read_identity,
    "代表层级": read.read_level,
    "所属小组": read.read_group,
    "组内职务": read.read_post,
    "当选日期": read.read_day,
    "状态": read.read_status,
}
#: What an empty cell or a missing column means, where that is certain.
USUAL = {
    "民族": "汉族",
    "代表层级": Level.TOWN,
    "组内职务": Post.MEMBER,
    "状态": "在任",
    "联系电话": "",
    "身份证号": "",
    "文化程度": "",
    "政治面貌": "",
    "工作单位及职务": "",
    "备注": "",
}
#: Of these an empty cell among filled ones is an omission, not the usual case.
TOLD_EVERYWHERE = ("民族", "代表层级")
TOTALS = re.compile(r"(合计|总计|小计|共计|总人数|共\d+人).*")
LEAST_FILLED = 3


@dataclass(frozen=True)
class Note:
    """A cell that is kept otherwise than it was written."""

    column: str
    written: str
    kept: str


@dataclass
class RosterRow:
    number: int
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    #: (column, what is wrong and what to do).
    errors: list[tuple[str, str]] = field(default_factory=list)

    def __getitem__(self, heading: str) -> Any:
        return self.values[heading]

    def refuse(self, column: str, message: str) -> None:
        self.errors.append((column, message))


@dataclass
class RosterFile:
    """``skipped`` are rows that tell of no delegate, each with the why."""

    sheet: str
    columns: list[FoundColumn]
    rows: list[RosterRow]
    skipped: list[tuple[int, str]]
    remarks: list[str]

    @property
    def missing(self) -> list[str]:
        """Columns without which no row can be taken in."""
        found = {column.meaning for column in self.columns}
        return [heading for heading in REQUIRED if heading not in found]


def read_roster(file: BinaryIO, remembered: Mapping[str, str]) -> RosterFile:
    """Read the sheet that is a roster. Raises ``WorkbookError`` for a file that has none.

    ``remembered``: meaning by heading (``key_of``), as matched by hand; empty for not taken in.
    """
    candidates = []
    for sheet in whole_sheets(file):
        rows = _filled_down(sheet)
        found = heading_row(rows, remembered)
        if found:
            candidates.append((len(rows), sheet, rows, found))
    if not candidates:
        raise WorkbookError(NO_HEADINGS)
    _, sheet, rows, (number, headings) = max(candidates, key=lambda each: each[0])
    columns = columns_of(headings, sheet.hidden_columns, remembered)
    remarks = [
        f"工作表“{other.name}”也像花名册，没有导入；要导入请另存为一个文件。"
        for _, other, _, _ in candidates
        if other is not sheet
    ]
    roster = RosterFile(sheet.name, columns, [], [], remarks)
    for row_number, cells in sorted(rows.items()):
        if row_number > number:
            _read_row(roster, sheet, row_number, cells, headings)
    return roster


def _filled_down(sheet: WholeSheet) -> dict[int, dict[int, Cell]]:
    """Rows in which the value of a merged cell stands for each of the rows it covers."""
    rows = {number: dict(cells) for number, cells in sheet.rows.items()}
    for first, last, column, _ in sheet.merged:
        value = sheet.rows.get(first, {}).get(column)
        for number in range(first + 1, last + 1):
            if value is not None and number in rows:
                rows[number].setdefault(column, value)
    return rows


def _read_row(
    roster: RosterFile,
    sheet: WholeSheet,
    number: int,
    cells: Mapping[int, Cell],
    headings: Mapping[int, str],
) -> None:
    told = {column.meaning: cells.get(column.number) for column in roster.columns if column.meaning}
    own = sheet.rows.get(number, {})
    filled = [
        column for column in roster.columns if column.meaning and own.get(column.number) is not None
    ]
    if is_heading_again(cells, headings):
        roster.skipped.append((number, "重复的栏目名称"))
    elif own and TOTALS.fullmatch(read.squeezed(own[min(own)])):
        roster.skipped.append((number, "合计行"))
    elif len(filled) < LEAST_FILLED:
        shown = "、".join(plain(cell) for cell in own.values())[:40]
        if filled or number not in sheet.rows or not _is_counter(own, roster):
            roster.skipped.append((number, f"不是代表：{shown}"))
    elif number in sheet.hidden_rows:
        roster.skipped.append((number, "隐藏的行，不导入；要导入请先取消隐藏"))
    else:
        roster.rows.append(_row_of(number, told))


def _is_counter(own: Mapping[int, Cell], roster: RosterFile) -> bool:
    """Whether a row has nothing but its number in front: prepared, never filled in."""
    others = {column.number for column in roster.columns if not column.meaning}
    return set(own) <= others


def _row_of(number: int, told: Mapping[str, Cell | None]) -> RosterRow:
    row = RosterRow(number)
    for heading in MEANINGS:
        cell = told.get(heading)
        if cell is None or read.squeezed(cell) == "":
            if heading in REQUIRED or (heading in TOLD_EVERYWHERE and heading in told):
                row.refuse(heading, "必填，这里是空的。")
            row.values[heading] = USUAL.get(heading)
            continue
        try:
            value = READERS.get(heading, read.read_text)(read.usable(cell))
        except Unclear as error:
            row.refuse(heading, str(error))
            row.values[heading] = None
            continue
        row.values[heading] = value
        written = cell if isinstance(cell, str) else plain(cell)
        kept = shown(heading, value)
        if written != kept and heading != "身份证号":
            row.notes.append(Note(heading, written, kept))
    _offer_month(row)
    return row


def _offer_month(row: RosterRow) -> None:
    """An unclear month that the identity number tells is offered, never taken."""
    identity = row["身份证号"]
    if not identity:
        return
    told = f"身份证号写的是{identity[6:10]}年{int(identity[10:12])}月。"
    row.errors = [
        (column, f"{message}{told}" if column == "出生年月" else message)
        for column, message in row.errors
    ]


def shown(heading: str, value: Any) -> str:
    """A value as the preview says it."""
    if heading == "出生年月" and value:
        return f"{value:%Y-%m}"
    if heading == "身份证号" and value:
        return masked_identity(value)
    if heading == "所属小组" and value:
        return group_name(value)
    if heading == "代表层级" and value:
        return str(Level(value).label)
    if heading == "组内职务" and value:
        return str(Post(value).label)
    return in_words(value)
