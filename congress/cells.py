"""What may stand in a cell: each kind reads a cell into a value and writes it back.

``read`` gets a filled cell and returns the value or raises ``ValueError`` with the sentence that
says what to do; ``empty`` is the value of an empty cell. ``write`` returns what stands in the
cell of an exported sheet.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .workbook_file import Cell, Unusable

FIRST_YEAR, LAST_YEAR = 1900, 2100
MAX_WHOLE_NUMBER = 999_999_999
MAX_TEXT = 30_000

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00(?::00)?)?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](?:\d{1,2}日?)?)?")
_SPAN = re.compile(r"(\d{1,2})(?:月)?(?:[-‐‑–—~～至到](\d{1,2})(?:月)?)?")


def plain(cell: Cell) -> str:
    """A cell as text, as the sheet shows it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Unusable):
        return cell.shown
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == datetime.time() else f"{cell:%Y-%m-%d %H:%M}"
    return str(cell).strip()


def _ascii(cell: Cell) -> str:
    """Text of a number or date, with full-width digits and signs made plain."""
    return unicodedata.normalize("NFKC", plain(cell)).strip()


@dataclass(frozen=True)
class Text:
    empty = ""

    def read(self, cell: Cell) -> str:
        text = plain(cell)
        if len(text) > MAX_TEXT:
            raise ValueError(f"文字超过{MAX_TEXT}字，请缩短。")
        return text

    def write(self, value: str) -> str | None:
        return value or None


@dataclass(frozen=True)
class WholeNumber:
    empty = None
    lowest: int = 0
    highest: int = MAX_WHOLE_NUMBER

    def read(self, cell: Cell) -> int:
        text = _ascii(cell)
        if isinstance(cell, bool) or not re.fullmatch(r"[+-]?\d{1,12}(\.0*)?", text):
            raise ValueError("这里要填整数。")
        number = int(text.partition(".")[0])
        if not self.lowest <= number <= self.highest:
            limits = f"{self.lowest}至{self.highest}"
            if self.highest == MAX_WHOLE_NUMBER:
                limits = f"不小于{self.lowest}" if number < self.lowest else f"不大于{self.highest}"
            raise ValueError(f"这里要填{limits}的整数。")
        return number

    def write(self, value: int | None) -> int | None:
        return value


@dataclass(frozen=True)
class Day:
    empty = None

    def read(self, cell: Cell) -> datetime.date:
        if isinstance(cell, datetime.datetime):
            return self._checked(cell.date())
        if isinstance(cell, datetime.date):
            return self._checked(cell)
        match = _DATE.fullmatch(_ascii(cell)) if isinstance(cell, str) else None
        if not match:
            raise ValueError("这里要填日期：用日期格式的单元格，或写成2020-01-15的样子。")
        try:
            return self._checked(datetime.date(*map(int, match.groups())))
        except ValueError:
            raise ValueError("没有这一天，请核对年、月、日。") from None

    def write(self, value: datetime.date | None) -> datetime.date | None:
        return value

    @staticmethod
    def _checked(day: datetime.date) -> datetime.date:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError("年份不对，请核对。")
        return day


@dataclass(frozen=True)
class Month:
    """A month as its first day."""

    empty = None

    def read(self, cell: Cell) -> datetime.date:
        if isinstance(cell, datetime.date):
            return Day().read(cell).replace(day=1)
        match = _MONTH.fullmatch(_ascii(cell)) if isinstance(cell, str) else None
        if match:
            year, month = map(int, match.groups())
            if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
                return datetime.date(year, month, 1)
        raise ValueError("这里要填年月：写成1975-03的样子。")

    def write(self, value: datetime.date | None) -> str | None:
        return value and f"{value:%Y-%m}"


@dataclass(frozen=True)
class Months:
    """A month of the year or a span of months: ``10``, ``3-12``; read as (first, last)."""

    empty = None

    def read(self, cell: Cell) -> tuple[int, int]:
        if isinstance(cell, datetime.date):
            raise ValueError("Excel把月份变成了日期；请先把单元格格式设为“文本”，再填10或3-12。")
        match = _SPAN.fullmatch(re.sub(r"\s", "", _ascii(cell)))
        if match and not isinstance(cell, bool):
            first = int(match[1])
            last = int(match[2] or first)
            if 1 <= first <= last <= 12:
                return first, last
        raise ValueError("这里要填月份：一个月写10，几个月写3-12。")

    def write(self, value: tuple[int, int]) -> int | str:
        first, last = value
        return first if first == last else f"{first}-{last}"


@dataclass(frozen=True)
class Choice:
    """One of a closed list of words, read as the stored value that stands for it."""

    empty = ""
    options: tuple[tuple[Any, str], ...]

    def read(self, cell: Cell) -> Any:
        shown = plain(cell)
        for value, word in self.options:
            if word == shown:
                return value
        words = "、".join(word for _, word in self.options)
        raise ValueError(f"这里只能填：{words}。")

    def write(self, value: Any) -> str | None:
        return dict(self.options).get(value)


@dataclass(frozen=True)
class Listed:
    """Several texts in one cell, separated by 、; read as a tuple without blanks or doubles."""

    empty = ()

    def read(self, cell: Cell) -> tuple[str, ...]:
        entries = [entry.strip() for entry in plain(cell).split("、")]
        entries = [entry for entry in entries if entry]
        if not entries:
            raise ValueError("这里至少填一项，各项以“、”分隔。")
        doubled = next((entry for entry in entries if entries.count(entry) > 1), None)
        if doubled:
            raise ValueError(f"“{doubled}”写了两次，请删去一个。")
        return tuple(entries)

    def write(self, value: Sequence[str]) -> str | None:
        return "、".join(value) or None


TEXT = Text()
DAY = Day()
MONTH = Month()
MONTHS = Months()
LIST = Listed()
COUNT = WholeNumber()
YEAR = WholeNumber(FIRST_YEAR, LAST_YEAR)
YES_NO = Choice(((True, "是"), (False, "否")))
