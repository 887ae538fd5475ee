"""Forms of plan items; after a plan was issued each change asks for its reason."""

from django import forms

from congress.editing import RecordForm
from congress.fields import limit, prepare
from congress.periods import today
from congress.roles import keeps_records
from groups import planning
from groups.models import PlanIssue, PlanItem

from .work import GroupWorkForm

MONTHS = [(month, f"{month}月") for month in range(1, 13)]
REASON_LABEL = "变更原因"


def reason_field(**attributes) -> forms.CharField:
    field = forms.CharField(
        label=REASON_LABEL,
        max_length=500,
        widget=forms.TextInput,
        help_text="计划已下发，变更前后的内容和原因都会留存",
        **attributes,
    )
    prepare(field)
    return field


class MonthField(forms.TypedChoiceField):
    """A month of the year, chosen."""

    def __init__(self, **attributes):
        attributes.setdefault("choices", MONTHS)
        attributes.pop("min_value", None)
        super().__init__(coerce=int, empty_value=None, **attributes)


class PlanForm(RecordForm):
    """What an item says; saved by the actions, which ask for a reason once the plan is issued."""

    def save(self, commit=True):
        act = planning.change if self.instance.pk else planning.add
        return act(by=self.user, item=self.instance, reason=self.cleaned_data.get("reason", ""))


class BoardForm(PlanForm):
    """One item on the page of a plan; the plan is given."""

    class Meta:
        model = PlanItem
        fields = [
            "title",
            "kind",
            "first_month",
            "last_month",
            "planned_count",
            "responsible",
            "participants",
            "note",
        ]
        field_classes = {"first_month": MonthField, "last_month": MonthField}
        widgets = {"note": forms.TextInput}

    def __init__(self, *args, is_issued: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_issued:
            self.fields["reason"] = reason_field()


class PlanItemForm(GroupWorkForm, PlanForm):
    """An item on a page of its own, with its plan; only the office gives it another number."""

    class Meta:
        model = PlanItem
        fields = ["year", "number", "group", *BoardForm.Meta.fields]
        field_classes = BoardForm.Meta.field_classes

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan_before = (self.instance.group_id,) if self.instance.pk else ()
        issues = PlanIssue.objects.visible_to(self.user)
        if self.instance.pk:
            del self.fields["year"]
            issues = issues.filter(year=self.instance.year)
            if keeps_records(self.user):
                limit(self.fields["number"], 1, 9999, "序号须为1至9999。")
            else:
                del self.fields["number"]
        else:
            del self.fields["number"]
            self.fields["year"].initial = today().year
        if issues.exists():
            self.fields["reason"] = reason_field(required=False)
            self.fields["reason"].help_text = "计划已下发的必须填写，变更前后的内容和原因都会留存"

    def clean(self):
        cleaned = super().clean()
        year = cleaned.get("year") or self.instance.year
        if year and "group" in cleaned and self.has_changed() and not cleaned.get("reason"):
            group = cleaned["group"]
            issues = planning.issued(year, [*self.plan_before, group and group.pk])
            if issues:
                self.add_error(
                    "reason" if "reason" in self.fields else None, planning.reason_wanted(issues)
                )
        return cleaned


class ReasonForm(forms.Form):
    """The reason for a change of an issued plan, where nothing else is asked."""

    reason = reason_field()
