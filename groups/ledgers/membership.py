"""Ledger sheet 代表小组, and the stretches in groups that the sheet 代表 tells."""

import datetime
from collections import defaultdict
from typing import Any

from congress.cells import LIST, TEXT, YES_NO
from congress.ledger_plan import Plan
from congress.ledger_tables import Register
from congress.ledgers import ORDINAL, VILLAGES, Basics
from congress.models import Village
from congress.workbook import Column, Row, Sheet
from delegates.ledgers.mandates import Entry, Stretch
from delegates.ledgers.planning import RosterPlan
from delegates.models import Mandate
from delegates.names import tidy_name
from delegates.roster import Roster, Test

from ..models import OFFICERS, DelegateGroup, GroupVillage, Membership, Post
from .rooms import RoomBook

GROUPS = Sheet(
    "代表小组",
    (
        Column("组别", ORDINAL, True, "ordinal"),
        Column("覆盖村", LIST, True, width=24),
        Column("组长", TEXT, True),
        Column("副组长", TEXT, True),
        Column("联系员", TEXT, True, "staff_name"),
        Column("联系员是否代表", YES_NO, True, width=17),
        Column("活动室名称", TEXT, True, "name", width=24),
        Column("活动室地点", TEXT, True, "place", width=18),
        Column("标牌", YES_NO, True, "has_sign"),
        Column("制度上墙", YES_NO, True, "rules_on_wall", width=11),
    ),
)
POSTS = {label: value for value, label in Post.choices}
MEMBERSHIP_HEADINGS = {
    "mandate": "代表证号",
    "group": "所属小组",
    "post": "组内职务",
    "start": "状态日期",
    "end": "状态日期",
    "note": "备注",
}


class GroupBook:
    """Groups by their number, and who belonged to them on a day."""

    def __init__(self, register: Register):
        self.register = register
        self._stretches: dict[int, list[Membership]] = defaultdict(list)

    def add(self, membership: Membership):
        self._stretches[id(membership.mandate)].append(membership)

    def find(self, row: Row, heading: str) -> DelegateGroup | None:
        ordinal = row[heading]
        return self.register.find(
            row, heading, ordinal, f"“代表小组”表中没有第{ordinal}组，请核对或先补上。"
        )

    def stretches(self, mandate: Mandate) -> list[Membership]:
        return self._stretches[id(mandate)]

    def member_on(self, group: DelegateGroup, day: datetime.date) -> Test:
        return lambda mandate: any(
            stretch.group is group and stretch.holds_on(day) for stretch in self.stretches(mandate)
        )


def plan_groups(
    plan: Plan, basics: Basics, villages: Register, roster_plan: RosterPlan
) -> GroupBook:
    known = _known_groups(plan, basics)
    book = GroupBook(Register({group.ordinal: group for group in known}))
    rows = _plan_group_rows(plan, basics, roster_plan, book)
    _plan_coverage(plan, basics, villages, rows)
    _plan_memberships(plan, roster_plan, book)
    rooms = RoomBook(plan, GROUPS, basics.period.last)
    for row, group in rows:
        _check_officers(row, group, basics, roster_plan.roster, book)
        _plan_staff_liaison(plan, basics, roster_plan.roster, row, group)
        rooms.put(row, group)
    return book


def _known_groups(plan: Plan, basics: Basics) -> list[DelegateGroup]:
    term = basics.term
    groups = DelegateGroup.objects.filter(term=term) if term.pk else DelegateGroup.objects.none()
    return plan.table(DelegateGroup, groups).known


def _plan_group_rows(
    plan: Plan, basics: Basics, roster_plan: RosterPlan, book: GroupBook
) -> list[tuple[Row, DelegateGroup]]:
    """The groups of the sheet; a new one exists since somebody first belonged to it."""
    founded: dict[int, datetime.date] = {}
    for entry in roster_plan.entries:
        for stretch in entry.stretches:
            ordinal = stretch.row["所属小组"]
            founded[ordinal] = min(founded.get(ordinal, stretch.start), stretch.start)
    rows = []
    for row in plan.rows[GROUPS.name]:
        ordinal = row["组别"]
        if book.register.claim(row, "组别", ordinal):
            known = book.register.records.get(ordinal)
            values: dict[str, Any] = {"term": basics.term, "ordinal": ordinal}
            if known is None:
                values["start"] = founded.get(ordinal, basics.period.first)
            group = plan.put(row, DelegateGroup, known, values, GROUPS.heading_of)
            book.register.records[ordinal] = group
            rows.append((row, group))
    return rows


def _plan_coverage(
    plan: Plan, basics: Basics, villages: Register, rows: list[tuple[Row, DelegateGroup]]
):
    """Every village in exactly one group."""
    known = plan.table(GroupVillage, _open_coverage()).known
    groups = plan.by_key(DelegateGroup)
    by_village: dict[int, GroupVillage] = {}
    for stretch in known:
        stretch.group = groups.get(stretch.group_id, stretch.group)
        by_village[stretch.village_id] = stretch
    taken: dict[str, Row] = {}
    for row, group in rows:
        for name in row["覆盖村"]:
            village = villages.find(row, "覆盖村", name, "“村”表中没有这个村，请核对。", name)
            if name in taken:
                row.refuse(
                    "覆盖村", f"第{taken[name].number}行已有这个村，一个村只能属于一个小组。", name
                )
            elif village:
                _plan_village(plan, basics, row, group, village, by_village.get(village.pk))
            taken[name] = row
    _check_all_covered(plan, villages, by_village)


def _check_all_covered(plan: Plan, villages: Register, by_village: dict[int, GroupVillage]):
    listed = [row["覆盖村"] for row in plan.rows[GROUPS.name]]
    if not all(listed):
        return
    named = {name for names in listed for name in names}
    for row in plan.rows[VILLAGES.name]:
        village = villages.records.get(row["村名"])
        if village and row["村名"] not in named and village.pk not in by_village:
            row.refuse("村名", "没有代表小组覆盖这个村，请在“代表小组”表中补上。")


def _open_coverage():
    return GroupVillage.objects.filter(end=None).select_related("group").order_by("pk")


def _plan_village(
    plan: Plan,
    basics: Basics,
    row: Row,
    group: DelegateGroup,
    village: Village,
    current: GroupVillage | None,
):
    if current and current.group is group:
        return
    start = group.start
    if current:
        plan.note_change(row, "覆盖村", f"{village}属{current.group}", f"{village}属{group}")
        start = max(group.start, basics.period.first)
        if current.start >= start:
            plan.set(current, "group", group)
            return
        plan.set(current, "end", start)
    plan.add(GroupVillage(group=group, village=village, start=start))


def _plan_memberships(plan: Plan, roster_plan: RosterPlan, book: GroupBook):
    mandates, groups = plan.by_key(Mandate), plan.by_key(DelegateGroup)
    memberships = Membership.objects.filter(group__in=groups)
    # A post is given up before somebody else takes it.
    known = plan.table(Membership, memberships, {"post": Post.MEMBER}).known
    by_mandate: dict[int, list[Membership]] = defaultdict(list)
    for membership in known:
        membership.group = groups[membership.group_id]
        if membership.mandate_id in mandates:
            membership.mandate = mandates[membership.mandate_id]
            by_mandate[membership.mandate_id].append(membership)
    pairs = [
        (entry, stretch, membership)
        for entry in roster_plan.entries
        for stretch, membership in _pair(entry.stretches, by_mandate.get(entry.mandate.pk, []))
    ]
    officers: set[tuple] = set()
    for entry, stretch, membership in sorted(pairs, key=lambda pair: pair[1].row.number):
        group = book.find(stretch.row, "所属小组")
        if group:
            values = _membership_values(entry, stretch, group, officers)
            plan.put(stretch.row, Membership, membership, values, MEMBERSHIP_HEADINGS)
    for membership in plan.records(Membership):
        if membership.mandate:
            book.add(membership)


def _membership_values(
    entry: Entry, stretch: Stretch, group: DelegateGroup, officers: set[tuple]
) -> dict[str, Any]:
    post = POSTS[stretch.row["组内职务"] or Post.MEMBER.label]
    if post in OFFICERS and stretch.end is None:
        # Two mandates of one person name the same post twice; it is held once.
        key = (id(entry.mandate.delegate), group.ordinal, post)
        if key in officers:
            post = Post.MEMBER
        officers.add(key)
    return {
        "mandate": entry.mandate,
        "group": group,
        "post": post,
        "start": stretch.start,
        "end": stretch.end,
        # The note of the last row is kept with the mandate.
        "note": "" if stretch.row is entry.last else stretch.row["备注"],
    }


def _pair(
    stretches: list[Stretch], memberships: list[Membership]
) -> list[tuple[Stretch, Membership | None]]:
    """Each stretch with the stored one of the same first day, else with the next one left over."""
    by_start = {membership.start: membership for membership in memberships}
    paired = {id(each): by_start.get(each.start) for each in stretches}
    used = {id(membership) for membership in paired.values()}
    left = iter(sorted((m for m in memberships if id(m) not in used), key=lambda m: m.start))
    return [(each, paired[id(each)] or next(left, None)) for each in stretches]


def _check_officers(
    row: Row, group: DelegateGroup, basics: Basics, roster: Roster, book: GroupBook
):
    headings = ["组长", "副组长"] + (["联系员"] if row["联系员是否代表"] else [])
    cut_off = basics.period.last
    for heading in headings:
        mandate = roster.find(row, heading, row[heading], book.member_on(group, cut_off))
        if mandate and not any(
            stretch.group is group
            and stretch.post == POSTS[heading]
            and (stretch.end is None or stretch.holds_on(cut_off))
            for each in roster.mandates_of(mandate.delegate)
            for stretch in book.stretches(each)
        ):
            row.refuse(heading, f"“代表”表中，此人不是{group}在任的{heading}，请把两张表改为一致。")


def _plan_staff_liaison(plan: Plan, basics: Basics, roster: Roster, row: Row, group: DelegateGroup):
    current = next(
        (
            each
            for each in plan.table(Membership).known
            if each.staff_name and each.group is group and each.end is None
        ),
        None,
    )
    if row["联系员是否代表"]:
        name = ""
    else:
        name = tidy_name(row["联系员"])
        if roster.knows(name):
            row.refuse("联系员", "此人在“代表”表中，“联系员是否代表”应填“是”。")
    if current and current.staff_name == name:
        return
    start = group.start
    if current:
        # The sheet does not tell the day: the change holds from the first day of the period.
        plan.note_change(row, "联系员", current.staff_name, row["联系员"])
        start = basics.period.first
        if current.start < start:
            plan.set(current, "end", start)
        else:
            plan.remove(current)
    if name:
        values = {
            "group": group,
            "staff_name": name,
            "post": Post.LIAISON,
            "start": max(start, group.start),
        }
        plan.put(row, Membership, None, values, GROUPS.heading_of)
