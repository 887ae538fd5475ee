"""Forms around the paper of the reception day."""

import datetime
import uuid

from django import forms

from congress.fields import say_plainly
from congress.periods import today
from voters.actions.blank_forms import MOST_AT_ONCE, number_forms
from voters.actions.notices import announce_days
from voters.models import BlankForm, ReceptionDay

from .drafts import StepForm
from .visits import DayField

#: Reception days for which forms are printed ahead.
_AHEAD = datetime.timedelta(days=400)


class AnnounceForm(StepForm):
    """公告 of this day, and with it of the other groups' days in the same notice."""

    scope = forms.ChoiceField(label="公告范围", widget=forms.RadioSelect)

    class Meta:
        model = ReceptionDay
        fields = ["announced_on"]

    field_order = ["scope", "announced_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day = self.instance
        self.fields["announced_on"].required = True
        self.fields["announced_on"].help_text = ""
        self.initial["announced_on"] = today()
        planned = ReceptionDay.objects.filter(
            state=ReceptionDay.State.PLANNED,
            date__year=day.date.year,
            date__month=day.date.month,
            date__gte=today(),
        )
        self.days = {"day": [day], "month": list(planned.order_by("date", "group__ordinal"))}
        self.days["date"] = [other for other in self.days["month"] if other.date == day.date]
        labels = [("day", "只公告这一次")]
        if len(self.days["date"]) > 1:
            labels.append(("date", f"当日各组一并公告（{len(self.days['date'])}次）"))
        if len(self.days["month"]) > len(self.days["date"]):
            labels.append(("month", f"当月各次一并公告（{len(self.days['month'])}次）"))
        self.fields["scope"].choices = labels
        self.initial["scope"] = labels[-1][0] if self.initial.get("scope") == "month" else "day"
        if len(labels) == 1:
            self.fields["scope"].widget = forms.HiddenInput()

    def save(self):
        self.announced = announce_days(
            user=self.user,
            days=self.days[self.cleaned_data["scope"]],
            announced_on=self.cleaned_data["announced_on"],
        )
        return self.instance


class PrintFormsForm(forms.Form):
    """空白登记表: how many, and for which day; a second click prints no second batch."""

    count = forms.IntegerField(
        label="份数", min_value=1, max_value=MOST_AT_ONCE, initial=10, help_text="1至50份"
    )
    day = DayField(
        queryset=ReceptionDay.objects.none(),
        required=False,
        label="接待选民日",
        empty_label="不指定",
        help_text="指定的，表上印好日期、地点和接待代表",
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            say_plainly(field)
        now = today()
        self.fields["day"].queryset = (
            ReceptionDay.objects.filter(
                date__range=(now.replace(day=1), now + _AHEAD), closed_at__isnull=True
            )
            .exclude(state=ReceptionDay.State.CANCELLED)
            .select_related("group")
            .order_by("date", "group__ordinal")
        )

    def number(self, user) -> BlankForm:
        """The first form of the batch, which knows the batch's page."""
        data = self.cleaned_data
        return number_forms(user=user, count=data["count"], day=data["day"])[0]


class NumberForm(forms.Form):
    """A form's number as typed, with full-width digits or the last digits only."""

    number = forms.CharField(label="登记号", max_length=30)

    def clean_number(self):
        number = self.cleaned_data["number"].translate(_PLAIN).replace(" ", "")
        return f"{today().year}-{int(number):03d}" if number.isdecimal() else number


_PLAIN = str.maketrans("０１２３４５６７８９－—–　", "0123456789--- ")
