"""A rota: who is on duty on which day and why, how fair it is, and what could not be met."""

import datetime
from dataclasses import dataclass, field

from . import fairness
from .availability import Availability
from .case import Case, Day, DayState, Level, Status
from .diary import Diary
from .problems import Problem, find_problems
from .reasons import reason


@dataclass(frozen=True)
class Pick:
    """A mandate on duty; ``note`` is what the reason tells beyond the facts of the rota."""

    mandate: int | str
    person: int | str
    name: str
    level: Level
    status: Status
    reason: str
    note: str = ""


@dataclass(frozen=True)
class RotaDay:
    group: int | str
    date: datetime.date
    places: int
    state: DayState
    picks: tuple[Pick, ...]

    @property
    def key(self) -> tuple:
        return self.date, self.group


@dataclass(frozen=True)
class Rota:
    case: Case
    days: tuple[RotaDay, ...]
    problems: tuple[Problem, ...]
    fairness_by_group: dict = field(repr=False, compare=False)
    availability: Availability = field(repr=False, compare=False)

    def day(self, group, date: datetime.date) -> RotaDay:
        return {day.key: day for day in self.days}[date, group]

    def fairness(self, group) -> tuple[fairness.FairnessRow, ...]:
        """One row a person, in the order of the mandates' keys."""
        return self.fairness_by_group[group]

    def spread(self, group) -> int:
        return fairness.spread(self.fairness_by_group[group])


@dataclass(frozen=True)
class Choice:
    """A mandate chosen for an open day, or standing on a held or fixed one."""

    mandate: int | str
    status: Status = Status.ON_DUTY
    note: str = ""


def count_turns(availability: Availability, choices: dict) -> dict:
    """(group, person): turns; those of people from outside the group are not the group's."""
    turns = {}
    for day in availability.case.days:
        members = {delegate.person for delegate in availability.delegates[day.group]}
        people = {
            availability.member(day.group, choice.mandate).person
            for choice in choices[day.key]
            if choice.status is Status.ON_DUTY
        }
        for person in people & members:
            turns[day.group, person] = turns.get((day.group, person), 0) + 1
    return turns


def write_rota(availability: Availability, choices: dict) -> Rota:
    """The rota of these choices, by day key; reasons and problems are told from the whole."""
    case = availability.case
    diary = Diary(availability)
    for day in case.days:
        if day.state is DayState.OPEN:
            for choice in choices[day.key]:
                diary.enter(availability.member(day.group, choice.mandate).person, day.date)
    table = fairness.fairness_rows(availability, count_turns(availability, choices))
    days = tuple(
        RotaDay(
            group=day.group,
            date=day.date,
            places=day.places,
            state=day.state,
            picks=_picks(availability, diary, day, choices[day.key]),
        )
        for day in case.days
    )
    return Rota(
        case=case,
        days=days,
        problems=find_problems(availability, table),
        fairness_by_group=table,
        availability=availability,
    )


def _picks(
    availability: Availability, diary: Diary, day: Day, choices: tuple[Choice, ...]
) -> tuple[Pick, ...]:
    members = [availability.member(day.group, choice.mandate) for choice in choices]
    levels = [member.level for member in members]
    return tuple(
        Pick(
            mandate=choice.mandate,
            person=member.person,
            name=member.name,
            level=member.level,
            status=choice.status,
            reason=reason(availability, diary, day, member, choice.status, levels, choice.note),
            note=choice.note,
        )
        for choice, member in zip(choices, members, strict=True)
    )
