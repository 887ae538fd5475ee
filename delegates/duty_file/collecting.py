"""Collecting duty files from the sources that the rooms declare."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from congress.models import User
from congress.periods import Period, today
from congress.roles import keeps_records
from delegates.models import Delegate
from delegates.models.score_rules import SCORED

from .entries import DutyFile, Entry, Part

#: The parts in the order of the file.
PLACES = ("mandates", "posts", *SCORED)

#: Entries by the person's key.
Found = Mapping[int, Sequence[Entry]]


@dataclass(frozen=True)
class Source:
    """Where a part comes from.

    ``collect`` gives the entries of all these persons in the period up to the office's day, in the
    order they are shown; in a fixed number of queries. ``summarise`` says one sentence of one
    person's entries.
    """

    key: str
    title: str
    measure: str
    collect: Callable[[Sequence[Delegate], Period], Found]
    summarise: Callable[[Sequence[Entry]], str] = lambda entries: ""


_SOURCES: dict[str, Source] = {}


def add_source(source: Source) -> None:
    """Declare where a part comes from; its key is one of ``PLACES``."""
    if source.key not in PLACES or source.key in _SOURCES:
        raise ValueError(source.key)
    _SOURCES[source.key] = source


def part_titles() -> dict[str, str]:
    """The parts that some room knows, by key, in the order of the file."""
    return {key: _SOURCES[key].title for key in PLACES if key in _SOURCES}


def days_so_far(period: Period) -> tuple[datetime.date, datetime.date]:
    """First and last day of what there can be records of: nothing of the future counts."""
    return period.first, min(period.last, today())


def duty_files(
    persons: Iterable[Delegate], period: Period, reader: User | None = None
) -> list[DutyFile]:
    """The files of these persons, in their order; without a reader as the public may see them.

    Why somebody was absent for health is for the person and for who keeps the records.
    """
    persons = list(persons)
    sources = [_SOURCES[key] for key in PLACES if key in _SOURCES]
    found = [(source, source.collect(persons, period)) for source in sources]
    files = []
    for person in persons:
        parts = tuple(_part(source, tuple(entries.get(person.pk, ()))) for source, entries in found)
        file = DutyFile(person, period, parts)
        files.append(file if _sees_health(reader, person) else file.without_health())
    return files


def _part(source: Source, entries: tuple[Entry, ...]) -> Part:
    return Part(source.key, source.title, source.measure, entries, source.summarise(entries))


def _sees_health(reader: User | None, person: Delegate) -> bool:
    return reader is not None and (keeps_records(reader) or person.account_id == reader.pk)
