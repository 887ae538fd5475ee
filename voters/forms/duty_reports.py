"""Forms of duty reports: their plan, and what was counted when one was held."""

from django import forms

from congress.editing import RecordForm
from congress.periods import today
from delegates.decisions import DecisionForm
from delegates.models import Mandate
from voters.actions.corrections import changed_counts, keep_correction
from voters.ballots import EVENT
from voters.duty_plan import DutyPlan
from voters.models import DutyReport, Topic
from voters.models.duty_reports import COUNTS

from .counts import CountsForm


class DutyReportForm(RecordForm):
    class Meta:
        model = DutyReport
        fields = ["year", "mandate", "planned_month"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mandate"].queryset = Mandate.objects.select_related("delegate")
        if not self.instance.pk:
            self.fields["year"].initial = today().year
            self.fields["mandate"].queryset = (
                Mandate.objects.in_office_on(today()).select_related("delegate").order_by("pk")
            )
        else:
            self.fields["mandate"].disabled = self.instance.is_held
            self.fields["year"].disabled = self.instance.is_held


class EventForm(RecordForm):
    """What is told of a report beside its ballots."""

    class Meta:
        model = DutyReport
        fields = ["host", "form", "report_text", "questions", "fed_back_on", "published_on"]


class OpinionsForm(DecisionForm):
    texts = forms.CharField(
        label="选民意见",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="每行一条；不写选民姓名和电话",
    )

    def clean_texts(self):
        return self.cleaned_data["texts"].splitlines()


class TakeUpForm(DecisionForm):
    topic = forms.ModelChoiceField(label="类别", queryset=Topic.objects.none())
    title = forms.CharField(label="标题", max_length=100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.in_use()


class PlanForm(forms.Form):
    """The candidates of a year, each to be ticked with a month."""

    again = forms.BooleanField(label="同意再次述职", required=False)

    def __init__(self, *args, plan: DutyPlan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.rows = []
        for each in plan.candidates:
            if each.planned:
                self.rows.append((each, None, None))
                continue
            key = each.mandate.pk
            month = plan.proposed.get(key)
            name = each.mandate.delegate.name
            self.fields[f"on_{key}"] = forms.BooleanField(
                label=f"安排{name}述职", required=False, initial=month is not None
            )
            self.fields[f"month_{key}"] = forms.TypedChoiceField(
                label=f"{name}的月份",
                choices=[(number, f"{number}月") for number in range(1, 13)],
                coerce=int,
                initial=month or 12,
                required=False,
                empty_value=12,
            )
            self.rows.append((each, self[f"on_{key}"], self[f"month_{key}"]))

    @property
    def months(self) -> dict[Mandate, int]:
        """Month of each one ticked."""
        data = self.cleaned_data
        return {
            each.mandate: data[f"month_{each.mandate.pk}"]
            for each, on, _ in self.rows
            if on is not None and data[f"on_{each.mandate.pk}"]
        }


class BallotForm(CountsForm):
    """The grades are called as in the scale of the report's year."""

    event_counts = ("voters_present",)

    class Meta:
        model = DutyReport
        fields = [*EVENT, *COUNTS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before_all = {name: getattr(self.instance, name) for name in COUNTS}
        self.call_grades(self.instance.year, was_counted=self.instance.is_held)
        self.fields["held_on"].help_text = "述职取消或误登的，清空本页各栏"
        if self.scale.least_present:
            self.fields["voters_present"].help_text = f"一般不少于{self.scale.least_present}人"

    def clean(self):
        data = super().clean()
        filled = [name for name in self._meta.fields if data.get(name) not in (None, "")]
        if filled or self.errors.keys() - {"reason"}:
            self.require_all(name for name in self._meta.fields if name in self.fields)
        if "third_grade" not in self.grades:
            self.instance.third_grade = 0 if filled else None
        return data

    def save(self, commit=True):
        report = super().save(commit)
        after = {name: getattr(report, name) for name in COUNTS}
        if self.before and self.before_all != after:
            words = changed_counts(report, self.before_all, after, self.grades)
            keep_correction(
                user=self.user, reason=self.cleaned_data["reason"], changes=words, report=report
            )
        return report
