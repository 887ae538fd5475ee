"""The end of a reception day: who came, and that its register is closed or opened again."""

from django import forms

from voters.actions import close_day, reopen_day
from voters.models import ReceptionDay, ReceptionDuty

from .drafts import StepForm

_DUTY = "duty-"


def _offer_attendance(form: forms.BaseForm, day: ReceptionDay) -> None:
    """到岗、换班、缺岗 for each delegate on duty."""
    for duty in day.duties.select_related("mandate__delegate"):
        form.fields[f"{_DUTY}{duty.pk}"] = forms.ChoiceField(
            label=duty.mandate.delegate.name,
            choices=ReceptionDuty.Status.choices,
            initial=duty.status,
        )


def _statuses(form: forms.BaseForm) -> dict[int, str]:
    """By key of the duty."""
    return {
        int(name.removeprefix(_DUTY)): status
        for name, status in form.cleaned_data.items()
        if name.startswith(_DUTY)
    }


class AttendanceForm(forms.Form):
    def __init__(self, *args, day: ReceptionDay, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        _offer_attendance(self, day)

    @property
    def statuses(self) -> dict[int, str]:
        return _statuses(self)


class CloseDayForm(StepForm):
    class Meta:
        model = ReceptionDay
        fields = ["no_visitors"]
        help_texts = {"no_visitors": "没有人来访也要登记结果"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _offer_attendance(self, self.instance)
        self.order_fields([name for name in self.fields if name != "no_visitors"])
        if self.instance.visits.exists():
            del self.fields["no_visitors"]

    def save(self):
        return close_day(
            user=self.user,
            day=self.instance,
            statuses=_statuses(self),
            no_visitors=self.cleaned_data.get("no_visitors", False),
        )


class ReopenDayForm(StepForm):
    reason = forms.CharField(label="重新登记的原因", max_length=200)

    class Meta:
        model = ReceptionDay
        fields = []

    def save(self):
        return reopen_day(user=self.user, day=self.instance, reason=self.cleaned_data["reason"])
