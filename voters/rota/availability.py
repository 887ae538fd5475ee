"""Who belongs to a group, who is in office and who can take a turn on a day."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from .case import Case, Day, DayState, Member, Status


@dataclass(frozen=True)
class Delegate:
    """A person in a group, with the mandates held there, by key."""

    person: int | str
    name: str
    mandates: tuple[Member, ...]

    def in_office(self, date: datetime.date) -> tuple[Member, ...]:
        return tuple(mandate for mandate in self.mandates if mandate.in_office(date))


class Availability:
    """The answers of one case, worked out once."""

    def __init__(self, case: Case):
        self.case = case
        self._members = {(member.group, member.key): member for member in case.members}
        self._any_member = {member.key: member for member in reversed(case.members)}
        self.delegates = self._delegates()
        self._leave = defaultdict(set)
        for member in case.members:
            self._leave[member.person] |= member.unavailable
        self._dates = defaultdict(list)
        for day in case.days:
            self._dates[day.date].append(day)
        self._on_duty = {
            day.key: frozenset(
                self.member(day.group, duty.mandate).person
                for duty in day.duties
                if duty.status is Status.ON_DUTY
            )
            for day in case.days
        }
        self._home = self._homes()
        self._available = {day.key: self._available_on(day) for day in case.days}

    def _delegates(self) -> dict:
        """Delegates of each group, in the order of their first mandate's key."""
        found = {group.key: defaultdict(list) for group in self.case.groups}
        for member in self.case.members:
            found[member.group][member.person].append(member)
        return {
            group: tuple(
                Delegate(person, mandates[0].name, tuple(mandates))
                for person, mandates in people.items()
            )
            for group, people in found.items()
        }

    def _homes(self) -> dict:
        """For each date, the one group in which a member of several groups counts.

        The group that has the person on duty; else, of those still open, the one with the fewest
        people to spare. So the groups' rotas never compete for a person.
        """
        homes = {}
        for date, days in self._dates.items():
            if len(days) < 2:
                continue
            spare, groups_of = {}, defaultdict(list)
            for day in days:
                people = [
                    delegate.person
                    for delegate in self.delegates[day.group]
                    if delegate.in_office(date)
                ]
                spare[day.key] = (
                    sum(not self.on_leave(person, date) for person in people) - day.places
                )
                for person in people:
                    groups_of[person].append(day)
            for person, choices in groups_of.items():
                if len(choices) > 1:
                    taken = [day for day in choices if person in self._on_duty[day.key]]
                    still_open = [day for day in choices if day.state is DayState.OPEN]
                    home = min(
                        taken or still_open or choices,
                        key=lambda day: (spare[day.key], day.group),
                    )
                    homes[date, person] = home.group
        return homes

    def member(self, group, mandate) -> Member:
        """The mandate as a member of that group, or of another whose delegate stood in."""
        return self._members.get((group, mandate)) or self._any_member[mandate]

    def on_leave(self, person, date: datetime.date) -> bool:
        return date in self._leave[person]

    def on_duty(self, day: Day) -> frozenset:
        """People who stand on a held or fixed day; nobody on an open one."""
        return self._on_duty[day.key]

    def on_duty_elsewhere(self, day: Day, person) -> bool:
        return any(
            person in self._on_duty[other.key]
            for other in self._dates[day.date]
            if other.group != day.group
        )

    def elsewhere(self, day: Day, person) -> bool:
        """Counted, or on duty, in another group that day."""
        home = self._home.get((day.date, person), day.group)
        return home != day.group or self.on_duty_elsewhere(day, person)

    def in_office(self, day: Day) -> list[Delegate]:
        """Members of the group that day, each person in one group."""
        return [
            delegate
            for delegate in self.delegates[day.group]
            if delegate.in_office(day.date)
            and self._home.get((day.date, delegate.person), day.group) == day.group
        ]

    def available(self, day: Day) -> tuple[Delegate, ...]:
        """Who can take, or on a held or fixed day has, a turn; in the order of the delegates."""
        return self._available[day.key]

    def _available_on(self, day: Day) -> tuple[Delegate, ...]:
        return tuple(
            delegate
            for delegate in self.delegates[day.group]
            if delegate.person in self._on_duty[day.key]
            or (
                delegate.in_office(day.date)
                and not self.on_leave(delegate.person, day.date)
                and not self.elsewhere(day, delegate.person)
            )
        )
