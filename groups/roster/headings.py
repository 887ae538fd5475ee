"""Which column of a roster holds what: found by the meaning of its heading, on any row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from congress.cells import plain
from congress.workbook_file import Cell

from .cells import squeezed

#: Heading in the ledger's words -> how rosters write it, without white space.
MEANINGS: dict[str, tuple[str, ...]] = {
    "代表证号": ("代表证编号", "代表证号码", "证号", "代表证", "代表编号", "证件编号"),
    "姓名": ("代表姓名", "名字", "姓名全称"),
    "性别": ("男女",),
    "出生年月": ("出生年月日", "出生日期", "生日", "出生时间", "出生"),
    "民族": (),
    "文化程度": ("学历", "文化", "学历学位", "教育程度"),
    "政治面貌": ("党派", "政治", "政治面目"),
    "工作单位及职务": ("工作单位", "单位及职务", "单位职务", "工作单位和职务", "职务", "职业"),
    "联系电话": ("电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "移动电话"),
    "身份证号": ("身份证号码", "身份证", "公民身份号码", "居民身份证号"),
    "代表层级": ("层级", "级别", "代表级别", "代表类别", "县镇"),
    "选区": ("所属选区", "选举单位", "所在选区", "选区名称", "原选区"),
    "所属小组": ("代表小组", "小组", "组别", "所在小组", "所属代表小组"),
    "组内职务": ("小组职务", "组内分工", "小组内职务"),
    "当选日期": ("当选时间", "当选年月日", "任职日期"),
    "状态": ("任职状态", "代表状态", "在任情况"),
    "备注": ("说明", "附注"),
}
REQUIRED = ("代表证号", "姓名", "性别", "出生年月", "选区", "所属小组", "当选日期")
#: Columns that say nothing of a delegate, and what a clerk is told of them.
KNOWN_OTHERS = {"序号", "编号", "顺序号", "行号"}
LEAST_MATCHED = 4

_BY_WORDS = {words: heading for heading, others in MEANINGS.items() for words in (heading, *others)}
_REMARK = re.compile(r"[(（].*?[)）]|[*＊：:]")


@dataclass(frozen=True)
class FoundColumn:
    """A column as the file has it; ``meaning`` is empty where it is not taken in, with the why."""

    number: int
    shown: str
    meaning: str
    why: str = ""

    @property
    def key(self) -> str:
        return key_of(self.shown)


def key_of(shown: str) -> str:
    """A heading without white space, remarks in brackets and marks: what is compared and kept."""
    return _REMARK.sub("", squeezed(shown))[:50]


def meaning_of(shown: str, remembered: Mapping[str, str]) -> str:
    """By hand matches first (also "taken for nothing"), then the usual words."""
    key = key_of(shown)
    return remembered[key] if key in remembered else _BY_WORDS.get(key, "")


def heading_row(
    rows: Mapping[int, Mapping[int, Cell]], remembered: Mapping[str, str]
) -> tuple[int, dict[int, str]] | None:
    """The row with the most different meanings, and its headings by column; None without any.

    A heading that spans two rows (基本情况 over 姓名, 性别 …) is completed from the row below it.
    """
    best: tuple[int, int] | None = None
    for number, cells in rows.items():
        meanings = {meaning_of(plain(cell), remembered) for cell in cells.values()} - {""}
        if len(meanings) >= LEAST_MATCHED and (best is None or len(meanings) > best[0]):
            best = (len(meanings), number)
    if best is None:
        return None
    number = best[1]
    headings = {column: plain(cell) for column, cell in rows[number].items()}
    taken = {meaning_of(shown, remembered) for shown in headings.values()}
    for neighbour in (number - 1, number + 1):
        for column, cell in rows.get(neighbour, {}).items():
            meaning = meaning_of(plain(cell), remembered)
            if meaning and meaning not in taken:
                headings[column] = plain(cell)
                taken.add(meaning)
    return number, headings


def is_heading_again(cells: Mapping[int, Cell], headings: Mapping[int, str]) -> bool:
    """Whether a row repeats the headings, as on the next page of a printed roster."""
    repeated = [
        column
        for column, shown in headings.items()
        if key_of(plain(cells.get(column, ""))) == key_of(shown)
    ]
    return len(repeated) >= LEAST_MATCHED


def columns_of(
    headings: Mapping[int, str], hidden: set[int], remembered: Mapping[str, str]
) -> list[FoundColumn]:
    """Each column with what it is taken for; of two of one meaning the first one counts."""
    found: list[FoundColumn] = []
    for number, shown in sorted(headings.items()):
        meaning, why = meaning_of(shown, remembered), ""
        earlier = next((each for each in found if meaning and each.meaning == meaning), None)
        if number in hidden:
            meaning, why = "", "隐藏的列，不导入；要导入请先取消隐藏"
        elif earlier:
            meaning, why = "", f"“{earlier.shown}”一列已作为{meaning}，这一列不导入"
        elif key_of(shown) in KNOWN_OTHERS:
            why = "只是顺序，不导入"
        elif not meaning:
            why = "不是花名册的栏目，不导入"
        found.append(FoundColumn(number, shown, meaning, why))
    return found
