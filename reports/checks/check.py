"""What a check is, and what it finds."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from .subject import Subject

ERROR, WARNING = "error", "warning"
#: A finding names at most so many records, and how many more there are.
SHOWN = 20


@dataclass(frozen=True)
class ToMend:
    """A record or text to mend, and its page."""

    label: str
    address: str


@dataclass(frozen=True)
class Found:
    """What is wrong, in one sentence; where it is mended, if not at single records."""

    sentence: str
    records: tuple[ToMend, ...] = ()
    more: int = 0
    address: str = ""


@dataclass(frozen=True)
class Finding:
    """``address`` is where it is mended; ``more`` counts the records that are not shown."""

    check_key: str
    name: str
    severity: str
    sentence: str
    address: str
    records: tuple[ToMend, ...] = ()
    more: int = 0

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR

    @property
    def fingerprint(self) -> str:
        """Another one as soon as the finding is about anything else."""
        told = "\n".join([self.check_key, self.sentence, *(each.label for each in self.records)])
        return hashlib.sha256(told.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Check:
    key: str
    name: str
    severity: str
    meaning: str
    look: Callable[[Subject], Iterable[Found]]

    def findings(self, subject: Subject) -> Iterator[Finding]:
        for found in self.look(subject):
            first = found.records[0].address if found.records else ""
            yield Finding(
                check_key=self.key,
                name=self.name,
                severity=self.severity,
                sentence=found.sentence,
                address=found.address or first,
                records=found.records,
                more=found.more,
            )


def check(key: str, name: str, severity: str, meaning: str) -> Callable[[Callable], Check]:
    """Make a check of the function that looks."""
    return lambda look: Check(key, name, severity, meaning, look)


def records_found(
    records: QuerySet,
    sentence: Callable[[int], str],
    *,
    label: Callable = str,
    address: Callable = lambda record: record.get_absolute_url(),
    mended_at: str = "",
) -> Iterator[Found]:
    """One finding for all these records, none where there are none; two queries at most."""
    number = records.count()
    if not number:
        return
    shown = tuple(ToMend(label(each), address(each)) for each in records[:SHOWN])
    yield Found(sentence(number), shown, number - len(shown), mended_at)


def places_found(places: Iterable[ToMend], sentence: Callable[[int], str]) -> Iterator[Found]:
    """One finding for all these texts."""
    places = list(places)
    if places:
        yield Found(sentence(len(places)), tuple(places[:SHOWN]), max(len(places) - SHOWN, 0))
