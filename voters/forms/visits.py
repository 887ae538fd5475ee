"""One page for a visit and the items it raises."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html

from congress.editing import SavedRows
from congress.numerals import weekday
from congress.periods import today
from congress.privacy import masked
from delegates.models import Mandate
from voters.models import BlankForm, FeedbackItem, ReceptionDay, ReceptionDuty, Topic, Visit
from voters.states import State

from .drafts import DelegatesField, DraftForm
from .rules import require_responsible

#: Reception days further back are not offered for a new visit.
_OFFERED = datetime.timedelta(days=400)


class DayField(forms.ModelChoiceField):
    def label_from_instance(self, day):
        return f"{day.date:%Y-%m-%d}（{weekday(day.date)}）{day.group}·{day.state_words}"


def days_to_log():
    """Reception days that still take visits, the latest first."""
    return (
        ReceptionDay.objects.filter(
            date__lte=today(), date__gte=today() - _OFFERED, closed_at__isnull=True
        )
        .exclude(state=ReceptionDay.State.CANCELLED)
        .select_related("group")
        .order_by("-date", "group__ordinal", "-pk")
    )


def on_duty(day_key):
    """Mandates on duty on a reception day."""
    if not str(day_key or "").isdecimal():
        return Mandate.objects.none()
    return (
        Mandate.objects.filter(
            reception_duties__day__in=ReceptionDay.objects.filter(pk=int(day_key)),
            reception_duties__status__in=[
                ReceptionDuty.Status.ON_DUTY,
                ReceptionDuty.Status.SWAPPED,
            ],
        )
        .select_related("delegate")
        .order_by("reception_duties__pk")
    )


class NumberedForm(DraftForm):
    """A new visit, which may have been written on a form that was numbered ahead."""

    blank_form = None
    form_number = forms.CharField(
        label="登记表号",
        required=False,
        max_length=30,
        help_text="用印好号码的登记表的填写",
    )

    def clean_form_number(self):
        number = self.cleaned_data["form_number"]
        if not number:
            return number
        used = Visit.objects.filter(number=number).first()
        if used:
            link = format_html('<a href="{}">打开{}号</a>', used.get_absolute_url(), number)
            raise ValidationError(
                format_html("{}号登记表已经登记过来访，不能再用。{}", number, link)
            )
        self.blank_form = BlankForm.objects.filter(number=number).first()
        if self.blank_form is None:
            raise ValidationError(f"没有印过{number}号登记表，请核对号码；没有登记表的留空。")
        return number


class VisitForm(NumberedForm):
    received_by = DelegatesField(
        label="接待代表", error_messages={"required": "请勾选接待这位选民的代表。"}
    )
    clear_phone = forms.BooleanField(label="删除已登记的电话", required=False)

    class Meta:
        model = Visit
        fields = [
            "day",
            "received_by",
            "voter_name",
            "village",
            "phone",
            "persons",
            "channel",
            "confidential",
            "words",
            "answer",
        ]
        field_classes = {"day": DayField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored_phone = self.instance.phone
        days = days_to_log()
        if self.instance.pk:
            days = ReceptionDay.objects.filter(
                Q(pk=self.instance.day_id) | Q(pk__in=days.order_by().values("pk"))
            ).select_related("group")
            self.initial["received_by"] = list(
                self.instance.received_by.values_list("pk", flat=True)
            )
            self._guard_what_was_said()
            del self.fields["form_number"]
        else:
            del self.fields["clear_phone"]
        self.fields["day"].queryset = days
        self.fields["day"].empty_label = None if self["day"].value() else "请选择"
        self.fields["received_by"].offer(on_duty(self.day_key))

    @property
    def day_key(self) -> str:
        """The key of the day chosen, as it was sent; empty where it cannot be one."""
        key = str(self["day"].value() or "")
        return key if key.isdecimal() else ""

    def _guard_what_was_said(self) -> None:
        """The voter's own words stay as logged; the number is not shown again."""
        self.fields["words"].disabled = True
        self.fields["words"].help_text = "选民原话登记后不再改动"
        self.initial["phone"] = ""
        if self.stored_phone:
            self.fields["phone"].widget.attrs["placeholder"] = masked(self.stored_phone)
            self.fields["phone"].help_text = "不填则保留已登记的电话"
        else:
            del self.fields["clear_phone"]

    def clean(self):
        data = super().clean()
        if data.get("clear_phone"):
            data["phone"] = ""
        elif "phone" in data:
            data["phone"] = data["phone"] or self.stored_phone
        return data


class ItemRow(DraftForm):
    class Meta:
        model = FeedbackItem
        fields = ["topic", "title", "summary", "lead_unit", "responsible"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.in_use(besides=self.instance.topic_id)
        if self.instance.pk:
            if self.instance.state != State.REGISTERED:
                self.fields["lead_unit"].disabled = True
                self.fields["responsible"].disabled = True
        else:
            del self.fields["submission"]
            self.instance.visit = Visit()
        self.fields["lead_unit"].empty_label = "暂不交办"
        self.fields["summary"].widget.attrs["rows"] = 2
        self.fields["responsible"].help_text = "不填则为该单位的联系人"

    def clean(self):
        data = super().clean()
        require_responsible(self, data.get("lead_unit"), data.get("responsible"))
        return data


class ItemRowsBase(SavedRows, forms.BaseModelFormSet):
    """The items of one visit: those it has, and as many new rows as were asked for."""

    @property
    def changed_items(self) -> list[tuple[FeedbackItem, int]]:
        """Items that were edited, each with the version that was read."""
        return [
            (row.instance, row.cleaned_data["version"])
            for row in self.initial_forms
            if row.has_changed()
        ]

    @property
    def new_items(self) -> list[FeedbackItem]:
        return [row.instance for row in self.extra_forms if row.has_changed()]


ItemRows = forms.modelformset_factory(
    FeedbackItem, form=ItemRow, formset=ItemRowsBase, extra=1, max_num=20
)
