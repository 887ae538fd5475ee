"""发文字号: 机关代字, 〔year〕, 顺序号 (GB/T 9704—2012 7.2.5), read and written as ruled."""

import re
from dataclasses import dataclass

from congress.cells import FIRST_YEAR, LAST_YEAR

#: What people type around the year; only 〔〕 is right.
BRACKETS = re.compile(r"[\[\(［（【〔{｛〈<]\s*(\d{4})\s*年?\s*[\]\)］）】〕}｝〉>]")
DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
#: 不编虚位, 不加“第”字.
SERIAL = re.compile(r"(?<=〕)\s*(?:第\s*)?0*(\d+)\s*号?$")
NUMBER = re.compile(r"(?P<office>.+)〔(?P<year>\d{4})〕(?P<serial>[1-9]\d{0,5})号")


@dataclass(frozen=True)
class DocumentNumber:
    office: str
    year: int
    serial: int

    @property
    def series(self) -> str:
        return f"{self.office}〔{self.year}〕"

    def __str__(self):
        return number_in(self.series, self.serial)


def number_in(series: str, serial: int) -> str:
    return f"{series}{serial}号"


def written_right(text: str) -> str:
    """The number as the rule has it: [2020] and （2020） become 〔2020〕, 第01号 becomes 1号.

    What is no such number, 第1号 for instance, stays but for blanks around it.
    """
    text = BRACKETS.sub(r"〔\1〕", text.strip().translate(DIGITS))
    if "〔" not in text:
        return text
    return SERIAL.sub(r"\1号", re.sub(r"\s+", "", text))


def parsed(text: str) -> DocumentNumber | None:
    """The parts of a number that is written right; None where it belongs to no yearly series."""
    found = NUMBER.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        return None
    return DocumentNumber(found["office"], int(found["year"]), int(found["serial"]))


def series_and_serial(text: str) -> tuple[str, int | None]:
    """What is stored beside a number, so that the database counts; empty for a free number."""
    number = parsed(text)
    return (number.series, number.serial) if number else ("", None)
