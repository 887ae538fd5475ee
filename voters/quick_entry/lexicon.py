"""The words the desk knows: villages, topics, units, and voters seen before."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import islice, product

from delegates.pinyin import initials_as_read as read_initials
from delegates.pinyin import readings

from .pieces import SEPARATOR

_HAS_SEPARATOR = re.compile(rf"[{SEPARATOR}]")
#: A name with many characters of several readings is looked up by this many initials at most.
MOST_READINGS = 128
#: No village has a longer name.
LONGEST_ENTRY = 50

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CAPITAL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_WIDE_CAPITAL = {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}
_BLANKS_AND_DASHES = {0x3000: " ", 0xA0: " ", **dict.fromkeys(map(ord, "‐‑–—−"), "-")}
_FOLD = _WIDE | _CAPITAL | _WIDE_CAPITAL | _BLANKS_AND_DASHES

_VILLAGE_ENDING = re.compile(r"(?<=..)(村民委员会|村委会|社区|村)$")
_UNIT_BEGINNING = re.compile(r"^(镇|乡|街道|县|区|市)(?=...)")


class Kind(StrEnum):
    """What a token is; the value is the heading of its field."""

    NAME = "来访人"
    PHONE = "电话"
    VILLAGE = "村"
    PERSONS = "人数"
    CHANNEL = "方式"
    TOPIC = "类别"
    UNIT = "单位"
    WORDS = "原话"


@dataclass(frozen=True)
class Entry:
    """A village, topic or unit."""

    id: int
    name: str
    short_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.short_names)


@dataclass(frozen=True)
class Candidate:
    """What a token may stand for: an entry, a number of persons, a channel, a phone, a name."""

    kind: Kind
    value: Entry | int | str


def fold(text: str) -> str:
    """Half-width, small letters, plain dashes and blanks; as long as the text, so spans hold."""
    return text.translate(_FOLD)


@lru_cache(maxsize=10_000)
def _letters(character: str) -> tuple[str, ...]:
    """First letters of all readings of one character; none for what pinyin does not know."""
    if not character.isalnum():
        return ("",)
    if character.isascii():
        return (character,)
    return tuple(sorted({reading[0] for reading in readings(character)}))


def initials_as_read(name: str) -> str:
    """LJ冲 → ljc; empty where a character has no known reading."""
    name = fold(name)
    if not all(_letters(character) for character in name):
        return ""
    return "".join(c for c in read_initials(name) if c.isascii() and c.isalnum())


def other_initials(name: str) -> set[str]:
    """The initials by every reading of every character: 长河 → ch, zh."""
    ways = product(*(_letters(character) for character in fold(name)))
    return {"".join(letters) for letters in islice(ways, MOST_READINGS)}


def _bases(kind: Kind, entry: Entry) -> list[str]:
    """The names without 村 at the end of a village and 镇 at the beginning of a unit."""
    if kind is Kind.VILLAGE:
        return [_VILLAGE_ENDING.sub("", name) for name in entry.names]
    if kind is Kind.UNIT:
        return [_UNIT_BEGINNING.sub("", name) for name in entry.names]
    return []


def _forms(kind: Kind, base: str) -> list[str]:
    """What else the clerk may call it."""
    if kind is Kind.VILLAGE:
        return [base, f"{base}村", f"{base}村委会"]
    return [base, f"镇{base}", f"乡{base}"]


def _is_initials(letters: str) -> bool:
    return len(letters) >= 2 and not letters.isdigit()


@dataclass(frozen=True)
class Lexicon:
    """Frozen and hashable; looks its entries up in four tiers, the nearest form first."""

    villages: tuple[Entry, ...] = ()
    topics: tuple[Entry, ...] = ()
    units: tuple[Entry, ...] = ()
    voters: tuple[str, ...] = ()
    _tiers: tuple[dict[str, tuple[Candidate, ...]], ...] = field(
        init=False, repr=False, compare=False
    )
    _voters: frozenset[str] = field(init=False, repr=False, compare=False)
    #: Names with a separator in them (教育、医疗).
    phrases: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        tiers: tuple[dict, ...] = ({}, {}, {}, {})

        def add(tier: int, key: str, candidate: Candidate):
            found = tiers[tier].setdefault(key, ())
            if len(key) >= 2 and candidate not in found:
                tiers[tier][key] = (*found, candidate)

        for kind, entry in self._entries():
            candidate = Candidate(kind, entry)
            bases = _bases(kind, entry)
            for name in entry.names:
                add(0, fold(name), candidate)
            for name in (form for base in bases for form in _forms(kind, base)):
                add(1, fold(name), candidate)
            for name in (*entry.names, *bases):
                for letters in filter(_is_initials, [initials_as_read(name)]):
                    add(2, letters, candidate)
                for letters in filter(_is_initials, other_initials(name)):
                    add(3, letters, candidate)
        object.__setattr__(self, "_tiers", tiers)
        phrases = tuple(key for key in (*tiers[0], *tiers[1]) if _HAS_SEPARATOR.search(key))
        object.__setattr__(self, "phrases", phrases)
        object.__setattr__(self, "_voters", frozenset(map(fold, self.voters)))

    def _entries(self) -> Iterable[tuple[Kind, Entry]]:
        yield from ((Kind.VILLAGE, entry) for entry in self.villages)
        yield from ((Kind.TOPIC, entry) for entry in self.topics)
        yield from ((Kind.UNIT, entry) for entry in self.units)

    def find(self, folded: str, kinds: frozenset[Kind]) -> tuple[Candidate, ...]:
        """All entries of these kinds that the whole text names in the nearest form it fits."""
        for tier in self._tiers:
            found = tuple(c for c in tier.get(folded, ()) if c.kind in kinds)
            if found:
                return found
        return ()

    def knows_voter(self, folded: str) -> bool:
        return folded in self._voters

    def village_before(self, folded: str) -> tuple[Candidate, str] | None:
        """The village by whose name, the longest, the text begins, and what follows it."""
        for length in range(min(len(folded) - 1, LONGEST_ENTRY), 1, -1):
            for tier in self._tiers[:2]:
                found = [c for c in tier.get(folded[:length], ()) if c.kind is Kind.VILLAGE]
                if len(found) == 1:
                    return found[0], folded[length:]
        return None
