"""Working days by the State Council's holiday calendar, make-up days included.

Source: the package ``chinesecalendar``, which knows the years whose calendar has been published.
For other years Monday to Friday count, and the answer says that it is only an estimate.
"""

import datetime
from dataclasses import dataclass

import chinese_calendar
from chinese_calendar.constants import holidays

_KNOWN_YEARS = range(min(holidays).year, max(holidays).year + 1)


@dataclass(frozen=True)
class WorkdayCount:
    """The day that a count of working days ends on; certain if every year was published."""

    day: datetime.date
    is_certain: bool = True


def is_workday(day: datetime.date) -> bool:
    if day.year in _KNOWN_YEARS:
        return chinese_calendar.is_workday(day)
    return day.weekday() < 5


def after_workdays(day: datetime.date, count: int) -> WorkdayCount:
    """The ``count``-th working day after ``day``; the day itself is not counted (民法典 201)."""
    if count < 1:
        raise ValueError("工作日数至少为1")
    while count:
        day += datetime.timedelta(days=1)
        count -= is_workday(day)
    return WorkdayCount(day, is_certain=day.year in _KNOWN_YEARS)
