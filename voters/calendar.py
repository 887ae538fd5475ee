"""The reception days that a user sees, laid out by month and group."""

import datetime
from dataclasses import dataclass

from django.db.models import Max

from congress.models import Township, User
from congress.numerals import weekday
from groups.models import DelegateGroup

from .models import ReceptionDay


@dataclass(frozen=True)
class Entry:
    """A day in the calendar: who is on duty, and whether the reader is."""

    day: ReceptionDay
    names: tuple[tuple[str, bool], ...]

    @property
    def weekday(self) -> str:
        return weekday(self.day.date)

    @property
    def is_own(self) -> bool:
        return any(own for _, own in self.names)


def days_of(user: User, first: datetime.date, last: datetime.date):
    """Days from ``first`` to ``last`` in the user's calendar, with group and people joined."""
    return (
        ReceptionDay.objects.in_calendar_of(user)
        .filter(date__range=(first, last))
        .select_related("group")
        .prefetch_related("duties__mandate__delegate")
        .order_by("date", "group__ordinal", "pk")
    )


def with_last_event(days):
    """``last_event``: when something was last done with the day."""
    return days.annotate(last_event=Max("events__at"))


def entries(days, user: User) -> list[Entry]:
    return [
        Entry(
            day,
            tuple(
                (duty.mandate.delegate.name, duty.mandate.delegate.account_id == user.pk)
                for duty in day.duties.all()
            ),
        )
        for day in days
    ]


def by_group_and_month(
    shown: list[Entry],
) -> list[tuple[DelegateGroup, list[tuple[int, list[Entry]]]]]:
    """For each group its twelve months, each with the days of that month."""
    table: dict[DelegateGroup, dict[int, list[Entry]]] = {}
    for entry in shown:
        months = table.setdefault(entry.day.group, {month: [] for month in range(1, 13)})
        months[entry.day.date.month].append(entry)
    return [
        (group, list(months.items()))
        for group, months in sorted(table.items(), key=lambda row: (row[0].ordinal, row[0].pk))
    ]


def reception_hours() -> str:
    """The township's hours, for days that have none of their own."""
    return Township.current().reception_hours
