"""List and detail of duty reports."""

from django.urls import reverse

from congress import roles
from congress.models import BallotScales
from congress.record_pages import RecordPages
from congress.tables import Column
from voters.ballots import ABSTAINED, Tally
from voters.filters import DutyReportFilter
from voters.forms import DutyReportForm
from voters.models import DutyReport


def reads_duty_reports(user) -> bool:
    return roles.reads_group_work(user) or roles.is_delegate(user)


def _planned_month(report: DutyReport) -> str:
    return f"{report.planned_month}月"


def _state(report: DutyReport) -> str:
    return "已述职" if report.is_held else "未述职"


def _of_tally(word: str, scales: BallotScales):
    """Function of a report: a word of its tally; empty until it was held."""

    def words(report: DutyReport) -> str:
        return getattr(Tally(report, scales.of(report.year)), word) if report.is_held else ""

    return words


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
        Column("有效票", "ballots_valid", ("ballots_valid",), numeric=True, minor=True),
    )
    facts = (
        "year",
        ("mandate.delegate", "代表"),
        ("mandate.constituency", "选区"),
        (_planned_month, "计划月份"),
    )

    @classmethod
    def columns_for(cls, user):
        scales = BallotScales.load()
        return (
            *cls.columns,
            Column("最好等次率", _of_tally("best_rate", scales), numeric=True),
            Column(
                "前两个等次率",
                _of_tally("approved_rate", scales),
                width=14,
                numeric=True,
                minor=True,
            ),
            Column("测评结果", _of_tally("result", scales)),
        )

    @classmethod
    def related(cls, report, user):
        if not report.is_held:
            return {}
        tally = Tally(report, BallotScales.load().of(report.year))
        return {"tally": tally, "abstained": ABSTAINED}

    @classmethod
    def buttons(cls, report, user):
        if not roles.keeps_records(user):
            return []
        label = "修改测评结果" if report.is_held else "登记测评结果"
        return [(label, reverse("dutyreport_ballots", args=[report.pk]))]
