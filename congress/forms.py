"""Forms of the institution."""

from django import forms

from .editing import RecordForm
from .models import (
    Session,
    SpecialDay,
    Term,
    Township,
    Village,
)
from .periods import today


class VillageForm(RecordForm):
    class Meta:
        model = Village
        fields = ["name", "population", "position"]


class TermForm(RecordForm):
    class Meta:
        model = Term
        fields = ["ordinal", "first_day", "last_day"]


class SessionForm(RecordForm):
    """State, agenda and a change of the day have pages of their own."""

    class Meta:
        model = Session
        fields = ["term", "ordinal", "date", "last_day", "opens_at", "place", "presiding"]
        widgets = {"opens_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opens_at"].error_messages["invalid"] = "请填写时间，如09:00。"
        if self.instance.pk:
            self.fields["date"].help_text = "只用来更正登记错误；提前或者推迟召开的，用“改期”"

    def clean(self):
        cleaned = super().clean()
        state = cleaned.get("state", self.instance.state)
        day = cleaned.get("date")
        if state == Session.State.HELD and day and day > today():
            self.add_error("date", "已召开的会议，日期不能晚于今天。")
        return cleaned


class SessionAddForm(SessionForm):
    class Meta(SessionForm.Meta):
        fields = [*SessionForm.Meta.fields, "state", "agenda"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        state.choices = [choice for choice in state.choices if choice[0] != Session.State.CANCELLED]


class SpecialDayForm(RecordForm):
    class Meta:
        model = SpecialDay
        fields = ["date", "is_workday", "note"]


#: The township's own rules, by subject.
TOWNSHIP_FIELDS = (
    ("乡镇", ("name", "county")),
    (
        "接待选民",
        (
            "reception_day",
            "reception_shift",
            "reception_hours",
            "duty_places",
            "duty_minimum",
            "notice_days",
        ),
    ),
    (
        "意见建议办理",
        (
            "feedback_target_days",
            "return_limit_days",
            "extension_limit",
            "redo_months",
            "remind_before_days",
            "remind_after_days",
            "outcome_labels",
        ),
    ),
    ("代表建议", ("suggestion_months", "suggestion_wide_months")),
    ("视察调研和执法检查", ("inspection_reply_months",)),
    ("会议法定人数", ("counts_suspended",)),
    ("工作报告", ("claim_percent",)),
    ("评价", ("evaluation_scale",)),
    ("选民个人信息", ("contact_years", "privacy_contact", "privacy_note")),
    ("备份", ("backup_days",)),
)


class TownshipForm(RecordForm):
    groups = TOWNSHIP_FIELDS

    class Meta:
        model = Township
        fields = [name for _, names in TOWNSHIP_FIELDS for name in names]
