"""Changing the outline of a report, or the township's template for new ones.

Without a report all functions are about the template. Each is told by ``seen`` which outline its
user had before the eyes, see ``fingerprint``, and raises ``EditedMeanwhile`` where another one
stands by now: parts move by one place, and must not move from elsewhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from congress import editing
from congress.models import Township, User
from congress.roles import require_keeper, runs_the_year
from reports.drafting.actions import open_report
from reports.models import AnnualReport, Narrative, OutlinePart
from reports.outline import PREFACE, Part, outline_of, own_number
from reports.places import OWN, running_number

Outline = tuple[Part, ...]
MOST_OWN_PARTS = 99


def fingerprint(outline: Outline) -> str:
    return editing.fingerprint(outline)


def move(*, user: User, report: AnnualReport | None, seen: str, key: str, by: int) -> None:
    """One place up (-1) or down (1) among its neighbours; the preface stays first."""

    def moved(parts: list[Part]) -> list[Part]:
        here = _index(parts, key)
        there = here + by
        first = 1 if parts[0].key == PREFACE else 0
        if here >= first and first <= there < len(parts):
            parts.insert(there, parts.pop(here))
        return parts

    _change(user, report, seen, _among_neighbours(key, moved))


def leave_out(
    *, user: User, report: AnnualReport | None, seen: str, key: str, is_left_out: bool
) -> None:
    """A part that is left out keeps its texts, and its place for when it is put back."""
    _change(user, report, seen, _each(key, is_left_out=is_left_out))


def rename(*, user: User, report: AnnualReport | None, seen: str, key: str, heading: str) -> None:
    """An empty heading gives a standard part its usual one again."""
    heading = _heading(heading)
    if key == PREFACE:
        raise ValidationError("前言没有标题。")
    if own_number(key) and not heading:
        raise ValidationError("自拟的部分要有标题。")
    _change(user, report, seen, _each(key, heading=heading))


def add(*, user: User, report: AnnualReport | None, seen: str, chapter: str, heading: str) -> str:
    """A part of the office's own at the end, of a chapter or of the report; its key."""
    heading = _heading(heading)
    if not heading:
        raise ValidationError("请填写标题。")
    number = _free_number(report)
    part = Part(f"own-{number}", heading, heading=heading)

    def added(outline: Outline) -> Outline:
        if not chapter:
            return (*outline, part)
        _index(outline, chapter)
        return tuple(
            replace(each, sections=(*each.sections, part)) if each.key == chapter else each
            for each in outline
        )

    _change(user, report, seen, added)
    return part.key


def remove(*, user: User, report: AnnualReport | None, seen: str, key: str) -> None:
    """A part of the office's own goes, with its sections; its text stays among the unprinted."""
    if not own_number(key):
        raise ValidationError("只有自拟的部分可以删除；其他部分可以选“不写入”。")

    def without(parts: list[Part]) -> list[Part]:
        return [part for part in parts if part.key != key]

    _change(user, report, seen, _among_neighbours(key, without))


def reset(*, user: User, report: AnnualReport | None, seen: str) -> None:
    """Back to the standard outline."""
    _change(user, report, seen, lambda outline: ())


@transaction.atomic
def make_template(*, user: User, report: AnnualReport) -> None:
    """New reports will have this one's outline."""
    _may_set(user, None)
    list(Township.objects.select_for_update())
    _write(None, outline_of(report))


def take_template(report: AnnualReport) -> None:
    """A new report takes a copy of the township's template, where there is one."""
    OutlinePart.objects.bulk_create(template_copies(report))


def template_copies(report: AnnualReport) -> list[OutlinePart]:
    rows = OutlinePart.objects.filter(report=None)
    fields = ("key", "chapter", "position", "heading", "is_left_out")
    return [
        OutlinePart(report=report, **{name: getattr(row, name) for name in fields}) for row in rows
    ]


@transaction.atomic
def _change(
    user: User, report: AnnualReport | None, seen: str, change: Callable[[Outline], Outline]
) -> None:
    _may_set(user, report)
    if report is None:
        list(Township.objects.select_for_update())
    else:
        report = open_report(report)
    outline = outline_of(report)
    if fingerprint(outline) != seen:
        raise editing.EditedMeanwhile
    _write(report, change(outline))


def _may_set(user: User, report: AnnualReport | None) -> None:
    require_keeper(user)
    if report is None and not runs_the_year(user):
        raise PermissionDenied


def _write(report: AnnualReport | None, outline: Outline) -> None:
    """The rows of this outline, one a part; none for the standard one."""
    OutlinePart.objects.filter(report=report).delete()
    rows = [*_rows(outline)]
    for part in outline:
        rows += _rows(part.sections, part.key)
    for row in rows:
        row.report = report
    OutlinePart.objects.bulk_create(rows)


def _rows(parts: Sequence[Part], chapter: str = "") -> list[OutlinePart]:
    return [
        OutlinePart(
            key=part.key,
            chapter=chapter,
            position=position,
            heading=part.heading,
            is_left_out=part.is_left_out,
        )
        for position, part in enumerate(parts)
    ]


def _among_neighbours(
    key: str, change: Callable[[list[Part]], list[Part]]
) -> Callable[[Outline], Outline]:
    """The change made to the list in which the part stands: the chapters, or one's sections."""

    def changed(outline: Outline) -> Outline:
        if any(part.key == key for part in outline):
            return tuple(change(list(outline)))
        if not any(each.key == key for part in outline for each in part.sections):
            raise ValidationError("提纲中没有这一部分。")
        return tuple(
            replace(part, sections=tuple(change(list(part.sections))))
            if any(each.key == key for each in part.sections)
            else part
            for part in outline
        )

    return changed


def _each(key: str, **fields) -> Callable[[Outline], Outline]:
    def changed(parts: list[Part]) -> list[Part]:
        return [replace(part, **fields) if part.key == key else part for part in parts]

    return _among_neighbours(key, changed)


def _index(parts: Sequence[Part], key: str) -> int:
    keys = [part.key for part in parts]
    if key not in keys:
        raise ValidationError("提纲中没有这一部分。")
    return keys.index(key)


def _heading(text: str) -> str:
    heading = " ".join(text.split())
    if len(heading) > OutlinePart._meta.get_field("heading").max_length:
        raise ValidationError("标题太长，请缩短到100字以内。")
    return heading


def _free_number(report: AnnualReport | None) -> int:
    """Of a part, not used before: its text would otherwise be that of a part removed."""
    parts = OutlinePart.objects.filter(report=report).values_list("key", flat=True)
    texts = Narrative.objects.filter(report=report, place__startswith=f"{OWN}-")
    places = texts.values_list("place", flat=True) if report else ()
    number = max([0, *map(own_number, parts), *map(running_number, places)]) + 1
    if number > MOST_OWN_PARTS:
        raise ValidationError("自拟的部分已经太多。")
    return number
