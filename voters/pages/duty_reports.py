"""List and detail of duty reports."""

from django.urls import reverse

from congress import roles
from congress.models import BallotScales
from congress.periods import today
from congress.privacy import text_shown_to, texts_shown_to
from congress.record_pages import RecordPages
from congress.record_views import RecordList
from congress.tables import Column
from voters.actions import may_add_opinions, may_take_up
from voters.ballots import ABSTAINED, Tally, too_few_voters
from voters.filters import DutyReportFilter
from voters.forms import DutyReportForm
from voters.models import DutyReport, DutyReportFile, FeedbackItem


def reads_duty_reports(user) -> bool:
    return roles.reads_group_work(user) or roles.is_delegate(user)


def _planned_month(report: DutyReport) -> str:
    return f"{report.planned_month}月"


def _state(report: DutyReport) -> str:
    if report.is_held:
        return "已述职"
    month = (today().year, today().month)
    planned = (report.year, report.planned_month)
    if planned < month:
        return "逾期未述职"
    return "本月述职" if planned == month else "未述职"


_STATE_CLASSES = {"已述职": "done", "逾期未述职": "overdue", "本月述职": "due-soon"}


def _of_tally(word: str, scales: BallotScales):
    """Function of a report: a word of its tally; empty until it was held."""

    def words(report: DutyReport) -> str:
        return getattr(Tally(report, scales.of(report.year)), word) if report.is_held else ""

    return words


class DutyReportList(RecordList):
    def get_context_data(self, **kwargs):
        may_print = roles.edits_group_work(self.request.user)
        return super().get_context_data(**kwargs) | {"may_print": may_print}


class DutyReportPages(RecordPages):
    views = {"list": DutyReportList}
    model = DutyReport
    file_model = DutyReportFile
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
            state_class=lambda report: _STATE_CLASSES.get(_state(report), ""),
        ),
        Column("述职日期", "held_on", ("held_on",)),
        Column("有效票", "ballots_valid", ("ballots_valid",), numeric=True, minor=True),
    )
    facts = (
        "year",
        ("mandate.delegate", "代表"),
        ("mandate.constituency", "选区"),
        (_planned_month, "计划月份"),
        (_state, "状态"),
        "host",
        "form",
        "fed_back_on",
        "published_on",
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
        opinions = texts_shown_to(user, report.opinions.all(), "text")
        items = FeedbackItem.objects.visible_to(user).with_clock(today())
        shown = {item.pk: item for item in items.filter(duty_opinion__report=report)}
        scale = BallotScales.load().of(report.year)
        return {
            "tally": Tally(report, scale) if report.is_held else None,
            "too_few": too_few_voters(report, scale) if report.is_held else "",
            "corrections": report.corrections.select_related("user"),
            "abstained": ABSTAINED,
            "may_print": roles.keeps_records(user),
            "texts": [
                ("述职报告", text_shown_to(user, report.report_text)),
                ("提问与回答", text_shown_to(user, report.questions)),
            ],
            "opinions": [
                (each, shown.get(each.item_id), may_take_up(user, each)) for each in opinions
            ],
        }

    @classmethod
    def may_delete(cls, user, report):
        """One that voters had something to say about stays."""
        return super().may_delete(user, report) and not report.opinions.exists()

    @classmethod
    def buttons(cls, report, user):
        material = ("述职材料", reverse("dutyreport_material", args=[report.pk]))
        if not roles.keeps_records(user):
            return [material] if roles.leads_group(user) or roles.is_delegate(user) else []
        label = "修改测评结果" if report.is_held else "登记测评结果"
        found = [
            (label, reverse("dutyreport_ballots", args=[report.pk])),
            ("登记述职情况", reverse("dutyreport_event", args=[report.pk])),
            material,
        ]
        if may_add_opinions(user, report):
            found.append(("登记选民意见", reverse("dutyreport_opinions", args=[report.pk])))
        return found
