"""Forms of the annual report: its settings, a narrative, another view of it."""

from django import forms

from congress.editing import RecordForm
from congress.fields import say_plainly

from .models import AnnualReport, Narrative
from .proofreading import proofread


class ReportForm(RecordForm):
    class Meta:
        model = AnnualReport
        fields = ["year", "start", "cut_off", "title", "addressee", "figure_style"]

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not 1950 <= year <= 2999:
            raise forms.ValidationError("报告年度应为四位数字，如2020。")
        return year


class ReportSettingsForm(RecordForm):
    """The year of a report stays."""

    class Meta:
        model = AnnualReport
        fields = ["start", "cut_off", "title", "addressee", "figure_style"]


class NarrativeForm(RecordForm):
    """An empty text takes the narrative out of the report."""

    class Meta:
        model = Narrative
        fields = ["text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].widget.attrs["rows"] = 8

    def clean_text(self) -> str:
        return proofread(self.cleaned_data["text"])

    def save(self, commit=True):
        self.instance.edited_by = self.user
        return super().save(commit)


class OtherViewForm(forms.Form):
    """The report as of another day or in another figure style; changes nothing."""

    cut_off = forms.DateField(
        label="统计截止",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
    )
    style = forms.ChoiceField(
        label="数字写法",
        required=False,
        choices=AnnualReport.FigureStyle.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, report: AnnualReport, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = report
        for field in self.fields.values():
            say_plainly(field)

    def clean_cut_off(self):
        cut_off = self.cleaned_data["cut_off"]
        if cut_off and (refusal := self.report.refusal_of(cut_off)):
            raise forms.ValidationError(refusal)
        return cut_off
