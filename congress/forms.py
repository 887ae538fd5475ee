"""Forms of the institution."""

from .editing import RecordForm
from .models import (
    Document,
    Session,
    SpecialDay,
    Term,
    Township,
    Village,
)


class VillageForm(RecordForm):
    class Meta:
        model = Village
        fields = ["name", "population", "position"]


class TermForm(RecordForm):
    class Meta:
        model = Term
        fields = ["ordinal", "first_day", "last_day"]


class SessionForm(RecordForm):
    class Meta:
        model = Session
        fields = ["term", "ordinal", "date", "state", "agenda"]


class SpecialDayForm(RecordForm):
    class Meta:
        model = SpecialDay
        fields = ["date", "is_workday", "note"]


class DocumentForm(RecordForm):
    class Meta:
        model = Document
        fields = ["title", "issuer", "number", "date", "level", "position", "file"]


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
    ("工作报告", ("claim_percent",)),
    ("评价", ("evaluation_scale",)),
)


class TownshipForm(RecordForm):
    groups = TOWNSHIP_FIELDS

    class Meta:
        model = Township
        fields = [name for _, names in TOWNSHIP_FIELDS for name in names]
