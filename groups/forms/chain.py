"""Forms of what an activity found and recommends, to whom that went and what came of it."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Min

from congress.editing import RecordForm, SavedRows
from congress.fields import prepare
from congress.periods import today
from delegates.decisions import DecisionForm
from groups.models import Activity, Finding, FollowUp, Recommendation, Transmission
from groups.models.chain_query import TO_BE_ANSWERED

#: Blank rows for who has no script to add more.
BLANK_ROWS = 2
#: So many addressees used before are offered.
ADDRESSEES = 50
NEEDED = "“{}”已经转送、落实或转办，不能删除；只能修改文字。"


def used_addressees() -> list[str]:
    used = Recommendation.objects.exclude(addressee="").order_by("addressee")
    return list(used.values_list("addressee", flat=True).distinct()[:ADDRESSEES])


class VersionForm(forms.Form):
    """The version of the activity that a page of its parts was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class LineForm(forms.ModelForm):
    """One finding or recommendation."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            prepare(field)
        self.fields["text"].widget.attrs["rows"] = 2


class FindingForm(LineForm):
    class Meta:
        model = Finding
        fields = ["kind", "text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "不分"), *Finding.Kind.choices]


class RecommendationForm(LineForm):
    class Meta:
        model = Recommendation
        fields = ["addressee", "text", "finding"]
        widgets = {"addressee": forms.TextInput(attrs={"list": "addressees"})}

    def __init__(self, *args, findings: models.QuerySet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["finding"].queryset = findings
        self.fields["finding"].empty_label = "不选"


class LineRows(SavedRows, forms.BaseInlineFormSet):
    """Rows in the order that their numbers say; new ones without a number stand last."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].label = "顺序"
        form.fields["DELETE"].label = "删除"
        prepare(form.fields["ORDER"])

    def clean(self):
        super().clean()
        needed = [
            row.instance
            for row in self.deleted_forms
            if row.instance.pk and row.instance.is_needed()
        ]
        if needed:
            raise ValidationError([NEEDED.format(line) for line in needed])

    def save(self, commit=True):
        lines = [row.instance for row in self.ordered_forms]
        for position, line in enumerate(lines, 1):
            line.position = position
        saved = super().save(commit)
        self.model.objects.bulk_update(lines, ["position"])
        return saved


def _line_formset(form):
    return forms.inlineformset_factory(
        Activity,
        form._meta.model,
        form=form,
        formset=LineRows,
        extra=BLANK_ROWS,
        can_order=True,
    )


FindingFormSet = _line_formset(FindingForm)
RecommendationFormSet = _line_formset(RecommendationForm)


class ReportForm(VersionForm):
    """What an activity found and what it recommends, edited together."""

    def __init__(self, *args, activity: Activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity = activity
        data = args[0] if args else None
        self.findings = FindingFormSet(data, instance=activity, prefix="findings")
        self.recommendations = RecommendationFormSet(
            data,
            instance=activity,
            prefix="recommendations",
            form_kwargs={"findings": activity.findings.all()},
        )

    @property
    def formsets(self) -> list[tuple[str, str, LineRows]]:
        """(legend, what a row is called, rows)."""
        return [("发现", "发现", self.findings), ("建议", "建议", self.recommendations)]

    @property
    def addressees(self) -> list[str]:
        """To whom recommendations went so far, for the list to choose from."""
        return used_addressees()

    def is_valid(self):
        return all([super().is_valid(), self.findings.is_valid(), self.recommendations.is_valid()])

    def save(self) -> Activity:
        """Recommendations on a finding that goes are kept without it."""
        gone = {row.instance for row in self.findings.deleted_forms}
        for row in self.recommendations.forms:
            if row.instance.finding in gone:
                row.instance.finding = None
        self.findings.save()
        self.recommendations.save()
        return self.activity


class ChainStepForm(RecordForm):
    """A step of an activity's chain; nothing of it lies in the future."""

    def clean(self):
        cleaned = super().clean()
        for name in ("date", "told_delegates_on"):
            if (day := cleaned.get(name)) and day > today():
                self.add_error(name, "日期不能晚于今天，请核对。")
        return cleaned


class TransmissionForm(ChainStepForm):
    class Meta:
        model = Transmission
        fields = ["date", "who", "how", "content", "recommendations", "expects_reply"]
        widgets = {
            "who": forms.TextInput(attrs={"list": "addressees"}),
            "recommendations": forms.CheckboxSelectMultiple,
        }
        help_texts = {"content": "转送了什么，如：代表们的意见和建议"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        activity = self.instance.activity
        lines = activity.recommendations.all()
        self.fields["recommendations"].queryset = lines
        if not lines:
            del self.fields["recommendations"]
        elif not self.initial.get("recommendations"):
            self.initial["recommendations"] = list(lines)
        if activity.kind not in TO_BE_ANSWERED:
            del self.fields["expects_reply"]

    @property
    def addressees(self) -> list[str]:
        """To whom this activity's recommendations are addressed, then others used before."""
        own = self.instance.activity.recommendations.exclude(addressee="")
        names = [*own.values_list("addressee", flat=True), *used_addressees()]
        return list(dict.fromkeys(names))

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("date")
        if self.instance.pk and day:
            first = self.instance.follow_ups.aggregate(first=Min("date"))["first"]
            if first and first < day:
                self.add_error("date", f"日期不能晚于对它的答复（{first}），请核对。")
        return cleaned


class FollowUpForm(ChainStepForm):
    class Meta:
        model = FollowUp
        fields = [
            "date",
            "who",
            "content",
            "result",
            "answers",
            "recommendation",
            "told_delegates_on",
        ]
        labels = {"who": "谁办的"}
        help_texts = {
            "content": "做了什么，结果怎样",
            "result": "选了落实情况的，须告知参加活动的代表",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        activity = self.instance.activity
        for name, records in (
            ("answers", activity.transmissions.all()),
            ("recommendation", activity.recommendations.all()),
        ):
            self.fields[name].queryset = records
            if not records:
                del self.fields[name]


class TellForm(DecisionForm):
    told_on = forms.DateField(label="告知代表日期", initial=today)
