"""Forms of reception days."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date

from congress.periods import holds_on, today
from delegates.models import Mandate
from groups.models import ActivityRoom, DelegateGroup
from voters.actions import cancel_day, hold_day, move_day, save_day
from voters.actions.reception import check_duty, members_on
from voters.models import ReceptionDay

from .drafts import DelegatesField, DraftForm, StepForm

_CHOSEN_STATES = [(state.value, state.label) for state in ReceptionDay.STILL_OPEN]
_FIRST_STATES = [*_CHOSEN_STATES, (ReceptionDay.State.HELD.value, ReceptionDay.State.HELD.label)]


class ReceptionDayForm(DraftForm):
    on_duty = DelegatesField(
        label="接待代表",
        required=False,
        help_text="可选的是该小组当日在任的成员；换了小组或日期，请按“更新代表名单”",
    )

    class Meta:
        model = ReceptionDay
        fields = ["group", "date", "place", "hours", "state", "on_duty", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].required = False
        self.fields["place"].help_text = "不填则用该小组活动室的地点"
        self.fields["note"].help_text = ""
        self.fields["group"].queryset = DelegateGroup.objects.select_related("term")
        if self.instance.pk:
            self.initial["on_duty"] = list(self.instance.duties.values_list("mandate", flat=True))
            self.fields["group"].disabled = self.instance.visits.exists()
        if self.instance.state in (ReceptionDay.State.HELD, ReceptionDay.State.CANCELLED):
            del self.fields["state"]
        else:
            # Moving, holding and cancelling are steps of their own.
            self.fields["state"].choices = _CHOSEN_STATES if self.instance.pk else _FIRST_STATES
        self.fields["on_duty"].offer(self._members())

    def _members(self):
        """Whom the group can put on duty that day, and who is on duty already."""
        group, day = self["group"].value(), self["date"].value()
        if isinstance(day, str):
            day = _date(day)
        if not (str(group or "").isdecimal() and day):
            return Mandate.objects.none()
        chosen = DelegateGroup.objects.filter(pk=int(group)).first()
        return members_on(chosen, day) if chosen else Mandate.objects.none()

    def clean_place(self):
        return self.cleaned_data["place"].strip()

    def clean(self):
        data = super().clean()
        group, day = data.get("group"), data.get("date")
        if group and day:
            if not data.get("place"):
                room = ActivityRoom.objects.filter(holds_on(day), group=group).first()
                if room:
                    data["place"] = room.place
                elif "place" not in self.errors:
                    self.add_error("place", "请填写地点；该小组没有登记活动室。")
            if "on_duty" in data:
                try:
                    check_duty(group, day, data["on_duty"])
                except ValidationError as error:
                    self.add_error(None, error)
            if data.get("state") == ReceptionDay.State.HELD and not data.get("on_duty"):
                self.add_error("on_duty", "已举行的接待日须有接待代表。")
            if data.get("state") == ReceptionDay.State.HELD and day > today():
                self.add_error("state", "接待日还没有到，不能是已举行。")
        return data

    def save(self):
        return save_day(user=self.user, day=self.instance, on_duty=self.cleaned_data["on_duty"])


def _date(text: str):
    try:
        return parse_date(text)
    except ValueError:
        return None


class MoveDayForm(StepForm):
    date = forms.DateField(label="新日期")
    reason = forms.CharField(label="改期原因", max_length=200)

    class Meta:
        model = ReceptionDay
        fields = ["date"]

    def save(self):
        data = self.cleaned_data
        return move_day(user=self.user, day=self.instance, to=data["date"], reason=data["reason"])


class CancelDayForm(StepForm):
    reason = forms.CharField(label="取消原因", max_length=200)

    class Meta:
        model = ReceptionDay
        fields = []

    def save(self):
        return cancel_day(user=self.user, day=self.instance, reason=self.cleaned_data["reason"])


class HoldDayForm(StepForm):
    class Meta:
        model = ReceptionDay
        fields = ["no_visitors"]

    def save(self):
        return hold_day(
            user=self.user,
            day=self.instance,
            no_visitors=self.cleaned_data["no_visitors"],
        )
