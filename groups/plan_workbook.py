"""A year's plan as one sheet, out to be edited and in again: what would change, or what is wrong.

Rows are known by their number; a row without one is a new item, an item without a row is to go.
Nothing is written here, see ``planning.apply``.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from congress import editing, workbook
from congress.cells import MONTHS, TEXT, Choice, WholeNumber
from congress.unsaved import problems
from congress.workbook import CellError, Column, Errors, Row, Sheet

from . import planning
from .models import DelegateGroup, PlanIssue, PlanItem

SHEET = Sheet(
    "年度工作计划",
    (
        Column("序号", WholeNumber(1, 9999), False, "number"),
        Column("组别", WholeNumber(1, 200)),
        Column("项目", TEXT, True, "title", width=34),
        Column("类型", Choice(tuple(PlanItem.Kind.choices)), True, "kind", width=11),
        Column("计划月份", MONTHS, True, width=11),
        Column("计划数量", WholeNumber(1), True, "planned_count", width=11),
        Column("责任人", TEXT, True, "responsible", width=20),
        Column("参加对象", TEXT, False, "participants", width=20),
        Column("备注", TEXT, False, "note", width=28),
    ),
)
_HEADINGS = SHEET.heading_of | {
    "group": "组别",
    "first_month": "计划月份",
    "last_month": "计划月份",
}
MOST_ROWS = 500


@dataclass
class PlanChanges:
    """What a sheet would change: items as they would be, with the words before and after."""

    added: list[PlanItem] = field(default_factory=list)
    changed: list[tuple[PlanItem, str, str]] = field(default_factory=list)
    deleted: list[PlanItem] = field(default_factory=list)
    issues: list[PlanIssue] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.deleted)

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """(what happens to which item, before, after)."""
        return [
            *((f"修改第{item.number}项“{item}”", old, new) for item, old, new in self.changed),
            *((f"增加“{item}”", "", planning.told(item)) for item in self.added),
            *((f"删除第{item.number}项“{item}”", planning.told(item), "") for item in self.deleted),
        ]

    @property
    def fingerprint(self) -> str:
        versions = [(item.pk, item.version) for item, _, _ in self.changed]
        versions += [(item.pk, item.version) for item in self.deleted]
        return editing.fingerprint((self.told, versions))


def write(file: BinaryIO, items: Sequence[PlanItem]) -> None:
    records = [
        SHEET.record(
            item,
            {
                "组别": item.group and item.group.ordinal,
                "计划月份": (item.first_month, item.last_month),
            },
        )
        for item in items
    ]
    workbook.write(file, [(SHEET, records)])


def read(
    file: BinaryIO, year: int, items: Sequence[PlanItem], groups: Sequence[DelegateGroup | None]
) -> tuple[PlanChanges, Errors]:
    """The changes to these items, which are all that the user may change, and all errors.

    ``groups`` are those whose plans may be changed, None being the township. Raises
    ``WorkbookError``.
    """
    errors = Errors()
    rows = workbook.read(file, [SHEET], errors)[SHEET.name]
    if not rows and not errors:
        errors.add(CellError(SHEET.name, 0, "", "", "表中没有项目，请核对是否选错了文件。"))
    if len(rows) > MOST_ROWS:
        rows[MOST_ROWS].refuse("", f"一年的计划最多{MOST_ROWS}项，请删去多余的行。")
    reading = _Reading(year, items, groups)
    for row in rows[: MOST_ROWS + 1]:
        reading.take(row)
    return reading.finish(), errors


class _Reading:
    def __init__(self, year, items, groups):
        self.year = year
        self.known = {item.number: item for item in items}
        self.by_ordinal = {each and each.ordinal: each for each in groups}
        self.rows: dict[int, int] = {}
        self.changes = PlanChanges()

    def take(self, row: Row) -> None:
        number = row["序号"]
        item = self._item_of(row, number)
        if row.faulty or item is None:
            return
        before = copy.copy(item)
        months = row["计划月份"]
        values = {
            column.field: row[column.heading]
            for column in SHEET.columns
            if column.field and column.field != "number"
        } | {"first_month": months[0], "last_month": months[1]}
        same_group = item.pk and row["组别"] == (item.group and item.group.ordinal)
        if not same_group:
            if row["组别"] not in self.by_ordinal:
                row.refuse("组别", self._unknown_group())
                return
            item.group = self.by_ordinal[row["组别"]]
        for name, value in values.items():
            setattr(item, name, value)
        for name, message in problems(item, [*values]):
            row.refuse(_HEADINGS.get(name, ""), message)
        if row.faulty:
            return
        if item.pk is None:
            self.changes.added.append(item)
            return
        old, new = planning.differing(before, item)
        if old:
            self.changes.changed.append((item, old, new))

    def _item_of(self, row: Row, number: int | None) -> PlanItem | None:
        if row["序号"] is None:
            # A number that could not be read is an error already.
            return None if row.shown["序号"] else PlanItem(year=self.year)
        if number in self.rows:
            row.refuse("序号", f"序号与第{self.rows[number]}行重复，请删去或改正。")
            return None
        self.rows[number] = row.number
        if number not in self.known:
            row.refuse("序号", "计划中没有这个序号；新增的项目，序号请留空。")
            return None
        return copy.copy(self.known[number])

    def _unknown_group(self) -> str:
        words = [str(each or f"空（{planning.TOWNSHIP}）") for each in self.by_ordinal]
        return f"组别只能是：{'、'.join(words)}。"

    def finish(self) -> PlanChanges:
        changes = self.changes
        changes.deleted = [item for number, item in self.known.items() if number not in self.rows]
        touched = {item.group_id for item in (*changes.added, *changes.deleted)}
        for item, _, _ in changes.changed:
            touched |= {item.group_id, self.known[item.number].group_id}
        changes.issues = planning.issued(self.year, touched) if touched else []
        return changes
