"""Another view of a report."""

from django import forms

from congress.fields import say_plainly

from .models import AnnualReport


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
