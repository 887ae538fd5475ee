"""Which parts a report has, in which order and under which headings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reports.models import AnnualReport, OutlinePart
from reports.places import OWN

PREFACE = "preface"
_OWN_KEY = re.compile(r"^own-([1-9][0-9]?)$")


@dataclass(frozen=True)
class Part:
    """A chapter with its sections, or a section.

    ``label`` names it in the outline; ``heading`` is the office's own, empty for the usual one,
    which follows from the records.
    """

    key: str
    label: str
    sections: tuple["Part", ...] = ()
    heading: str = ""
    is_left_out: bool = False

    @property
    def is_own(self) -> bool:
        """Added by the office; its text is a narrative."""
        return bool(_OWN_KEY.match(self.key))

    @property
    def place(self) -> str:
        """Of the text of an own part: 自拟-2 for own-2."""
        return f"{OWN}-{own_number(self.key)}"

    @property
    def shown(self) -> str:
        return self.heading or self.label


STANDARD = (
    Part(PREFACE, "前言"),
    Part(
        "work_done",
        "代表小组活动开展情况",
        (
            Part("work_done.platform", "搭建平台，提供载体"),
            Part("work_done.systems", "落实两项制度（接待选民、述职）"),
            Part("work_done.activities", "坚持三项活动（培训、视察、评议）"),
            Part("work_done.effects", "取得的成效和存在的问题"),
        ),
    ),
    Part(
        "work_to_come",
        "后几个月工作打算",
        (
            Part("work_to_come.activities", "继续开展好代表小组活动"),
            Part("work_to_come.session", "召开下次人大会议"),
            Part("work_to_come.bills", "为县人代会准备议案、建议"),
        ),
    ),
    Part("suggestions", "对县人大工作的建议"),
)


def own_number(key: str) -> int:
    """2 for own-2; 0 for a part of the standard outline."""
    match = _OWN_KEY.match(key)
    return int(match[1]) if match else 0


def outline_of(report: AnnualReport | None) -> tuple[Part, ...]:
    """The outline of a report, without one the township's template."""
    return arranged(OutlinePart.objects.filter(report=report))


def arranged(rows: Iterable[OutlinePart]) -> tuple[Part, ...]:
    """The standard outline as these rows change it; the preface always comes first.

    A standard part without a row stands behind the one it follows usually.
    """
    rows = sorted(rows, key=lambda row: (row.position, row.pk or 0))
    chapters = _siblings(STANDARD, [row for row in rows if not row.chapter])
    chapters.sort(key=lambda part: part.key != PREFACE)
    return tuple(
        replace(
            part,
            sections=tuple(
                _siblings(part.sections, [row for row in rows if row.chapter == part.key])
            ),
        )
        for part in chapters
    )


def _siblings(standard: Sequence[Part], rows: Sequence[OutlinePart]) -> list[Part]:
    usual = {part.key: part for part in standard}
    parts = [_part(row, usual) for row in rows if row.key in usual or own_number(row.key)]
    present = {part.key for part in parts}
    before = None
    for part in standard:
        if part.key not in present:
            keys = [each.key for each in parts]
            parts.insert(keys.index(before) + 1 if before else 0, part)
        before = part.key
    return parts


def _part(row: OutlinePart, usual: dict[str, Part]) -> Part:
    part = usual.get(row.key) or Part(row.key, row.heading)
    return replace(part, heading=row.heading, is_left_out=row.is_left_out)
