"""Ledger sheets 活动, 活动出席, 转送与后续."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from congress.cells import DAY, TEXT, YEAR, Choice
from congress.ledger_plan import Plan
from congress.ledger_tables import Register
from congress.ledgers import Basics
from congress.numerals import group_name
from congress.workbook import Column, Row, Sheet
from delegates.models import Mandate
from delegates.roster import Roster, Test, is_town

from ..models import (
    Activity,
    Attendance,
    DelegateGroup,
    Finding,
    FollowUp,
    Recommendation,
    Transmission,
)
from .circles import plan_circles
from .membership import GroupBook

#: The ledger has no word for law checks: they are 其他 there, and stay what they are here.
KINDS = tuple(kind for kind in Activity.Kind.choices if kind[0] != Activity.Kind.LAW_CHECK)
ACTIVITIES = Sheet(
    "活动",
    (
        Column("活动编号", TEXT, True, "number", width=11),
        Column("年度", YEAR, True),
        Column("类型", Choice(KINDS), True, "kind"),
        Column("名称", TEXT, True, "title", width=24),
        Column("主题", TEXT, False, "theme", width=30),
        Column("主题来源", TEXT, False, "theme_source", width=11),
        Column("日期", DAY, True, "date", width=13),
        Column("组织者", TEXT, True),
        Column("村或地点", TEXT, True, width=20),
        Column("内容", TEXT, True, "content", width=40),
        Column("发现", TEXT, False, width=50),
        Column("建议", TEXT, False, width=50),
    ),
)
ATTENDANCE = Sheet(
    "活动出席",
    (
        Column("活动编号", TEXT, True, width=11),
        Column("代表", TEXT, True),
        Column("出席情况", Choice(tuple(Attendance.Status.choices)), True, "status", width=11),
        Column("事由", Choice(tuple(Attendance.Reason.choices)), False, "reason"),
    ),
)
PASSED_ON, CAME_OF_IT = "转送", "后续"
CHAIN = Sheet(
    "转送与后续",
    (
        Column("活动编号", TEXT, True, width=11),
        Column("类型", Choice(((Transmission, PASSED_ON), (FollowUp, CAME_OF_IT))), True),
        Column("对象", TEXT, True, "who"),
        Column("日期", DAY, True, "date", width=13),
        Column("内容", TEXT, True, "content", width=40),
    ),
)
NO_ACTIVITY = "“活动”表中没有这个编号，请核对。"


def lines(text: str) -> list[str]:
    """Entries of a cell that has one entry a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def plan_activities(plan: Plan, basics: Basics, villages: Register, book: GroupBook) -> Register:
    """Activities by number, with their villages, findings and recommendations."""
    known = plan.table(Activity, Activity.objects.all()).known
    register = Register({activity.number: activity for activity in known})
    groups = plan.by_key(DelegateGroup)
    for activity in known:
        if activity.group_id in groups:
            activity.group = groups[activity.group_id]
    visited = _by_activity(plan, Activity.villages.through, "activity_id")
    findings = _by_activity(plan, Finding, "activity_id")
    advice = _by_activity(plan, Recommendation, "activity_id")
    organisers = _organisers(basics, book)
    headings = ACTIVITIES.heading_of | {"group": "组织者", "place": "村或地点"}
    for row in plan.rows[ACTIVITIES.name]:
        number = row["活动编号"]
        if not register.claim(row, "活动编号", number):
            continue
        if row["年度"] != row["日期"].year:
            row.refuse("年度", "年度须与日期的年份相同。")
        if row["组织者"] not in organisers:
            row.refuse("组织者", f"组织者只能是：{'、'.join(organisers)}。")
            register.spoiled.add(number)
            continue
        places = [villages.records.get(name.strip()) for name in row["村或地点"].split("、")]
        at_villages = all(places) and len(set(map(id, places))) == len(places)
        values = plan.values(row, ACTIVITIES) | {
            "group": organisers[row["组织者"]],
            "place": "" if at_villages else row["村或地点"],
        }
        stored = register.records.get(number)
        if stored and ledger_kind(stored) == values["kind"]:
            values["kind"] = stored.kind
        activity = plan.put(row, Activity, stored, values, headings)
        register.records[number] = activity
        plan.put_list(
            row,
            "村或地点",
            Activity.villages.through,
            {"activity": activity},
            "village",
            visited[activity.pk],
            places if at_villages else [],
        )
        _plan_lines(plan, row, "发现", Finding, activity, findings[activity.pk])
        _plan_lines(plan, row, "建议", Recommendation, activity, advice[activity.pk])
    return register


def ledger_kind(activity: Activity) -> str:
    """The kind under which the ledger has it."""
    is_law_check = activity.kind == Activity.Kind.LAW_CHECK
    return Activity.Kind.OTHER if is_law_check else activity.kind


def _by_activity(plan: Plan, model, name: str) -> dict[int | None, list]:
    found = defaultdict(list)
    for record in plan.table(model, model.objects.order_by("pk")).known:
        found[getattr(record, name)].append(record)
    found[None] = []
    return found


def _organisers(basics: Basics, book: GroupBook) -> dict[str, DelegateGroup | None]:
    groups = sorted(book.register.records.items())
    return {basics.township.congress_name: None} | {
        group_name(ordinal): group for ordinal, group in groups
    }


def _plan_lines(plan: Plan, row: Row, heading: str, model, activity: Activity, known: list):
    """Lines whose text stands keep their kind or addressee, wherever they stand now.

    Where as many texts are new as are gone, each new one corrects the one in its turn.
    """
    wanted = lines(row[heading])
    known = sorted(known, key=lambda line: (line.position, line.pk))
    if [line.text for line in known] == wanted:
        return
    if known:
        old = "\n".join(line.text for line in known)
        plan.note_change(row, heading, old, row[heading])
    free = defaultdict(list)
    for line in known:
        free[line.text].append(line)
    placed = [free[text].pop(0) if free[text] else None for text in wanted]
    gone = [line for line in known if line in free[line.text]]
    if len(gone) == placed.count(None):
        corrected = iter(gone)
        placed = [line or next(corrected) for line in placed]
        gone = []
    for position, (line, text) in enumerate(zip(placed, wanted, strict=True)):
        if line is None:
            plan.add(model(activity=activity, text=text, position=position))
        else:
            plan.set(line, "text", text)
            plan.set(line, "position", position)
    for line in gone:
        if line.is_needed():
            row.refuse(heading, f"“{line}”已经落实或转办，不能去掉，请保留这一行。")
        plan.remove(line)


def plan_attendance(plan: Plan, activities: Register, book: GroupBook, roster: Roster):
    known = plan.table(Attendance, Attendance.objects.order_by("pk")).known
    stored = {(each.activity_id, each.mandate_id): each for each in known}
    held, mandates = plan.by_key(Activity), plan.by_key(Mandate)
    added, before = defaultdict(list), defaultdict(list)
    for each in known:
        each.activity = held[each.activity_id]
        if each.mandate_id in mandates:
            each.mandate = mandates[each.mandate_id]
            before[id(each.activity)].append(each.mandate)
    register = Register()
    headings = ATTENDANCE.heading_of | {
        "mandate": "代表",
        "activity": "活动编号",
        "approved_by": "出席情况",
        "signed_in_at": "出席情况",
    }
    for row in plan.rows[ATTENDANCE.name]:
        if row.faulty:
            continue
        activity = activities.find(row, "活动编号", row["活动编号"], NO_ACTIVITY)
        if activity is None:
            continue
        expected = expected_at(activity, roster, book)
        mandate = roster.find(row, "代表", row["代表"], *expected, is_town)
        if mandate is None or not register.claim(
            row, "代表", (id(activity), id(mandate)), "活动编号和代表"
        ):
            continue
        if not all(test(mandate) for test in expected):
            row.refuse("代表", _why_not_expected(activity))
        values = plan.values(row, ATTENDANCE) | {"activity": activity, "mandate": mandate}
        if values["status"] != Attendance.Status.LEAVE:
            values["approved_by"] = ""
        if values["status"] != Attendance.Status.PRESENT:
            values["signed_in_at"] = None
        record = stored.get((activity.pk, mandate.pk)) if activity.pk else None
        attendance = plan.put(row, Attendance, record, values, headings)
        if record is None:
            added[id(activity)].append((row, attendance))
    expected = {
        key: _all_expected_at(rows[0][1].activity, roster, book) for key, rows in added.items()
    }
    plan_circles(plan, book, added, before, expected)


def expected_at(activity: Activity, roster: Roster, book: GroupBook) -> list[Test]:
    """Who is expected: in office that day; at a group's activity its members that day."""
    tests = [roster.in_office_on(activity.date)]
    if activity.group:
        tests.append(book.member_on(activity.group, activity.date))
    return tests


def _all_expected_at(activity: Activity, roster: Roster, book: GroupBook) -> list[Mandate]:
    tests = expected_at(activity, roster, book)
    return [mandate for mandate in roster.mandates if all(test(mandate) for test in tests)]


def _why_not_expected(activity: Activity) -> str:
    day: datetime.date = activity.date
    if activity.group:
        return f"{day}不是{activity.group}的在任成员，不应列入本组活动的出席。"
    return f"{day}不在任，不应列入出席。"


def plan_chain(plan: Plan, activities: Register):
    """Steps have no number: stored ones are recognised by all they say, else by whom and when."""
    stored = {model: _steps(plan, model) for model in (Transmission, FollowUp)}
    rows = [
        (row, activity)
        for row in plan.rows[CHAIN.name]
        if not row.faulty
        and (activity := activities.find(row, "活动编号", row["活动编号"], NO_ACTIVITY))
    ]
    matched = _match(rows, stored, lambda step: (step.who, step.date, step.content), {})
    matched = _match(rows, stored, lambda step: (step.who, step.date), matched)
    for row, activity in rows:
        values: dict[str, Any] = plan.values(row, CHAIN) | {"activity": activity}
        plan.put(row, row["类型"], matched.get(row.number), values, CHAIN.heading_of)


def _steps(plan: Plan, model) -> list[Transmission | FollowUp]:
    joined = ("activity", "answers") if model is FollowUp else ("activity",)
    return list(plan.table(model, model.objects.select_related(*joined).order_by("pk")).known)


def _match(rows, stored, tell: Callable, matched: dict[int, Any]) -> dict[int, Any]:
    """Give each row without a step the first unused one that tells the same."""
    used = {id(step) for step in matched.values()}
    free: dict[tuple, list] = defaultdict(list)
    for model, steps in stored.items():
        for step in steps:
            if id(step) not in used:
                free[(model, step.activity.number, tell(step))].append(step)
    for row, activity in rows:
        if row.number not in matched:
            wanted = tell(row_as_step(row))
            steps = free[(row["类型"], activity.number, wanted)]
            if steps:
                matched[row.number] = steps.pop(0)
    return matched


def row_as_step(row: Row) -> Transmission:
    return Transmission(who=row["对象"], date=row["日期"], content=row["内容"])
