"""Ledger sheet 年度计划."""

import copy

from congress.cells import MONTHS, TEXT, YEAR, Choice, WholeNumber
from congress.ledger_plan import Plan
from congress.ledger_tables import Register
from congress.ledgers import ORDINAL
from congress.workbook import Column, Sheet

from .. import planning
from ..models import DelegateGroup, PlanChange, PlanIssue, PlanItem
from .membership import GroupBook

YEAR_PLAN = Sheet(
    "年度计划",
    (
        Column("序号", WholeNumber(1, 9999), True, "number"),
        Column("年度", YEAR, True, "year"),
        Column("组别", ORDINAL),
        Column("项目", TEXT, True, "title", width=30),
        Column("类型", Choice(tuple(PlanItem.Kind.choices)), True, "kind"),
        Column("计划月份", MONTHS, True, width=11),
        Column("计划数量", WholeNumber(1), True, "planned_count", width=11),
        Column("责任人", TEXT, True, "responsible"),
        Column("备注", TEXT, False, "note", width=24),
    ),
)


#: Kept as the reason of what a ledger changes in a plan that was issued.
IMPORTED = "导入台账"


def plan_year(plan: Plan, book: GroupBook):
    """Items by year and number; what differs from an issued plan is kept in its history."""
    issues = {(each.year, each.group_id): each for each in PlanIssue.objects.all()}
    known = plan.table(PlanItem, PlanItem.objects.all()).known
    groups = plan.by_key(DelegateGroup)
    for item in known:
        if item.group_id in groups:
            item.group = groups[item.group_id]
    register = Register({(item.year, item.number): item for item in known})
    headings = YEAR_PLAN.heading_of | {
        "group": "组别",
        "first_month": "计划月份",
        "last_month": "计划月份",
    }
    for row in plan.rows[YEAR_PLAN.name]:
        key = (row["年度"], row["序号"])
        if not register.claim(row, "序号", key, "年度和序号"):
            continue
        group = book.find(row, "组别") if row["组别"] else None
        first_month, last_month = row["计划月份"]
        values = plan.values(row, YEAR_PLAN) | {
            "group": group,
            "first_month": first_month,
            "last_month": last_month,
        }
        known_item = register.records.get(key)
        before = known_item and copy.copy(known_item)
        item = plan.put(row, PlanItem, known_item, values, headings)
        _keep_history(plan, issues, before, item)


def _keep_history(plan: Plan, issues: dict, before: PlanItem | None, item: PlanItem):
    old, new = planning.differing(before, item) if before else ("", planning.told(item))
    if not (old or new):
        return
    plans = {(each.year, each.group_id) for each in (before, item) if each}
    kind = PlanChange.Kind.CHANGED if before else PlanChange.Kind.ADDED
    touched = [issues[key] for key in plans if key in issues]
    entries = planning.remembered(touched, kind, item, old, new, reason=IMPORTED, by=plan.user)
    for entry in entries:
        plan.add(entry)
