"""List and page of reports on handling."""

import django_filters
from django.urls import reverse

from congress import roles
from congress.action_views import ActionAdd, ActionEdit
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from voters.actions import may_change_report
from voters.forms import HandlingReportAddForm, HandlingReportForm
from voters.handling_rates import HandlingRates
from voters.models import HandlingReport, HandlingReportLine

from .counting import number_of


class HandlingReportFilter(RecordFilter):
    search_fields = ("title", "lines__title", "lines__proposer")
    year = django_filters.NumberFilter("date__year", label="年度")

    class Meta:
        model = HandlingReport
        fields = []

    def search(self, records, name, words):
        return super().search(records, name, words).distinct() if words else records


def _state(report: HandlingReport) -> str:
    return "已公布" if report.is_public else "未公布"


class HandlingReportPages(RecordPages):
    model = HandlingReport
    form_class = HandlingReportForm
    add_form_class = HandlingReportAddForm
    filter_class = HandlingReportFilter
    select_related = ("session__term",)
    measure = "份"
    may_read = staticmethod(roles.reads_calendar)
    views = {"add": ActionAdd, "edit": ActionEdit}
    when_empty = "还没有公布的办理情况报告。"
    columns = (
        Column("标题", "title", ("title",), width=44),
        Column("会议", "session", ("session__date",), width=24),
        Column("件数", "line_count", ("line_count",), numeric=True),
        Column("报告日期", "date", ("date",)),
        Column(
            "公布",
            _state,
            ("published_on",),
            state_class=lambda report: "done" if report.is_public else "due-soon",
        ),
    )
    facts = (
        ("session", "提交的会议"),
        ("date", "报告日期"),
        ("first", "建议登记日期自"),
        ("last", "至"),
        ("published_on", "公布日期"),
        ("published_where", "公布的地方"),
    )

    @classmethod
    def with_related(cls, reports):
        counted = number_of(HandlingReportLine.objects.all(), "report")
        return super().with_related(reports).annotate(line_count=counted)

    @classmethod
    def empty_words(cls, user):
        if roles.keeps_records(user):
            return "还没有办理情况报告。代表建议办结后，在这里汇总，向人大会议报告并公布。"
        return cls.when_empty

    @classmethod
    def may_change(cls, user, report):
        return may_change_report(user, report)

    @classmethod
    def related(cls, report, user):
        lines = list(report.lines.select_related("item"))
        return {
            "lines": lines,
            "rates": HandlingRates.of(lines),
            "may_open": roles.reads_all(user),
        }

    @classmethod
    def buttons(cls, report, user):
        found = [("打印", reverse("handlingreport_paper", args=[report.pk]))]
        if roles.keeps_records(user):
            label = "更正公布情况" if report.is_public else "登记公布"
            found.insert(0, (label, reverse("handlingreport_publish", args=[report.pk])))
        return found
