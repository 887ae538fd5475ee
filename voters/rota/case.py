"""What a rota is made from: the year's days, the members of the groups, the duties of the past."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    COUNTY = "county"
    TOWN = "town"


class DayState(StrEnum):
    HELD = "held"
    FIXED = "fixed"
    OPEN = "open"


class Status(StrEnum):
    """As in the register of duties: only who was on duty has had a turn."""

    ON_DUTY = "on_duty"
    SWAPPED = "swapped"
    ABSENT = "absent"


@dataclass(frozen=True, order=True)
class Span:
    """Days from ``start`` up to, not including, ``end``."""

    start: datetime.date
    end: datetime.date | None = None

    def __contains__(self, date: datetime.date) -> bool:
        return self.start <= date and (self.end is None or date < self.end)


@dataclass(frozen=True)
class Group:
    key: int | str
    name: str


@dataclass(frozen=True)
class Member:
    """A mandate in a group; ``spans`` are membership and time in office, suspensions cut out.

    One row a mandate and group. Keys, of mandates as of groups, sort among themselves; the order
    of the mandates' keys decides where nothing else does.
    """

    key: int | str
    person: int | str
    group: int | str
    name: str
    level: Level
    spans: tuple[Span, ...]
    unavailable: frozenset[datetime.date] = frozenset()

    def in_office(self, date: datetime.date) -> bool:
        return any(date in span for span in self.spans)


@dataclass(frozen=True)
class Duty:
    mandate: int | str
    status: Status = Status.ON_DUTY


@dataclass(frozen=True)
class Day:
    """A reception day of a group that was not cancelled; an open one has no duties yet."""

    group: int | str
    date: datetime.date
    places: int
    state: DayState = DayState.OPEN
    duties: tuple[Duty, ...] = ()

    @property
    def key(self) -> tuple:
        return self.date, self.group


@dataclass(frozen=True)
class PastDuty:
    """A duty of a person on a day that is not among the days of the case."""

    person: int | str
    date: datetime.date
    status: Status = Status.ON_DUTY


@dataclass(frozen=True)
class Rules:
    """The township's rules: turns a year at least; 镇 or 乡 as the delegates are called."""

    minimum: int = 2
    town_word: str = "镇"


@dataclass(frozen=True)
class Case:
    """One year of reception days; in whatever order the parts come, equal cases are equal."""

    groups: tuple[Group, ...]
    days: tuple[Day, ...]
    members: tuple[Member, ...]
    past: tuple[PastDuty, ...] = ()
    rules: Rules = field(default_factory=Rules)

    def __post_init__(self):
        order = {
            "groups": lambda group: group.key,
            "days": lambda day: day.key,
            "members": lambda member: (member.group, member.key),
            "past": lambda duty: (duty.date, duty.person, duty.status),
        }
        for name, key in order.items():
            object.__setattr__(self, name, tuple(sorted(getattr(self, name), key=key)))
        self._check()

    def _check(self) -> None:
        groups = {group.key for group in self.groups}
        mandates = {member.key for member in self.members}
        if len({(member.group, member.key) for member in self.members}) < len(self.members):
            raise ValueError("a mandate stands twice in one group; join its spans")
        if len({day.key for day in self.days}) < len(self.days):
            raise ValueError("a group has two reception days on one date")
        if not groups >= {row.group for row in (*self.days, *self.members)}:
            raise ValueError("a day or member belongs to a group that was not given")
        for day in self.days:
            if day.state is DayState.OPEN and day.duties:
                raise ValueError(f"the open day {day.date} of group {day.group} has duties")
            if not mandates >= {duty.mandate for duty in day.duties}:
                raise ValueError(f"unknown mandate on duty on {day.date} in group {day.group}")

    def group_name(self, key) -> str:
        return next(group.name for group in self.groups if group.key == key)
