"""A year of reception days by the township's rule: what is there, and what is missing.

``rule_dates`` is pure; ``plan_year`` asks the database, with as many queries for ten groups as for
one. Nothing is changed here, see ``actions.year``.
"""

import calendar
import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from congress import editing
from congress.models import ReceptionShift, Township
from congress.periods import Period, today
from congress.workdays import WorkCalendar
from groups.models import ActivityRoom, DelegateGroup

from .models import ReceptionDay


@dataclass(frozen=True)
class RuleDate:
    """The date that the rule gives a month; ``falls_on`` says why it is another than ``named``."""

    month: int
    named: datetime.date
    date: datetime.date
    falls_on: str = ""
    is_certain: bool = True

    @property
    def is_shifted(self) -> bool:
        return self.date != self.named


def rule_dates(
    year: int, day_of_month: int, shift: str, work_calendar: WorkCalendar
) -> tuple[RuleDate, ...]:
    """The twelve dates of a year; a day that its month lacks is the month's last."""
    dates = []
    for month in range(1, 13):
        last = calendar.monthrange(year, month)[1]
        named = datetime.date(year, month, min(day_of_month, last))
        date = named
        if shift == ReceptionShift.NEXT:
            date = work_calendar.next_workday(named)
        elif shift == ReceptionShift.PREVIOUS:
            date = work_calendar.previous_workday(named)
        dates.append(
            RuleDate(
                month=month,
                named=named,
                date=date,
                falls_on=work_calendar.falls_on(named),
                is_certain=work_calendar.is_certain(named) and work_calendar.is_certain(date),
            )
        )
    return tuple(dates)


@dataclass(frozen=True)
class GroupMonth:
    """One group in one month: the days it has, or the place where it would receive."""

    group: DelegateGroup
    days: tuple[ReceptionDay, ...] = ()
    place: str = ""
    #: The group existed on that date.
    in_office: bool = True

    @property
    def is_missing(self) -> bool:
        return self.in_office and not self.days

    @property
    def can_be_made(self) -> bool:
        return self.is_missing and bool(self.place)


@dataclass(frozen=True)
class MonthPlan:
    rule: RuleDate
    groups: tuple[GroupMonth, ...]

    @property
    def missing(self) -> list[GroupMonth]:
        return [each for each in self.groups if each.is_missing]

    @property
    def to_make(self) -> list[GroupMonth]:
        return [each for each in self.groups if each.can_be_made]

    @property
    def is_past(self) -> bool:
        return self.rule.date < today()


@dataclass(frozen=True)
class YearPlan:
    year: int
    township: Township
    months: tuple[MonthPlan, ...]

    @property
    def groups(self) -> list[DelegateGroup]:
        return [each.group for each in self.months[0].groups]

    @property
    def to_make(self) -> int:
        return sum(len(month.to_make) for month in self.months)

    @property
    def fingerprint(self) -> str:
        """What would be made, in short; of two plans that say the same it is the same."""
        told = [
            (month.rule.date.isoformat(), [(each.group.pk, each.place) for each in month.to_make])
            for month in self.months
        ]
        return editing.fingerprint(told)

    @property
    def is_certain(self) -> bool:
        return all(month.rule.is_certain for month in self.months)

    @property
    def homeless(self) -> list[DelegateGroup]:
        """Groups that miss a day and have no room to receive in."""
        without = {
            each.group.pk for month in self.months for each in month.missing if not each.can_be_made
        }
        return [group for group in self.groups if group.pk in without]


def plan_year(year: int) -> YearPlan:
    """For every group in office on a date of the rule: its days of that month, or what it lacks."""
    township = Township.current()
    # A day shifted back from 1 January, or on from the end of December, is in another year.
    around = Period(datetime.date(year - 1, 12, 1), datetime.date(year + 1, 1, 31))
    work_calendar = WorkCalendar.of(around)
    before, dates, after = (
        rule_dates(each, township.reception_day, township.reception_shift, work_calendar)
        for each in (year - 1, year, year + 1)
    )
    groups = list(
        DelegateGroup.objects.filter(
            Q(end__isnull=True) | Q(end__gt=min(rule.date for rule in dates)),
            start__lte=max(rule.date for rule in dates),
        ).order_by("ordinal", "pk")
    )
    places = _Places(groups)
    known = _days_by_month(year, groups, (before[-1], *dates, after[0]), around)
    return YearPlan(
        year,
        township,
        tuple(
            MonthPlan(
                rule,
                tuple(
                    GroupMonth(
                        group=group,
                        days=tuple(known[group.pk, rule.month]),
                        place=places.of(group, rule.date),
                        in_office=group.holds_on(rule.date),
                    )
                    for group in groups
                ),
            )
            for rule in dates
        ),
    )


class _Places:
    """The rooms of these groups, read once."""

    def __init__(self, groups: list[DelegateGroup]):
        self._rooms = defaultdict(list)
        for room in ActivityRoom.objects.filter(group__in=groups).order_by("start", "pk"):
            self._rooms[room.group_id].append(room)

    def of(self, group: DelegateGroup, date: datetime.date) -> str:
        rooms = self._rooms[group.pk]
        return next((room.place for room in rooms if room.holds_on(date)), "")


def _days_by_month(
    year: int, groups: list[DelegateGroup], dates: tuple[RuleDate, ...], around: Period
) -> dict:
    """(group, month): its days of that year, also moved and cancelled ones.

    A day belongs to the month whose date of the rule it has or had, else to that of its date.
    """
    months = {rule.date: rule.named.replace(day=1) for rule in dates}
    span = (around.first, around.last)
    days = ReceptionDay.objects.filter(
        Q(date__range=span) | Q(original_date__range=span), group__in=groups
    ).order_by("date", "pk")
    found = defaultdict(list)
    for day in days:
        planned_for = day.original_date or day.date
        month = months.get(planned_for) or months.get(day.date) or planned_for
        if month.year == year:
            found[day.group_id, month.month].append(day)
    return found
