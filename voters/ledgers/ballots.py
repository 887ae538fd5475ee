"""Ledger sheets 述职 and 工作评议."""

from collections import Counter
from typing import Any

from congress.cells import COUNT, DAY, TEXT, YEAR, WholeNumber
from congress.ledger_plan import Plan
from congress.ledger_tables import Register
from congress.workbook import Column, Row, Sheet
from delegates.roster import Roster, Test, is_town
from groups.ledgers.activities import ATTENDANCE, NO_ACTIVITY
from groups.ledgers.year_plan import YEAR_PLAN
from groups.models import Attendance, PlanItem

from ..models import DutyReport, UnitEvaluation
from .feedback import NO_UNIT

DUTY_REPORTS = Sheet(
    "述职",
    (
        Column("年度", YEAR, True, "year"),
        Column("代表", TEXT, True),
        Column("选区", TEXT, True, width=16),
        Column("计划月份", WholeNumber(1, 12), True, "planned_month", width=11),
        Column("述职日期", DAY, False, "held_on", width=13),
        Column("地点", TEXT, False, "place"),
        Column("到会选民数", COUNT, False, "voters_present", width=13),
        Column("发出票", COUNT, False, "ballots_issued"),
        Column("收回票", COUNT, False, "ballots_returned"),
        Column("满意", COUNT, False, "satisfied"),
        Column("基本满意", COUNT, False, "basically_satisfied", width=11),
        Column("不满意", COUNT, False, "dissatisfied"),
        Column("弃权", COUNT, False, "abstained"),
    ),
)
EVALUATIONS = Sheet(
    "工作评议",
    (
        Column("活动编号", TEXT, True, width=11),
        Column("被评议单位", TEXT, True, width=13),
        Column("满意", COUNT, True, "satisfied"),
        Column("基本满意", COUNT, True, "basically_satisfied", width=11),
        Column("不满意", COUNT, True, "dissatisfied"),
        Column("报送日期", DAY, False, "reported_on", width=13),
        Column("反馈日期", DAY, False, "fed_back_on", width=13),
    ),
)


def elected_in(constituency: str) -> Test:
    return lambda mandate: mandate.constituency.name == constituency


def plan_duty_reports(plan: Plan, roster: Roster):
    known = plan.table(DutyReport, DutyReport.objects.all()).known
    stored = {(report.year, report.mandate_id): report for report in known}
    register = Register()
    headings = DUTY_REPORTS.heading_of | {"mandate": "代表", "ballots_valid": "收回票"}
    for row in plan.rows[DUTY_REPORTS.name]:
        if row.faulty:
            continue
        elected = elected_in(row["选区"])
        mandate = roster.find(row, "代表", row["代表"], elected, is_town)
        if mandate is None or not register.claim(
            row, "代表", (row["年度"], id(mandate)), "年度和代表"
        ):
            continue
        if not elected(mandate):
            row.refuse("选区", f"{mandate.delegate.name}的选区是{mandate.constituency}，请核对。")
        record = stored.get((row["年度"], mandate.pk)) if mandate.pk else None
        values = _of_report(plan.values(row, DUTY_REPORTS), record) | {"mandate": mandate}
        plan.put(row, DutyReport, record, values, headings)
    _check_planned_numbers(plan)


def told_in_ledger(report: DutyReport) -> dict[str, int | None]:
    """The ballots as the sheet has room for them.

    Its 收回票 are those that its grades add up to: the valid ones. A third of four grades stands
    with 弃权, so that every rate is the same when the sheet is read again.
    """
    if not report.is_held:
        return {}
    return {
        "ballots_returned": report.ballots_valid,
        "abstained": report.abstained + report.third_grade,
    }


def _of_report(values: dict[str, Any], record: DutyReport | None) -> dict[str, Any]:
    """The fields of a report; what is stored and told by the row as it is keeps its detail."""
    if values["held_on"] is None:
        return values | {"ballots_valid": None, "third_grade": None}
    if record and record.is_held:
        told = told_in_ledger(record)
        if all(values[name] == number for name, number in told.items()):
            detail = [*told, "ballots_valid", "third_grade"]
            return values | {name: getattr(record, name) for name in detail}
    return values | {"ballots_valid": values["ballots_returned"], "third_grade": 0}


def _check_planned_numbers(plan: Plan):
    """计划数量 of 述职 is the number of reports listed; a year with none listed is not checked."""
    listed = Counter(report.year for report in plan.records(DutyReport))
    planned: Counter[int] = Counter()
    for item in plan.records(PlanItem):
        if item.kind == PlanItem.Kind.DUTY_REPORT:
            planned[item.year] += item.planned_count
    for row in plan.rows[YEAR_PLAN.name]:
        year = row["年度"]
        if (
            not row.faulty
            and row["类型"] == PlanItem.Kind.DUTY_REPORT
            and listed[year]
            and listed[year] != planned[year]
        ):
            row.refuse(
                "计划数量",
                f"“述职”表中{year}年有{listed[year]}位代表，计划数量合计{planned[year]}，"
                "请改为一致。",
            )


def plan_evaluations(plan: Plan, activities: Register, units: Register):
    known = plan.table(UnitEvaluation, UnitEvaluation.objects.order_by("pk")).known
    stored = {(each.activity_id, each.unit_id): each for each in known}
    present, recorded = _attendance(plan)
    register = Register()
    headings = EVALUATIONS.heading_of | {"activity": "活动编号", "unit": "被评议单位"}
    for row in plan.rows[EVALUATIONS.name]:
        if row.faulty:
            continue
        activity = activities.find(row, "活动编号", row["活动编号"], NO_ACTIVITY)
        unit = units.find(row, "被评议单位", row["被评议单位"], NO_UNIT)
        if not (activity and unit) or not register.claim(
            row, "被评议单位", (id(activity), id(unit)), "活动编号和被评议单位"
        ):
            continue
        if id(activity) in recorded:
            _check_ballots(row, present[id(activity)])
        record = stored.get((activity.pk, unit.pk)) if activity.pk and unit.pk else None
        values = _of_evaluation(plan.values(row, EVALUATIONS), record)
        values |= {"activity": activity, "unit": unit}
        plan.put(row, UnitEvaluation, record, values, headings)


def _of_evaluation(values: dict[str, Any], record: UnitEvaluation | None) -> dict[str, Any]:
    """The fields of an evaluation: the sheet has room for three grades and nothing else counted.

    What is stored and told by the row as it is keeps its detail.
    """
    told = ("satisfied", "basically_satisfied", "dissatisfied")
    if record and all(values[name] == getattr(record, name) for name in told):
        return values
    return values | {
        "third_grade": 0,
        "abstained": None,
        "others_present": None,
        "ballots_issued": None,
        "ballots_returned": None,
        "ballots_valid": None,
    }


def _attendance(plan: Plan) -> tuple[Counter[int], set[int]]:
    """Who was present, by activity, and the activities whose attendance was taken in full."""
    attendances = plan.records(Attendance)
    if any(row.faulty for row in plan.rows[ATTENDANCE.name]):
        attendances = []
    recorded = {id(each.activity) for each in attendances}
    present = Counter(
        id(each.activity) for each in attendances if each.status == Attendance.Status.PRESENT
    )
    return present, recorded


def _check_ballots(row: Row, present: int):
    total = row["满意"] + row["基本满意"] + row["不满意"]
    if total > present:
        row.refuse(
            "满意",
            f"满意、基本满意、不满意合计{total}票，多于“活动出席”中的出席人数{present}，请核对。",
        )
