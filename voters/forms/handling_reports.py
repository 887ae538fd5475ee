"""Forms of reports on handling: drawn up for a span, narrowed by hand, made public."""

import datetime

from django import forms

from congress.editing import RecordForm
from congress.models import Session
from congress.periods import today
from delegates.decisions import DecisionForm
from voters.actions import reportable, save_report
from voters.models import HandlingReport

_FIELDS = ["session", "title", "date", "first", "last"]


class HandlingReportAddForm(RecordForm):
    class Meta:
        model = HandlingReport
        fields = _FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sessions = _offer_sessions(self)
        newest = sessions.order_by("-date").first()
        last = HandlingReport.objects.order_by("-last").first()
        year = today().year
        first = last.last + datetime.timedelta(days=1) if last else datetime.date(year, 1, 1)
        self.initial = {
            "session": newest.pk if newest else None,
            "title": f"关于{year}年代表建议、批评和意见办理情况的报告",
            "first": min(first, today()),
            "last": today(),
        } | self.initial

    def save(self):
        return save_report(user=self.user, report=self.instance)


class HandlingReportForm(RecordForm):
    """Also which of the span's suggestions are told; all lines are drawn up anew."""

    items = forms.ModelMultipleChoiceField(
        label="列入报告的建议",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少勾选一件。"},
        help_text="保存后各件按今天的办理情况重新列出；改了登记日期的，先保存再勾选",
    )

    class Meta:
        model = HandlingReport
        fields = _FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _offer_sessions(self)
        report = self.instance
        self._span = (report.first, report.last)
        self.fields["items"].queryset = reportable(*self._span)
        self.initial["items"] = list(report.lines.values_list("item", flat=True))

    def save(self):
        span = (self.instance.first, self.instance.last)
        items = self.cleaned_data["items"] if span == self._span else None
        return save_report(user=self.user, report=self.instance, items=items)


def _offer_sessions(form: forms.ModelForm):
    sessions = Session.objects.exclude(state=Session.State.CANCELLED).select_related("term")
    form.fields["session"].queryset = sessions
    return sessions


class PublishForm(DecisionForm):
    published_on = forms.DateField(label="公布日期")
    published_where = forms.CharField(
        label="公布的地方", max_length=100, help_text="如：镇政务公开栏、镇政府网站"
    )
