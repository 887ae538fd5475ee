"""What a duty file consists of; plain values without a query behind them."""

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from congress.numerals import percent
from congress.periods import Period
from delegates.models import Delegate


class Standing(StrEnum):
    """How somebody who was expected is marked."""

    PRESENT = "出席"
    LEAVE = "请假"
    ABSENT = "缺席"
    UNMARKED = "未登记"


@dataclass(frozen=True)
class Entry:
    """One record of the person: an activity, a turn, an item …"""

    day: datetime.date
    words: str
    #: Page of the record; empty where it has none.
    address: str = ""
    #: None where nobody was expected: it was done, and is not counted against anybody.
    standing: Standing | None = None
    #: What came of it, or why somebody was missing.
    remark: str = ""
    #: The remark tells of somebody's health, which few may read (个人信息保护法 28).
    is_health: bool = False
    #: What it counts for where entries weigh differently: persons of a visit, votes …
    number: int = 1
    #: Page of it for the person, where delegates do not open that of the record.
    own_address: str = ""


@dataclass(frozen=True)
class Part:
    """One part of the file, for one person. Its counts are those of its entries."""

    key: str
    title: str
    #: Word for one entry: 次, 件, 条 …
    measure: str
    entries: tuple[Entry, ...] = ()
    #: A sentence on the whole: 登记来访12件、15人次 …
    summary: str = ""

    @property
    def has_turnout(self) -> bool:
        """Whether somebody was expected at anything here."""
        return any(entry.standing for entry in self.entries)

    def _standing(self, standing: Standing) -> int:
        return sum(entry.standing == standing for entry in self.entries)

    @property
    def to_credit(self) -> list[Entry]:
        """What was done: where nobody is expected, all."""
        return [entry for entry in self.entries if entry.standing in (None, Standing.PRESENT)]

    @property
    def done(self) -> int:
        return len(self.to_credit)

    @property
    def expected(self) -> int:
        """In office and invited on the day, and the day is over."""
        return sum(entry.standing is not None for entry in self.entries)

    @property
    def present(self) -> int:
        return self._standing(Standing.PRESENT)

    @property
    def leave(self) -> int:
        return self._standing(Standing.LEAVE)

    @property
    def absent(self) -> int:
        return self._standing(Standing.ABSENT)

    @property
    def unmarked(self) -> int:
        return self._standing(Standing.UNMARKED)

    @property
    def rate(self) -> str:
        """Empty until everything is marked."""
        return "" if self.unmarked or not self.expected else percent(self.present, self.expected)


@dataclass(frozen=True)
class DutyFile:
    """One person's file of a period."""

    person: Delegate
    period: Period
    parts: tuple[Part, ...]

    def part(self, key: str) -> Part:
        """The part of that key; raises ``KeyError`` where no source knows it."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)

    def together(self, title: str, keys: Iterable[str]) -> Part:
        """Several parts as one, by the days of their entries."""
        entries = [entry for key in keys for entry in self.part(key).entries]
        return Part("", title, "次", tuple(sorted(entries, key=lambda each: each.day)))

    def with_links(self, openable: Collection[str], is_own: bool) -> "DutyFile":
        """Each entry with the address that its reader can open, be it the person's own page."""

        def link(entry: Entry) -> Entry:
            own = entry.own_address if is_own else ""
            return replace(entry, address=entry.address if entry.address in openable else own)

        return self._with_entries(link)

    def without_health(self) -> "DutyFile":
        """For readers who need not know why somebody stayed away for health."""

        def hide(entry: Entry) -> Entry:
            return replace(entry, remark="", is_health=False) if entry.is_health else entry

        return self._with_entries(hide)

    def _with_entries(self, change: Callable[[Entry], Entry]) -> "DutyFile":
        parts = (replace(each, entries=tuple(map(change, each.entries))) for each in self.parts)
        return replace(self, parts=tuple(parts))
