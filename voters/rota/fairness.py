"""Fair share, minimum and spread: what is fair for whom, and how fair a rota is."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from .availability import Availability


@dataclass(frozen=True)
class FairnessRow:
    """One person in one group: turns had and planned against the fair share of them.

    ``share`` is the group's turns divided by days available: who was available on half of the
    days has half the share. A turn missed (缺岗) or passed on (换班) is none.
    """

    person: int | str
    name: str
    turns: int
    available: int
    share: Fraction
    minimum: int

    @property
    def excess(self) -> Fraction:
        return self.turns - self.share


def days_available(availability: Availability, group) -> dict:
    """person: number of the group's days on which the person can take or has a turn."""
    counts = {delegate.person: 0 for delegate in availability.delegates[group]}
    for day in availability.case.days:
        if day.group == group:
            for delegate in availability.available(day):
                counts[delegate.person] += 1
    return counts


def minimums(availability: Availability) -> dict:
    """(group, person): turns due at least.

    The township's minimum × the group's days on which the person is in office ÷ its days, rounded
    down; leave does not lower it. Who changes group is due in both together what the whole time
    gives: the first group takes its part rounded down, the second the rest.
    """
    case = availability.case
    days, first, served = {}, {}, {}
    for day in case.days:
        days[day.group] = days.get(day.group, 0) + 1
        for delegate in availability.in_office(day):
            key = (day.group, delegate.person)
            first.setdefault(key, day.date)
            served[key] = served.get(key, 0) + 1
    due, time = {}, {}
    for key in sorted(first, key=lambda key: (first[key], key[0])):
        group, person = key
        before = time.get(person, Fraction(0))
        time[person] = before + Fraction(served[key], days[group])
        due[key] = floor(case.rules.minimum * time[person]) - floor(case.rules.minimum * before)
    return due


def fairness_rows(availability: Availability, turns: dict) -> dict:
    """group: its rows; ``turns`` are given by (group, person)."""
    due = minimums(availability)
    table = {}
    for group, delegates in availability.delegates.items():
        available = days_available(availability, group)
        total = sum(turns.get((group, person), 0) for person in available)
        all_days = sum(available.values()) or 1
        table[group] = tuple(
            FairnessRow(
                person=delegate.person,
                name=delegate.name,
                turns=turns.get((group, delegate.person), 0),
                available=available[delegate.person],
                share=Fraction(total * available[delegate.person], all_days),
                minimum=due.get((group, delegate.person), 0),
            )
            for delegate in delegates
        )
    return table


def spread(rows: tuple[FairnessRow, ...]) -> int:
    """By how many whole turns one person is further above the fair share than another.

    Among people available on equally many days this is the difference of their turns.
    """
    excess = [row.excess for row in rows if row.available]
    return floor(max(excess) - min(excess)) if excess else 0
