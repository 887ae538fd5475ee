"""The list of reports: which there are, of what and of whom, and how far they have come."""

import django_filters

from congress.record_pages import RecordFilter, RecordPages
from congress.record_views import RecordList
from congress.roles import runs_the_year
from congress.tables import Column

from .models import AnnualReport
from .setting_forms import WHOLE

_COLOURS = {AnnualReport.State.SUBMITTED: "in-hand", AnnualReport.State.SIGNED: "done"}


class ReportFilter(RecordFilter):
    search_fields = ("title",)
    year = django_filters.NumberFilter(label="年度")
    kind = django_filters.ChoiceFilter(choices=AnnualReport.Kind.choices, label="时段")
    genre = django_filters.ChoiceFilter(choices=AnnualReport.Genre.choices, label="文种")
    state = django_filters.ChoiceFilter(choices=AnnualReport.State.choices, label="状态")

    class Meta:
        model = AnnualReport
        fields = []


class ReportPages(RecordPages):
    model = AnnualReport
    filter_class = ReportFilter
    select_related = ("group",)
    measure = "份"
    when_empty = "还没有工作报告。导入台账会建立当年的报告，也可以直接建立。"
    without = frozenset({"add", "detail", "edit", "delete"})
    columns = (
        Column("报告", str, width=30),
        Column("年度", "year", ("year",), width=8),
        Column("时段", lambda report: report.part or "全年", ("start",), width=16),
        Column("范围", lambda report: report.group or WHOLE, ("group__ordinal",), width=14),
        Column("文种", "get_genre_display", ("genre",), width=14, minor=True),
        Column(
            "状态",
            "get_state_display",
            ("state",),
            width=10,
            state_class=lambda report: _COLOURS.get(report.state, ""),
        ),
        Column("统计起始", "start", width=12, minor=True),
        Column("统计截止", "cut_off", ("cut_off",), width=12, minor=True),
    )


class ReportList(RecordList):
    def get_context_data(self, **kwargs):
        may_start = runs_the_year(self.request.user)
        return super().get_context_data(may_start=may_start, **kwargs)


report_list = ReportList.as_view(pages=ReportPages, model=AnnualReport)
