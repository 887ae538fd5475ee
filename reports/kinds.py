"""Which part of a year a report is about: all of it, a half, a quarter, or any days."""

import calendar
import datetime

from django.db import models

from congress.numerals import ordinal
from congress.periods import Period


class Kind(models.TextChoices):
    YEAR = "year", "年度"
    HALF = "half", "半年"
    QUARTER = "quarter", "季度"
    SPAN = "span", "自定时段"


#: Of how many months each kind is.
MONTHS = {Kind.YEAR: 12, Kind.HALF: 6, Kind.QUARTER: 3}


def days_of(kind: str, year: int, number: int = 1) -> Period:
    """The days of a year, of its first or second half, or of one of its quarters."""
    months = MONTHS[Kind(kind)]
    first, last = (number - 1) * months + 1, number * months
    end = datetime.date(year, last, calendar.monthrange(year, last)[1])
    return Period(datetime.date(year, first, 1), end)


def number_of(kind: str, day: datetime.date) -> int:
    """In which half or quarter of its year a day lies; 1 for the year itself and for any days."""
    return (day.month - 1) // MONTHS.get(kind, 12) + 1


def month_span(first: datetime.date, last: datetime.date) -> str:
    """3月至5月; 3月; empty where they lie in two years."""
    if first.year != last.year:
        return ""
    return f"{first.month}月" if first.month == last.month else f"{first.month}月至{last.month}月"


def part_name(kind: str, first: datetime.date) -> str:
    """上半年, 第三季度; empty for a year and for any days."""
    number = number_of(kind, first)
    if kind == Kind.HALF:
        return ("上半年", "下半年")[number - 1]
    return f"{ordinal(number)}季度" if kind == Kind.QUARTER else ""
