"""Each person's duties in order of time: last turn, next turn, turns this year."""

import datetime
from bisect import bisect_left, insort
from collections import defaultdict

from .availability import Availability
from .case import Status


def months_between(earlier: datetime.date, later: datetime.date) -> int:
    """Calendar months, as the office counts them: from March to August are 5."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


class Diary:
    """Duties of the past and of the held and fixed days; picks are entered as they are made."""

    def __init__(self, availability: Availability):
        case = availability.case
        self._turns = defaultdict(list)
        self._missed = defaultdict(list)
        for duty in case.past:
            self.enter(duty.person, duty.date, duty.status)
        for day in case.days:
            for duty in day.duties:
                person = availability.member(day.group, duty.mandate).person
                self.enter(person, day.date, duty.status)

    def enter(self, person, date: datetime.date, status: Status = Status.ON_DUTY) -> None:
        if status is Status.ON_DUTY and date not in self._turns[person]:
            insort(self._turns[person], date)
        elif status is Status.ABSENT:
            insort(self._missed[person], date)

    def last_turn(self, person, date: datetime.date) -> datetime.date | None:
        turns = self._turns[person]
        place = bisect_left(turns, date)
        return turns[place - 1] if place else None

    def turns_this_year(self, person, date: datetime.date) -> int:
        """Turns of that year before the date."""
        return sum(turn.year == date.year and turn < date for turn in self._turns[person])

    def was_absent_last(self, person, date: datetime.date) -> bool:
        """Absent since the last turn taken before the date."""
        last = self.last_turn(person, date)
        return any(
            missed < date and (last is None or missed > last) for missed in self._missed[person]
        )

    def gap(self, person, date: datetime.date) -> int | None:
        """Months to the nearest other turn before or after the date; none without one."""
        gaps = [abs(months_between(turn, date)) for turn in self._turns[person] if turn != date]
        return min(gaps, default=None)
