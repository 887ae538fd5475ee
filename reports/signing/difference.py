"""What differs between a signed version and today's records, or another version.

Each change of a record behind the report is named; figures and text follow from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from reports.drafting.comparing import SAME, compare
from reports.drafting.comparing import Change as Passage

from .freezing import Frozen

#: Longer words are told as 改为, not with an arrow.
SHORT = 20
NOTHING = "（空）"


@dataclass(frozen=True)
class Change:
    """A record that changed, in one sentence; the address is empty where no page shows it."""

    sentence: str
    address: str = ""


@dataclass(frozen=True)
class Changes:
    """Changes of one kind of records."""

    kind: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class FigureChange:
    name: str
    unit: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    records: tuple[Changes, ...]
    figures: tuple[FigureChange, ...]
    paragraphs: tuple[tuple[Passage, ...], ...]

    @property
    def count(self) -> int:
        """Records that changed: 签发后有3项变动."""
        return sum(len(kind.changes) for kind in self.records)


def difference(before: Frozen, after: Frozen) -> Difference:
    """From an earlier state of a report to a later one."""
    return Difference(
        records=_records(before, after),
        figures=_figures(before, after),
        paragraphs=_paragraphs(before.lines, after.lines),
    )


def _paragraphs(before: list[str], after: list[str]) -> tuple[tuple[Passage, ...], ...]:
    """Those in which anything was put in or taken out."""
    told: list[list[Passage]] = [[]]
    for passage in compare("\n".join(before), "\n".join(after)):
        first, *others = passage.text.split("\n")
        told[-1].append(Passage(passage.kind, first))
        told += [[Passage(passage.kind, line)] for line in others]
    found = (tuple(each for each in paragraph if each.text) for paragraph in told)
    return tuple(each for each in found if any(passage.kind != SAME for passage in each))


def _records(before: Frozen, after: Frozen) -> tuple[Changes, ...]:
    was = {kind["kind"]: kind for kind in before.records}
    now = {kind["kind"]: kind for kind in after.records}
    told = _told_by_itself(was, now)
    found = []
    for key in now | was:
        name = (now.get(key) or was[key])["name"]
        changes = _changes(was.get(key), now.get(key), told)
        if changes:
            found.append(Changes(name, tuple(changes)))
    return tuple(found)


def _told_by_itself(was: dict, now: dict) -> set[tuple[str, str]]:
    """(old, new) of what changed in records themselves: others that show it do not tell it too."""
    return {
        (old, new)
        for key in now.keys() & was.keys()
        for before, after in _pairs(was[key], now[key])
        for heading, old, new in _cells(was[key], before, now[key], after)
        if heading not in now[key]["derived"]
    }


def _pairs(was: dict, now: dict) -> Iterator[tuple[dict, dict]]:
    """The same record before and after."""
    before = {row["id"]: row for row in was["rows"]}
    return ((before[row["id"]], row) for row in now["rows"] if row["id"] in before)


def _cells(was: dict, before: dict, now: dict, after: dict) -> Iterator[tuple[str, str, str]]:
    """(heading, old, new) of what changed; a version may be older than a column."""
    old = dict(zip(was["headings"], before["values"], strict=True))
    new = dict(zip(now["headings"], after["values"], strict=True))
    return (
        (heading, old[heading], value)
        for heading, value in new.items()
        if heading in old and old[heading] != value
    )


def _changes(was: dict | None, now: dict | None, told: set[tuple[str, str]]) -> list[Change]:
    before = {row["id"]: row for row in (was or {"rows": []})["rows"]}
    after = {row["id"]: row for row in (now or {"rows": []})["rows"]}
    kind = now or was
    name = kind["name"]
    gone = [row for pk, row in before.items() if pk not in after]
    standing = _standing(kind["model"], [row["id"] for row in gone])
    changes = [
        Change(f"{_titled(name, row)}：{altered}", row["address"])
        for pk, row in after.items()
        if pk in before and (altered := _altered(was, before[pk], now, row, told))
    ]
    changes += [
        Change(f"新计入{_titled(name, row)}", row["address"])
        for pk, row in after.items()
        if pk not in before
    ]
    changes += [
        Change(f"不再计入{_titled(name, row)}", row["address"])
        if row["id"] in standing
        else Change(f"{_titled(name, row)}已删除")
        for row in gone
    ]
    return changes


def _titled(name: str, row: dict) -> str:
    """接待登记2020-041; 第一代表小组 says by itself what it is."""
    label = row["label"]
    return label if name in label else f"{name}{label}"


def _altered(was: dict, before: dict, now: dict, after: dict, told: set[tuple[str, str]]) -> str:
    return "，".join(
        f"{heading}{_from_to(old, new)}"
        for heading, old, new in _cells(was, before, now, after)
        if heading not in now["derived"] or (old, new) not in told
    )


def _from_to(old: str, new: str) -> str:
    if max(len(old), len(new)) > SHORT:
        return f"由“{old or NOTHING}”改为“{new or NOTHING}”"
    return f" {old or NOTHING}→{new or NOTHING}"


def _standing(model: str, gone: list[int]) -> set[int]:
    """Which of these records still are, though the report no longer counts them."""
    if not gone:
        return set()
    records = apps.get_model(model)._base_manager.filter(pk__in=gone)
    return set(records.values_list("pk", flat=True))


def _figures(before: Frozen, after: Frozen) -> tuple[FigureChange, ...]:
    was = {(each["key"], each["of"]): each for each in before.figures}
    now = {(each["key"], each["of"]): each for each in after.figures}
    return tuple(
        FigureChange(
            name=(now.get(key) or was[key])["name"],
            unit=(now.get(key) or was[key])["unit"],
            before=_in_words(was.get(key)),
            after=_in_words(now.get(key)),
        )
        for key in now | was
        if _in_words(was.get(key)) != _in_words(now.get(key))
    )


def _in_words(figure: dict | None) -> str:
    if figure is None:
        return "—"
    value = figure["value"]
    return "/".join(map(str, value)) if isinstance(value, list) else str(value)
