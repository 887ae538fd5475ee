"""The steps of a feedback item: one small form each, made from ``lifecycle.STEPS``."""

from django import forms

from congress.periods import today
from delegates.models import Mandate
from voters.actions import take_step
from voters.deadlines import Deadlines
from voters.lifecycle import STEPS
from voters.models import FeedbackItem
from voters.states import IN_HAND, TO_TRIAGE, State
from voters.step import Actor

from .drafts import StepForm
from .rules import grades, offer_grades, require_responsible


class ItemStepForm(StepForm):
    """Asks for what the step's row of the table says, and for a note."""

    note = forms.CharField(
        label="说明", required=False, widget=forms.Textarea, help_text="记入办理记录"
    )
    step = ""

    class Meta:
        model = FeedbackItem
        fields = sorted({name for step in STEPS.values() for name in step.asks})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row = STEPS[self.step]
        own = [name for name in self.declared_fields if name != "note"]
        carried = [name for name in ("version",) if name in self.fields]
        for name in set(self.fields) - {*row.asks, *own, *carried, "note"}:
            del self.fields[name]
        self.order_fields([*row.asks, *own, "note"])
        for name in set(row.needs) & set(row.asks):
            self.fields[name].required = True
        if row.reason:
            self.fields["note"].required = True
            self.fields["note"].label = row.reason
        for name, value in self.beginning().items():
            self.initial[name] = value

    def beginning(self) -> dict:
        """Values to begin with, by field."""
        return {}

    def save(self):
        return take_step(user=self.user, item=self.instance, step=self.step, **self.changes)


class AssignForm(ItemStepForm):
    step = "assign"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].help_text = "不填则为该单位的联系人"
        self.fields["urgency"].required = False
        if not self.instance.is_suggestion:
            del self.fields["is_wide"]

    def beginning(self):
        due = Deadlines.since(today()).of(self.instance, today())
        if not due.is_certain:
            self.fields[
                "due_on"
            ].help_text = f"{due.day.year}年放假安排未公布，按周一至周五推算，请核对"
        return {"due_on": due.day}

    def clean_urgency(self):
        return self.cleaned_data["urgency"] or self.instance.urgency

    def clean(self):
        data = super().clean()
        require_responsible(self, data.get("lead_unit"), data.get("responsible"))
        return data


class ReassignForm(AssignForm):
    """改办: another unit, or the same with another person; with the reason."""

    step = "reassign"

    def beginning(self):
        return super().beginning() | {
            "responsible": "",
            "lead_unit": self.instance.right_unit_id or self.instance.lead_unit_id,
        }


class SignForm(ItemStepForm):
    step = "sign"

    def beginning(self):
        return {"signed_on": today(), "signed_by": self.user.name}


class SpotForm(ItemStepForm):
    step = "answer_on_spot"

    def beginning(self):
        day = self.instance.visit.day.date if self.instance.visit_id else today()
        answer = self.instance.visit.answer if self.instance.visit_id else ""
        return {"replied_on": day, "reply": answer, "outcome": FeedbackItem.Outcome.EXPLAINED}


class ReplyForm(ItemStepForm):
    step = "reply"
    commitment = forms.CharField(
        label="承诺事项",
        required=False,
        widget=forms.Textarea,
        help_text="结果类别为B、C的须填写：还要做什么",
    )
    promised_on = forms.DateField(
        label="承诺期限", required=False, help_text="到期提醒，跨年度也一样"
    )

    def beginning(self):
        return {"replied_on": today(), "outcome": "", "reply": ""}


class InformForm(ItemStepForm):
    step = "inform"


class CloseForm(ItemStepForm):
    """The voter's verdict; nobody gives one who could not be told."""

    step = "close"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.voter_untold_reason:
            for name in STEPS["close"].asks:
                del self.fields[name]
            return
        del self.fields["dissatisfaction"]
        for name in ("process_satisfaction", "result_satisfaction"):
            offer_grades(self, name, required=True)


class ReopenForm(ItemStepForm):
    step = "reopen"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["extended_to"].label = "再办期限"
        for name in ("process_satisfaction", "result_satisfaction"):
            offer_grades(self, name, required=True)

    def beginning(self):
        item = self.instance
        return {
            "extended_to": Deadlines.since(today()).redo(item, today()).day,
            "process_satisfaction": item.process_satisfaction,
            "result_satisfaction": grades()[-1],
            "dissatisfaction": "",
        }


class ExtendForm(ItemStepForm):
    step = "extend"

    def beginning(self):
        if not self.instance.asked_until:
            return {"extended_to": None}
        asked = self.instance.steps.filter(kind="ask_extension").last()
        return {"extended_to": self.instance.asked_until, "note": asked.note if asked else ""}


class RemindForm(ItemStepForm):
    step = "remind"
    answer_by = forms.DateField(
        label="要求答复日期", required=False, help_text="印在催办单上；保存后可以打印催办单"
    )

    def beginning(self):
        deadline = self.instance.deadline_day
        return {"answer_by": Deadlines.since(today()).answer_by(deadline, today())}


class EscalateForm(ItemStepForm):
    step = "escalate"

    def beginning(self):
        return {"due_on": Deadlines.since(today()).of(self.instance, today()).day}


class SuggestForm(ItemStepForm):
    step = "suggest"
    proposers = forms.ModelMultipleChoiceField(
        label="提出建议的代表", queryset=Mandate.objects.none(), help_text="可选几名代表联名"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_office = Mandate.objects.in_office_on(today()).select_related("delegate")
        self.fields["proposers"].queryset = in_office


class MergeForm(ItemStepForm):
    step = "merge"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["follows"].queryset = FeedbackItem.objects.filter(
            state__in=[*TO_TRIAGE, *IN_HAND, State.ESCALATED]
        ).exclude(pk=self.instance.pk)


def _plain(name: str) -> type[ItemStepForm]:
    return type(f"{name.title().replace('_', '')}Form", (ItemStepForm,), {"step": name})


_SPECIAL = {
    form.step: form
    for form in (
        AssignForm,
        ReassignForm,
        SignForm,
        SpotForm,
        ReplyForm,
        InformForm,
        CloseForm,
        ReopenForm,
        ExtendForm,
        RemindForm,
        EscalateForm,
        SuggestForm,
        MergeForm,
    )
}
STEP_FORMS = {
    name: _SPECIAL.get(name) or _plain(name)
    for name, step in STEPS.items()
    if Actor.SYSTEM not in step.who
}
