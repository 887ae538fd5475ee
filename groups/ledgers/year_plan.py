"""Ledger sheet 年度计划."""

from congress.cells import MONTHS, TEXT, YEAR, Choice, WholeNumber
from congress.ledger_plan import Plan
from congress.ledger_tables import Register
from congress.ledgers import ORDINAL
from congress.workbook import Column, Sheet

from ..models import DelegateGroup, PlanItem
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


def plan_year(plan: Plan, book: GroupBook):
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
        plan.put(row, PlanItem, register.records.get(key), values, headings)
