"""The steps of a feedback item: one small form each, with only what the step needs."""

import datetime

from django import forms

from congress.periods import today
from voters.actions import take_step
from voters.deadlines import due_after
from voters.models import FeedbackItem

from .drafts import StepForm
from .rules import grades, offer_grades, require_responsible


class ItemStepForm(StepForm):
    note = forms.CharField(
        label="说明", required=False, widget=forms.Textarea, help_text="记入办理记录"
    )
    step = ""
    #: Fields that this step needs although the model lets them be empty.
    needs: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "note"])
        for name in self.needs:
            self.fields[name].required = True
        for name, day in self.days().items():
            self.initial[name] = day

    def days(self) -> dict[str, datetime.date]:
        """Dates to begin with."""
        return {}

    def save(self):
        return take_step(user=self.user, item=self.instance, step=self.step, **self.changes)

    def clean(self):
        """Nothing has happened yet that is dated after today."""
        data = super().clean()
        for name in ("replied_on", "group_told_on", "voter_told_on"):
            if data.get(name) and data[name] > today():
                self.add_error(name, f"{self.fields[name].label}不能晚于今天。")
        return data


class AssignForm(ItemStepForm):
    step = "assign"
    needs = ("lead_unit", "due_on")

    class Meta:
        model = FeedbackItem
        fields = ["lead_unit", "responsible", "due_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].help_text = "不填则为该单位的联系人"

    def days(self):
        due = due_after(today())
        if not due.is_certain:
            self.fields[
                "due_on"
            ].help_text = f"{due.day.year}年放假安排未公布，按周一至周五推算，请核对"
        return {"due_on": due.day}

    def clean(self):
        data = super().clean()
        require_responsible(self, data.get("lead_unit"), data.get("responsible"))
        return data


class ReassignForm(AssignForm):
    """改办: another unit, or the same with another person; with the reason."""

    step = "reassign"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True
        self.fields["note"].label = "退回或改办的原因"
        self.initial["responsible"] = ""


class StartForm(ItemStepForm):
    step = "start"

    class Meta:
        model = FeedbackItem
        fields = []


class ReplyForm(ItemStepForm):
    step = "reply"
    needs = ("replied_on", "outcome", "reply")

    class Meta:
        model = FeedbackItem
        fields = ["replied_on", "outcome", "reply"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"outcome": "", "reply": ""}

    def days(self):
        return {"replied_on": today()}


class InformForm(ItemStepForm):
    step = "inform"

    class Meta:
        model = FeedbackItem
        fields = ["group_told_on", "voter_told_on", "told_by"]

    def clean(self):
        data = super().clean()
        if not (data.get("group_told_on") or data.get("voter_told_on") or self.errors):
            self.add_error("voter_told_on", "请填写告知小组或告知选民的日期。")
        if data.get("voter_told_on") and not data.get("told_by"):
            self.add_error("told_by", "告知选民的，请选择告知方式。")
        return data


class CloseForm(ItemStepForm):
    step = "close"
    needs = ("group_told_on", "voter_told_on", "told_by")

    class Meta:
        model = FeedbackItem
        fields = [
            "group_told_on",
            "voter_told_on",
            "told_by",
            "process_satisfaction",
            "result_satisfaction",
        ]

    def days(self):
        return {
            name: getattr(self.instance, name) or today()
            for name in ("group_told_on", "voter_told_on")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("process_satisfaction", "result_satisfaction"):
            offer_grades(self, name, required=True)

    def clean_result_satisfaction(self):
        grade = self.cleaned_data["result_satisfaction"]
        if grade == grades()[-1]:
            raise forms.ValidationError(f"选民对结果{grade}的，请改用“重新办理”。")
        return grade


class ReopenForm(ItemStepForm):
    step = "reopen"
    needs = ("extended_to",)

    class Meta:
        model = FeedbackItem
        fields = ["extended_to"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["extended_to"].label = "再办期限"
        self.fields["note"].required = True
        self.fields["note"].label = "选民不满意的原因"

    def days(self):
        return {"extended_to": due_after(today()).day}

    @property
    def changes(self):
        return super().changes | {"result_satisfaction": grades()[-1]}


class ExtendForm(ItemStepForm):
    step = "extend"
    needs = ("extended_to",)

    class Meta:
        model = FeedbackItem
        fields = ["extended_to"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True
        self.fields["note"].label = "延期原因"

    def clean_extended_to(self):
        day = self.cleaned_data["extended_to"]
        if self.instance.deadline_day and day <= self.instance.deadline_day:
            raise forms.ValidationError(f"须晚于现在的期限{self.instance.deadline_day:%Y-%m-%d}。")
        return day


class RejectForm(ItemStepForm):
    step = "reject"
    needs = ("reply",)

    class Meta:
        model = FeedbackItem
        fields = ["reply"]
        labels = {"reply": "不予受理的理由"}


STEP_FORMS = {
    form.step: form
    for form in (
        AssignForm,
        StartForm,
        ReplyForm,
        InformForm,
        CloseForm,
        ReopenForm,
        ExtendForm,
        ReassignForm,
        RejectForm,
    )
}
