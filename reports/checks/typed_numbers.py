"""Numbers that people type: read, and held against a figure (GB/T 15835; domain reference E.3)."""

import re
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
#: A number as typed, with what makes it a round one; no part of a range or of an ordinal.
NUMBER = (
    r"(?<![\d.第—～~\-至一二三四五六七八九十百千两])"
    r"(?P<lead>近|约|大约|超过|不少于|不足)?"
    r"(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九十百千两零〇]+)"
    r"(?P<tail>余|多|左右|以上)?"
)


def number_of(text: str) -> Decimal:
    """120, 91.3, 一百二十, 三十."""
    if text[0].isdigit() and text.isascii():
        return Decimal(text)
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return Decimal(total + digit)


def bears_out(typed: re.Match, value: Decimal) -> bool:
    """Whether a count is what was typed: exactly, or as the words around the number say."""
    number, lead, tail = number_of(typed["number"]), typed["lead"] or "", typed["tail"] or ""
    if tail in ("余", "多") and tail:
        return number < value < number + _unit(number)
    if lead in ("约", "大约") or tail == "左右":
        return abs(value - number) * 10 <= number
    if lead == "近":
        return number * 9 <= value * 10 < number * 10
    if lead == "超过":
        return value > number
    if lead == "不少于" or tail == "以上":
        return value >= number
    if lead == "不足":
        return value < number
    return value == number


def _unit(number: Decimal) -> int:
    """100 for 300, 10 for 150: what 余 leaves open."""
    unit = 1
    while number and number % (unit * 10) == 0:
        unit *= 10
    return unit


def bears_out_percent(typed: re.Match, part: int, whole: int) -> bool:
    """Whether a rate is what was typed, to as many decimals as were typed."""
    if not whole:
        return False
    exact = Decimal(part) * 100 / Decimal(whole)
    if typed["lead"] or typed["tail"]:
        return bears_out(typed, exact)
    number = number_of(typed["number"])
    return exact.quantize(number, ROUND_HALF_UP) == number
