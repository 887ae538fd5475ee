"""Names in the order of strokes, as official lists have it.

``stroke_order.txt`` holds the facts: line n has the characters of n strokes, in the order of their
strokes (横竖撇点折). A character outside 通用规范汉字表 follows a hyphen. Where they come from:

- the 8,105 characters of 通用规范汉字表 (国务院 2013): list and order of the table, and the strokes
  of GF 0023—2020《通用规范汉字笔顺规范》; the order within each of its three levels is kept;
- the other characters of GB 13000.1 (U+4E00 to U+9FA5): strokes of GF 3002—1999, for older names
  such as 珮 and 榮. Where tables of it differ, the reading of most of them was taken.

Two ways to compare names are in use, and they differ only where a name has two characters:

- 姓氏笔画 (中国共产党代表大会, 政协): its second character counts as a gap, so that 田富 stands
  before 田大利;
- 姓名笔画 (全国和地方各级人民代表大会): character by character, so that 田富 stands after 田大利.

Compound surnames and long names go by their first character alike (collections of office practice:
「姓名姓氏笔画排序规则及区别」, 「姓名笔画的排列方法」; the law prescribes strokes, not the way).
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("stroke_order.txt")
_ENTRY = re.compile(r"(-?)(.)")
#: Before every character: what is missing comes first.
_GAP = (0, 0)

Key = tuple[tuple[int, int], ...]


@cache
def _places() -> dict[str, int]:
    """How many characters stand before each one."""
    signs = (sign for line in _lines() for _, sign in line)
    return {sign: place for place, sign in enumerate(signs)}


@cache
def general_characters() -> str:
    """The 8,105 characters of 通用规范汉字表, in the order of strokes."""
    return "".join(sign for line in _lines() for outside, sign in line if not outside)


@cache
def _lines() -> list[list[tuple[str, str]]]:
    return [_ENTRY.findall(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]


def by_full_name(name: str) -> Key:
    """Sorts by 姓名笔画. What has no place stands behind all that have one, by code point."""
    places = _places()
    return tuple(
        (1, places[sign]) if sign in places else (2, ord(sign)) for sign in _compared(name)
    )


def by_surname(name: str) -> Key:
    """Sorts by 姓氏笔画: of one surname, names of two characters stand before longer ones."""
    key = by_full_name(name)
    return (key[0], _GAP, key[1]) if len(key) == 2 else key


def without_place(name: str) -> str:
    """The characters of a name that cannot be sorted by strokes, each once."""
    return "".join(dict.fromkeys(sign for sign in _compared(name) if sign not in _places()))


def _compared(name: str) -> list[str]:
    """Without the separator in names of other peoples, and variation selectors."""
    return [sign for sign in name if sign != "·" and unicodedata.category(sign) != "Mn"]
