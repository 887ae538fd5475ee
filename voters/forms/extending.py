"""Time: more of it asked for by the unit, given or refused by the office, and reminders."""

from django import forms

from congress.periods import today
from voters.deadlines import Deadlines

from .item_step import ItemStepForm


class AskExtensionForm(ItemStepForm):
    step = "ask_extension"

    def about(self):
        """The deadline, how often it was moved, and how far it may be."""
        item = self.instance
        deadlines = Deadlines.since(min(filter(None, [item.assigned_on, today()])))
        limit = deadlines.township.extension_limit
        last_day = deadlines.last_extension(item)
        return [
            ("现在的期限", item.deadline_day.isoformat() if item.deadline_day else ""),
            ("已延期", f"{item.extended_times}次，按规定最多{limit}次"),
            ("最迟可延至", f"{last_day}（代表法第五十一条）" if last_day else ""),
        ]


class DecideExtensionForm(AskExtensionForm):
    """What the unit asked for stands beside the decision."""

    def _asked(self):
        """(by whom, why) the extension was asked for."""
        if not self.instance.asked_until:
            return "", ""
        step = self.instance.steps.filter(kind="ask_extension").select_related("user").last()
        if step is None:
            return "", ""
        why = step.note.removesuffix(f"申请延期至{self.instance.asked_until}").strip()
        return step.user.name if step.user else "", why

    def about(self):
        if not self.instance.asked_until:
            return super().about()
        who, why = self._asked()
        asked = f"申请延期至{self.instance.asked_until}" + (f"（{who}）" if who else "")
        return [("单位申请", asked), ("延期理由", why), *super().about()]


class ExtendForm(DecideExtensionForm):
    step = "extend"

    def beginning(self):
        return {"extended_to": self.instance.asked_until, "note": self._asked()[1]}


class RefuseExtensionForm(DecideExtensionForm):
    step = "refuse_extension"


class RemindForm(ItemStepForm):
    step = "remind"
    answer_by = forms.DateField(
        label="要求答复日期", required=False, help_text="印在催办单上；保存后可以打印催办单"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["note", "answer_by"])

    def beginning(self):
        deadline = self.instance.deadline_day
        return {"answer_by": Deadlines.since(today()).answer_by(deadline, today())}
