"""Delegates as the ledgers name them: a bare name, or a name with the card number in brackets."""

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from congress.workbook import Row

from .models import Delegate, Level, Mandate, Suspension
from .names import tidy_name

_WITH_CARD = re.compile(r"(.+?)\s*[(（]\s*([^()（）]+?)\s*[)）]")

#: Says of a mandate whether it may be the one that is meant.
Test = Callable[[Mandate], bool]


def is_town(mandate: Mandate) -> bool:
    return mandate.level == Level.TOWN


class Roster:
    """All mandates of a term, found by reference.

    A bare name must stand for one person. Of a person's two mandates that one is meant which
    passes the tests of the place, the first test weighing most.
    """

    def __init__(self, mandates: Iterable[Mandate], suspensions: Iterable[Suspension] = ()):
        self.mandates = list(mandates)
        self.spoiled: set[str] = set()
        self._by_card = {mandate.card_number: mandate for mandate in self.mandates}
        self._by_person: dict[int, list[Mandate]] = defaultdict(list)
        self._by_name: dict[str, dict[int, Delegate]] = defaultdict(dict)
        for mandate in self.mandates:
            self._by_person[id(mandate.delegate)].append(mandate)
            self._by_name[mandate.delegate.name][id(mandate.delegate)] = mandate.delegate
        self._suspensions: dict[int, list[Suspension]] = defaultdict(list)
        for suspension in suspensions:
            self._suspensions[id(suspension.mandate)].append(suspension)

    def prefer(self, persons: Iterable[Delegate]):
        """Where a name stands for some of these persons, it stands for them only."""
        preferred = {id(person) for person in persons}
        for name, found in self._by_name.items():
            chosen = {key: person for key, person in found.items() if key in preferred}
            if chosen:
                self._by_name[name] = chosen

    def knows(self, name: str) -> bool:
        return bool(self._by_name.get(name))

    def mandates_of(self, person: Delegate) -> list[Mandate]:
        return self._by_person[id(person)]

    def in_office_on(self, day: datetime.date) -> Test:
        return lambda mandate: (
            mandate.holds_on(day)
            and not any(suspension.holds_on(day) for suspension in self._suspensions[id(mandate)])
        )

    def find(self, row: Row, heading: str, text: str, *tests: Test) -> Mandate | None:
        """The mandate a cell names; refuses the cell where there is none or more than one."""
        match = _WITH_CARD.fullmatch(text)
        name = tidy_name(match[1] if match else text)
        if match:
            return self._find_card(row, heading, text, name, match[2])
        persons = self._by_name.get(name, {})
        if len(persons) == 1:
            return self._choose(self._by_person[next(iter(persons))], tests)
        if persons:
            row.refuse(
                heading, f"有{len(persons)}位代表叫“{name}”，请在姓名后用括号写明代表证号。", text
            )
        elif name in self.spoiled:
            row.faulty = True
        else:
            row.refuse(heading, f"代表名册中没有“{name}”，请核对姓名或先在“代表”表中补上。", text)
        return None

    def find_all(self, row: Row, heading: str, names: Iterable[str], *tests: Test) -> list[Mandate]:
        found = [self.find(row, heading, name, *tests) for name in names]
        mandates = [mandate for mandate in found if mandate]
        if len({id(mandate.delegate) for mandate in mandates}) < len(mandates):
            row.refuse(heading, "同一位代表写了两次，请删去一个。")
        return mandates

    def reference(self, mandate: Mandate, *tests: Test) -> str:
        """How a cell names the mandate: by the bare name where that is enough."""
        delegate = mandate.delegate
        if len(self._by_name[delegate.name]) == 1 and (
            self._choose(self._by_person[id(delegate)], tests) is mandate
        ):
            return delegate.name
        return f"{delegate.name}({mandate.card_number})"

    def _find_card(self, row: Row, heading: str, text: str, name: str, card: str):
        mandate = self._by_card.get(card)
        if mandate is None:
            if card in self.spoiled:
                row.faulty = True
            else:
                row.refuse(heading, f"代表名册中没有代表证号“{card}”，请核对。", text)
        elif mandate.delegate.name != name:
            row.refuse(
                heading, f"代表证号“{card}”是{mandate.delegate.name}的，与姓名不符，请核对。", text
            )
            return None
        return mandate

    @staticmethod
    def _choose(mandates: list[Mandate], tests: Iterable[Test]) -> Mandate:
        return max(mandates, key=lambda mandate: [test(mandate) for test in tests])
