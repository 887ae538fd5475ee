"""A year's plan drawn up from last year's, from a template, or from the usual set.

``draft`` only proposes; what is chosen becomes items through ``make``. Proposals of a plan that
was issued, and of what the year has already, are left out.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from congress import editing
from congress.models import Township, User
from congress.periods import Period, today
from congress.roles import runs_the_year
from delegates.models import Level, Mandate

from . import planning
from .models import DelegateGroup, PlanIssue, PlanItem, PlanTemplate, PlanTemplateItem

Kind = PlanItem.Kind
STANDARD, LAST_YEAR = "standard", "last"
#: In a template: whoever leads the group.
LEADER = "组长"
ALL, OWN = "全体代表", "本组代表"
#: Copied from one item to the next.
_COPIED = (
    *("title", "kind", "first_month", "last_month"),
    *("planned_count", "responsible", "participants", "note"),
)


@dataclass(frozen=True)
class Draft:
    """Items not yet saved, and in words what was left out and why."""

    year: int
    items: tuple[PlanItem, ...]
    left_out: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        return editing.fingerprint([planning.told(item) for item in self.items])


def draft(year: int, source: str, groups: Iterable[DelegateGroup]) -> Draft | None:
    """What the source proposes for these groups and the township; None for an unknown source."""
    groups = list(groups)
    if source == LAST_YEAR:
        items, left_out = _of_last_year(year, groups)
    elif source == STANDARD:
        items, left_out = _spread(year, _usual(year), groups), []
    elif template := _template(source):
        items, left_out = _spread(year, template.items.all(), groups), []
    else:
        return None
    return _without_known(year, items, left_out)


def _template(source: str) -> PlanTemplate | None:
    key = source.removeprefix("template-")
    if key == source or not (key.isascii() and key.isdecimal() and len(key) < 18):
        return None
    return PlanTemplate.objects.filter(pk=int(key)).first()


def _of_last_year(year: int, groups: list[DelegateGroup]) -> tuple[list[PlanItem], list[str]]:
    """Copied with months, numbers and who is responsible; a new term's group by its ordinal."""
    by_ordinal = {group.ordinal: group for group in groups}
    here = {group.pk: group for group in groups}
    items, missing = [], {}
    known = PlanItem.objects.filter(year=year - 1).select_related("group").order_by("number")
    for item in known:
        group = here.get(item.group_id) or (item.group and by_ordinal.get(item.group.ordinal))
        if item.group and group is None:
            missing[str(item.group)] = missing.get(str(item.group), 0) + 1
        else:
            items.append(_copy(year, item, group))
    left_out = [f"{year}年没有{name}，其{count}项没有列入。" for name, count in missing.items()]
    return items, left_out


def _copy(year: int, source: PlanItem | PlanTemplateItem, group: DelegateGroup | None) -> PlanItem:
    item = PlanItem(year=year, group=group)
    for name in _COPIED:
        setattr(item, name, getattr(source, name))
    item.title = re.sub(rf"(?<!\d){year - 1}(?=年)", str(year), item.title)
    return item


def _spread(
    year: int, lines: Iterable[PlanTemplateItem], groups: list[DelegateGroup]
) -> list[PlanItem]:
    """Lines of the township as they are, the others once for each group."""
    lines = list(lines)
    items = [_copy(year, line, None) for line in lines if not line.for_each_group]
    for group in groups:
        for line in lines:
            if line.for_each_group:
                item = _copy(year, line, group)
                if item.responsible == LEADER:
                    item.responsible = f"{group}{LEADER}"
                items.append(item)
    return items


def _usual(year: int) -> list[PlanTemplateItem]:
    """What a township plans every year; its months and numbers are there to be changed."""
    township = Township.current()
    on = max(Period.of_year(year).first, today())
    delegates = Mandate.objects.in_office_on(on).filter(level=Level.TOWN).count()
    organ, chair = f"{township.kind}人大", f"{township.kind}人大主席"
    # Each delegate reports once in a term of five years (代表法 58).
    reports = max(-(-delegates // 5), 1)
    day = f"代表接待选民日（每月{township.reception_day}日）"
    lines = [
        (False, f"召开{organ}会议", Kind.SESSION, 1, 1, 1, f"{organ}主席团", ALL),
        (False, "代表学习培训", Kind.TRAINING, 4, 4, 1, f"{organ}办公室", ALL),
        (False, "代表向原选区选民述职", Kind.DUTY_REPORT, 3, 11, reports, chair, "述职代表、选民"),
        (False, "视察重点工程", Kind.INSPECTION, 6, 6, 1, chair, "部分代表"),
        (False, f"召开{organ}会议", Kind.SESSION, 7, 8, 1, f"{organ}主席团", ALL),
        (False, "视察民生工程", Kind.INSPECTION, 10, 10, 1, chair, "部分代表"),
        (False, f"{township.kind}直单位工作评议", Kind.EVALUATION, 12, 12, 1, chair, ALL),
        (True, day, Kind.RECEPTION, 1, 12, 12, LEADER, "轮值代表"),
        (True, "小组学习", Kind.TRAINING, 3, 3, 1, LEADER, OWN),
        (True, "小组视察调研", Kind.INSPECTION, 5, 5, 1, LEADER, OWN),
    ]
    return [
        PlanTemplateItem(
            position=place,
            for_each_group=each,
            title=title,
            kind=kind,
            first_month=first,
            last_month=last,
            planned_count=count,
            responsible=responsible,
            participants=participants,
        )
        for place, (each, title, kind, first, last, count, responsible, participants) in enumerate(
            lines, 1
        )
    ]


def _without_known(year: int, items: list[PlanItem], left_out: list[str]) -> Draft:
    """Without what the year has already, and without the plans that were issued."""
    known = {_identity(item) for item in PlanItem.objects.filter(year=year)}
    issues = PlanIssue.objects.filter(year=year).select_related("group")
    closed = {issue.group_id: str(issue.group or planning.TOWNSHIP) for issue in issues}
    kept = [item for item in items if item.group_id not in closed and _identity(item) not in known]
    doubled = sum(item.group_id not in closed and _identity(item) in known for item in items)
    for key, name in closed.items():
        if any(item.group_id == key for item in items):
            left_out.append(f"{name}计划已下发，不再列入。")
    if doubled:
        left_out.append(f"计划中已有的{doubled}项不再列入。")
    return Draft(year, tuple(kept), tuple(left_out))


def _identity(item: PlanItem) -> tuple:
    return item.group_id, item.kind, item.title, item.first_month


@transaction.atomic
def make(
    *,
    by: User,
    year: int,
    source: str,
    groups: Iterable[DelegateGroup],
    chosen: Collection[int],
    seen: str,
) -> list[PlanItem]:
    """Add the chosen places of the draft. Raises ``EditedMeanwhile`` where it is another by now."""
    if not runs_the_year(by):
        raise PermissionDenied
    planning.take_turns()
    proposed = draft(year, source, groups)
    if proposed is None or proposed.fingerprint != seen:
        raise editing.EditedMeanwhile
    wanted = [item for place, item in enumerate(proposed.items) if place in chosen]
    planning.apply(by=by, added=wanted)
    return wanted


@transaction.atomic
def keep_as_template(*, by: User, year: int, name: str) -> PlanTemplate:
    """The year's plan for other years; what the groups plan alike becomes one line for each."""
    if not runs_the_year(by):
        raise PermissionDenied
    template = PlanTemplate(name=name, kept_from=year, kept_on=today(), by=by)
    template.full_clean()
    template.save()
    lines: dict[tuple, PlanTemplateItem] = {}
    items = PlanItem.objects.filter(year=year).select_related("group")
    for item in items.order_by("number"):
        values = {name: getattr(item, name) for name in _COPIED}
        if item.group:
            values["responsible"] = values["responsible"].removeprefix(str(item.group))
        key = (item.group_id is not None, *values.values())
        lines.setdefault(
            key,
            PlanTemplateItem(
                template=template,
                position=len(lines) + 1,
                for_each_group=item.group_id is not None,
                **values,
            ),
        )
    PlanTemplateItem.objects.bulk_create(lines.values())
    return template
