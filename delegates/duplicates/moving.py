"""What a merge would do to each row that points at the person who goes, or at a double mandate.

Explicit rules, shown before anything is done:

- a row goes to the person who stays; of a double mandate to the mandate that stays;
- two rows that say the same of one occasion become one, two spans that say the same become one
  span from the first day to the last;
- two rows that contradict each other forbid the merge: the office puts one right first.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.timezone import localtime

from congress.editing import fingerprint
from congress.numerals import full_date
from congress.periods import Dated
from delegates.models import Delegate, KeptApart, Mandate

from .relations import (
    Pointer,
    address_of,
    of_mandates,
    of_persons,
    place_of,
    pointers,
    words_of,
)
from .snapshots import differing, in_words
from .twins import Twins, overlap, own_fields

#: A rule of a room above: what of its own forbids a merge.
Check = Callable[["Plan"], Iterable["Conflict"]]
_CHECKS: list[Check] = []


def merge_check(check: Check) -> Check:
    """Declare what a room above knows to contradict, see ``groups.merge_checks``."""
    _CHECKS.append(check)
    return check


@dataclass(frozen=True)
class Conflict:
    """Two rows that cannot both be one person's; ``sentence`` names them and says what to do."""

    sentence: str
    rows: tuple[models.Model, ...] = ()

    @property
    def links(self) -> list[tuple[str, str]]:
        """(words, address) of the pages where it is put right."""
        found = {address_of(row): words_of(row) for row in self.rows}
        return [(words, address) for address, words in found.items() if address]


@dataclass(frozen=True)
class Joined:
    """A row that becomes one with another; ``span`` is what that one lasts then."""

    pointer: Pointer
    row: models.Model
    stays: models.Model
    span: tuple[datetime.date, datetime.date | None] | None = None

    @property
    def words(self) -> str:
        place = place_of(self.row)
        return f"{words_of(self.row)}（{place}）" if place else words_of(self.row)

    @property
    def span_words(self) -> str:
        start, end = self.span
        return f"{start}至{end or '今'}"


@dataclass
class Plan:
    """What a merge would do, without doing it."""

    kept: Delegate
    other: Delegate
    ours: list[Mandate]
    theirs: list[Mandate]
    #: (the mandate that stays, its double).
    doubles: list[tuple[Mandate, Mandate]] = field(default_factory=list)
    moved: dict[Pointer, list[models.Model]] = field(default_factory=dict)
    joined: list[Joined] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    #: Rows that the person brings along, by what they are called.
    counts: Counter = field(default_factory=Counter)

    @property
    def moving_mandates(self) -> list[Mandate]:
        """Those that stay mandates of their own, of the person who stays."""
        doubles = {double.pk for _, double in self.doubles}
        return [mandate for mandate in self.theirs if mandate.pk not in doubles]

    @property
    def seen(self) -> str:
        """Changes with whatever the page shows."""
        return fingerprint(
            (
                [(each.pk, each.version) for each in (self.kept, self.other)],
                [(each.pk, each.version) for each in (*self.ours, *self.theirs)],
                sorted(
                    (pointer.model._meta.label, pointer.field.name, [row.pk for row in rows])
                    for pointer, rows in self.moved.items()
                ),
                [
                    (each.row._meta.label, each.row.pk, each.stays.pk, each.span)
                    for each in self.joined
                ],
                len(self.conflicts),
            )
        )


def plan_of(kept: Delegate, other: Delegate) -> Plan:
    mandates = Mandate.objects.select_related("term", "constituency", "delegate").order_by("pk")
    plan = Plan(
        kept,
        other,
        list(mandates.filter(delegate=kept)),
        list(mandates.filter(delegate=other)),
    )
    _pair_mandates(plan)
    for pointer in of_persons():
        _sort(plan, pointer, [kept.pk], {other.pk: kept.pk}, [other.pk])
    targets = {double.pk: stays.pk for stays, double in plan.doubles}
    for pointer in of_mandates():
        _sort(
            plan,
            pointer,
            [mandate.pk for mandate in plan.ours],
            targets,
            [mandate.pk for mandate in plan.theirs],
        )
    _refuse_children(plan)
    apart = KeptApart.objects.filter(one__in=(kept, other), other__in=(kept, other)).first()
    if apart:
        plan.conflicts.append(
            Conflict(
                f"{apart.by}已于{full_date(localtime(apart.at))}确认两人不是同一人。"
                "要合并的，请先在“疑似重复”中撤回这项确认。"
            )
        )
    for check in _CHECKS:
        plan.conflicts += check(plan)
    return plan


def span_words(dated: Dated) -> str:
    return f"{dated.start:%Y-%m-%d}至{dated.end.isoformat() if dated.end else '今'}"


def _pair_mandates(plan: Plan) -> None:
    """Of one level and term, at the same time: a double. One after the other: both stay."""
    for double in plan.theirs:
        alike = [
            mandate
            for mandate in plan.ours
            if (mandate.level, mandate.term_id) == (double.level, double.term_id)
        ]
        same_time = [mandate for mandate in alike if overlap(mandate, double)]
        taken = {stays.pk for stays, _ in plan.doubles}
        if len(same_time) > 1 or (same_time and same_time[0].pk in taken):
            plan.conflicts.append(
                Conflict(
                    f"{double.term}{double.get_level_display()}人大代表资格有三项时间重叠，"
                    "分不清哪两项是同一项。请先改正其中一项的起止日期。",
                    (*same_time, double),
                )
            )
        elif same_time:
            plan.doubles.append((same_time[0], double))
        for mandate in plan.ours:
            if mandate.level != double.level or mandate in same_time:
                continue
            facts = (
                f"{mandate.card_number}（{span_words(mandate)}）和"
                f"{double.card_number}（{span_words(double)}）"
            )
            if overlap(mandate, double):
                plan.remarks.append(
                    f"{double.get_level_display()}人大代表资格{facts}届次不同而时间重叠，"
                    "两项都保留，请核对起止日期。"
                )
            elif mandate in alike:
                plan.remarks.append(f"代表资格{facts}时间不重叠，是先后两项，都保留。")


def _sort(
    plan: Plan, pointer: Pointer, our_keys: list[int], targets: dict[int, int], keys: list[int]
) -> None:
    """Say of each row of the one who goes what becomes of it."""
    theirs = list(pointer.rows_of(keys))
    if not theirs:
        return
    ours = list(pointer.rows_of(our_keys))
    finder = Twins(pointer, ours, targets)
    for row in theirs:
        stays, span, is_same = finder.twin_of(row)
        if stays is None:
            plan.counts[pointer.label] += 1
            if pointer.target(row) in targets:
                plan.moved.setdefault(pointer, []).append(row)
        elif is_same:
            plan.joined.append(Joined(pointer, row, stays, span))
        else:
            plan.conflicts.append(_contradiction(pointer, stays, row))


def _contradiction(pointer: Pointer, ours: models.Model, theirs: models.Model) -> Conflict:
    fields = differing(ours, theirs, {pointer.field.name, *own_fields(theirs)})
    told = "；".join(
        f"{each.verbose_name}：{in_words(each, ours)}、{in_words(each, theirs)}" for each in fields
    )
    facts = "；".join(filter(None, (place_of(ours), words_of(ours), words_of(theirs), told)))
    return Conflict(
        f"两人都有“{pointer.label}”，内容不一致（{facts}）。请先把其中一条改正或删去，再合并。",
        (ours, theirs),
    )


def _refuse_children(plan: Plan) -> None:
    """A row that becomes one with another must have nothing of its own beneath it."""
    by_model: dict[type[models.Model], list[Joined]] = {}
    for joined in plan.joined:
        by_model.setdefault(type(joined.row), []).append(joined)
    for model, found in by_model.items():
        for child in pointers(model):
            held = {child.target(row) for row in child.rows_of([each.row.pk for each in found])}
            for joined in found:
                if joined.row.pk in held:
                    plan.conflicts.append(
                        Conflict(
                            f"两人都有“{joined.pointer.label}”（{words_of(joined.row)}），"
                            f"要并入的一条下面还有“{child.label}”。请先删去其中一条，再合并。",
                            (joined.stays, joined.row),
                        )
                    )
