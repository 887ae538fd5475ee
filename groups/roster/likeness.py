"""Rows that look like a known person, or like an earlier row, though they are somebody else's.

The import never decides that two persons are one: it adds both, and names them for the office to
compare once they are stored.
"""

from dataclasses import dataclass

from delegates.duplicates.rules import RULES
from delegates.models import Delegate


@dataclass(frozen=True)
class Likeness:
    """Whom a new person may be, and why; an earlier row's person has no page yet."""

    person: Delegate
    words: str

    @property
    def address(self) -> str:
        return self.person.get_absolute_url() if self.person.pk else ""


class Likenesses:
    """Persons found by what makes two persons alike."""

    def __init__(self):
        self._found: dict[tuple, list[tuple[Delegate, str]]] = {}

    def add(self, person: Delegate, called: str) -> None:
        for number, rule in enumerate(RULES):
            if key := rule.key(person):
                self._found.setdefault((number, *key), []).append((person, called))

    def of(self, person: Delegate) -> list[Likeness]:
        reasons: dict[int, tuple[Delegate, str, list[str]]] = {}
        for number, rule in enumerate(RULES):
            if key := rule.key(person):
                for known, called in self._found.get((number, *key), ()):
                    _, _, told = reasons.setdefault(id(known), (known, called, []))
                    told.append(rule.reason(person, known))
        return [
            Likeness(
                known,
                f"与{called}{'；'.join(told)}。按另一人导入，导入后列入“疑似重复”，请在那里比较。",
            )
            for known, called, told in reasons.values()
        ]
