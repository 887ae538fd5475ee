"""Working days by the State Council's holiday calendar, make-up days included.

Two sources: the package ``chinesecalendar``, which knows the years whose calendar has been
published, and over it the office's own 放假和调休 (``SpecialDay``). A year is known if it is in the
package or the office has entered its New Year's Day and National Day; of other years only the days
entered are, else Monday to Friday count, and every answer says that it is only an estimate.
"""

import datetime
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass

import chinese_calendar
from chinese_calendar.constants import holidays

from .models import SpecialDay
from .periods import Period

_PUBLISHED_YEARS = range(min(holidays).year, max(holidays).year + 1)
#: Month and day of the holidays that begin and end a year's list; with both entered it is complete.
_FIRST_AND_LAST_HOLIDAY = ((1, 1), (10, 1))
_HOLIDAY_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


@dataclass(frozen=True)
class WorkdayCount:
    """The day that a count of working days or months ends on; certain if its years are known."""

    day: datetime.date
    is_certain: bool = True


class WorkCalendar:
    """The published calendar with the office's own days over it, which were read once."""

    def __init__(self, special_days: Iterable[SpecialDay] = ()):
        self._special = {special.date: special for special in special_days}

    @classmethod
    def since(cls, day: datetime.date) -> "WorkCalendar":
        """For the days of that year and later; one query."""
        return cls(SpecialDay.objects.filter(date__year__gte=day.year))

    @classmethod
    def of(cls, period: Period) -> "WorkCalendar":
        """For the days of these years; one query."""
        years = (period.first.year, period.last.year)
        return cls(SpecialDay.objects.filter(date__year__range=years))

    def is_certain(self, day: datetime.date) -> bool:
        return (
            day.year in _PUBLISHED_YEARS
            or day in self._special
            or all(
                datetime.date(day.year, *holiday) in self._special
                for holiday in _FIRST_AND_LAST_HOLIDAY
            )
        )

    def is_workday(self, day: datetime.date) -> bool:
        if day in self._special:
            return self._special[day].is_workday
        if day.year in _PUBLISHED_YEARS:
            return chinese_calendar.is_workday(day)
        return day.weekday() < 5

    def falls_on(self, day: datetime.date) -> str:
        """What kind of day it is where that matters: 周末, 国庆节, 周末，调休上班; else empty."""
        weekend = "周末" if day.weekday() >= 5 else ""
        if self.is_workday(day):
            return f"{weekend}，调休上班" if weekend else ""
        special = self._special.get(day)
        if special:
            return special.note or "放假"
        if day.year in _PUBLISHED_YEARS:
            name = chinese_calendar.get_holiday_detail(day)[1]
            return _HOLIDAY_NAMES.get(name, "放假") if name else weekend
        return weekend

    def after_workdays(self, day: datetime.date, count: int) -> WorkdayCount:
        """The ``count``-th working day after ``day``, which is not counted itself (民法典 201)."""
        if count < 1:
            raise ValueError("工作日数至少为1")
        is_certain = True
        while count:
            day += datetime.timedelta(days=1)
            count -= self.is_workday(day)
            is_certain = is_certain and self.is_certain(day)
        return WorkdayCount(day, is_certain=is_certain)

    def after_months(self, day: datetime.date, count: int) -> WorkdayCount:
        """The end of a term of months that begins on ``day`` (民法典 200–203).

        The first day does not count, a month without the corresponding day ends on its last, and a
        last day off moves on to the next working day.
        """
        years, month = divmod(day.month - 1 + count, 12)
        year, month = day.year + years, month + 1
        end = datetime.date(year, month, min(day.day, monthrange(year, month)[1]))
        due = self.next_workday(end)
        return WorkdayCount(due, is_certain=self.is_certain(end) and self.is_certain(due))

    def next_workday(self, day: datetime.date) -> datetime.date:
        """The day itself if it is a working day, else the first one after it."""
        return self._nearest(day, datetime.timedelta(days=1))

    def previous_workday(self, day: datetime.date) -> datetime.date:
        """The day itself if it is a working day, else the last one before it."""
        return self._nearest(day, datetime.timedelta(days=-1))

    def _nearest(self, day: datetime.date, step: datetime.timedelta) -> datetime.date:
        while not self.is_workday(day):
            day += step
        return day
