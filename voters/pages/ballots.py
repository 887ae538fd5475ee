"""Lists and details of duty reports and of evaluations of units."""

from django.urls import reverse

from congress import roles
from congress.record_pages import RecordPages
from congress.tables import Column
from voters.ballots import percent
from voters.filters import DutyReportFilter, UnitEvaluationFilter
from voters.forms import DutyReportForm, UnitEvaluationForm
from voters.models import DutyReport, UnitEvaluation


def reads_duty_reports(user) -> bool:
    return roles.reads_group_work(user) or roles.is_delegate(user)


def _planned_month(report: DutyReport) -> str:
    return f"{report.planned_month}月"


def _state(report: DutyReport) -> str:
    return "已述职" if report.is_held else "未述职"


def _satisfied_rate(report: DutyReport) -> str:
    return percent(report.satisfied, report.ballots_returned)


def _approved_rate(report: DutyReport) -> str:
    if report.satisfied is None:
        return ""
    return percent(report.satisfied + report.basically_satisfied, report.ballots_returned)


class DutyReportPages(RecordPages):
    model = DutyReport
    form_class = DutyReportForm
    filter_class = DutyReportFilter
    select_related = ("mandate__delegate", "mandate__constituency")
    measure = "人"
    may_read = staticmethod(reads_duty_reports)
    when_empty = "还没有述职安排。"
    columns = (
        Column("代表", "mandate.delegate", ("mandate__delegate__name",)),
        Column("年度", "year", ("year",), width=8, minor=True),
        Column("选区", "mandate.constituency", ("mandate__constituency",), width=18),
        Column("计划月份", _planned_month, ("planned_month",)),
        Column(
            "状态",
            _state,
            width=10,
            state_class=lambda report: "done" if report.is_held else "",
        ),
        Column("述职日期", "held_on", ("held_on",)),
        Column("收回票", "ballots_returned", ("ballots_returned",), numeric=True, minor=True),
        Column("满意率", _satisfied_rate, numeric=True),
        Column("满意和基本满意率", _approved_rate, width=18, numeric=True, minor=True),
    )
    facts = (
        "year",
        ("mandate.delegate", "代表"),
        ("mandate.constituency", "选区"),
        (_planned_month, "计划月份"),
        "held_on",
        "place",
        "voters_present",
        "ballots_issued",
        "ballots_returned",
        "satisfied",
        "basically_satisfied",
        "dissatisfied",
        "abstained",
    )

    @classmethod
    def facts_of(cls, report, user):
        facts = super().facts_of(report, user)
        if report.is_held:
            facts += [
                ("满意率", _satisfied_rate(report)),
                ("满意和基本满意率", _approved_rate(report)),
            ]
        return facts

    @classmethod
    def buttons(cls, report, user):
        if not roles.keeps_records(user):
            return []
        label = "修改测评结果" if report.is_held else "登记测评结果"
        return [(label, reverse("dutyreport_ballots", args=[report.pk]))]


class UnitEvaluationPages(RecordPages):
    model = UnitEvaluation
    form_class = UnitEvaluationForm
    filter_class = UnitEvaluationFilter
    select_related = ("activity", "unit")
    measure = "个单位"
    may_read = staticmethod(roles.reads_group_work)
    when_empty = "还没有单位测评票数。先添加类型为工作评议的活动，再登记各单位的票数。"
    columns = (
        Column("被评议单位", "unit", ("unit__name",), width=28),
        Column("评议活动", "activity", ("activity__date",), width=28),
        Column("满意", "satisfied", ("satisfied",), numeric=True),
        Column("基本满意", "basically_satisfied", ("basically_satisfied",), numeric=True),
        Column("不满意", "dissatisfied", ("dissatisfied",), numeric=True),
        Column("报送日期", "reported_on", ("reported_on",), minor=True),
        Column("反馈日期", "fed_back_on", ("fed_back_on",), minor=True),
    )
    facts = (
        "activity",
        "unit",
        "satisfied",
        "basically_satisfied",
        "dissatisfied",
        "reported_on",
        "fed_back_on",
    )
