"""What a report counts: the records of a period, of the whole township or of one group."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q

from congress.models import Session
from congress.numerals import full_date, month_day
from congress.periods import Period, holds_on
from groups.models import DelegateGroup, Membership

from .kinds import Kind, month_span, number_of, part_name


@dataclass(frozen=True)
class Scope:
    """``year`` is the report's: plan and duty reports belong to a year, not to a period.

    What is dated after ``last``, the cut-off (统计截止), has not happened yet.
    """

    period: Period
    year: int
    group: DelegateGroup | None = None
    kind: str = Kind.YEAR
    #: The session that the report is given to, which is not one still to come.
    session: Session | None = None

    @classmethod
    def of_year(cls, year: int) -> "Scope":
        return cls(Period.of_year(year), year)

    @property
    def first(self) -> datetime.date:
        return self.period.first

    @property
    def last(self) -> datetime.date:
        return self.period.last

    @property
    def days_in_words(self) -> str:
        """2020年3月2日至5月8日; 2019年10月1日至2020年8月20日."""
        same_year = self.first.year == self.last.year
        last = month_day(self.last) if same_year else full_date(self.last)
        return f"{full_date(self.first)}至{last}"

    @property
    def part(self) -> str:
        """上半年, 第三季度, 3月至5月; empty for the year and for days that make no months."""
        if self.kind == Kind.SPAN and self.period.is_of_whole_months:
            return month_span(self.first, self.last)
        return part_name(self.kind, self.first)

    @property
    def part_number(self) -> int:
        return number_of(self.kind, self.first)

    @property
    def is_part(self) -> bool:
        """Whether it is not the year's own report, which alone looks back at the year before."""
        return self.kind != Kind.YEAR

    def years_later(self, years: int) -> "Scope":
        """The same days of another year."""
        first, last = (_in_year(day, day.year + years) for day in (self.first, self.last))
        return replace(self, period=Period(first, last), year=self.year + years)

    def of_group(self, group: DelegateGroup | None) -> "Scope":
        return replace(self, group=group)

    def within(self, field: str) -> Q:
        """Condition "of the group" on records that name theirs; none for the township."""
        return Q(**{field: self.group.pk}) if self.group else Q()

    def of_members(self, mandate: str, day: datetime.date | OuterRef) -> Q:
        """Condition "of a mandate that belonged to the group that day"; none for the township.

        ``mandate`` is the field that holds the mandate, ``day`` may be a field of the same query.
        """
        if not self.group:
            return Q()
        members = Membership.objects.filter(holds_on(day), group=self.group)
        return Q(Exists(members.filter(mandate=OuterRef(mandate))))


def _in_year(day: datetime.date, year: int) -> datetime.date:
    """Of 29 February the day before in a year without it."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
