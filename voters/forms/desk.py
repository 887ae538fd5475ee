"""The desk's form: a line that says it all, and the fields it fills."""

from django import forms

from congress.editing import RecordForm
from voters.desk.reading import MOST_ITEMS
from voters.models import FeedbackItem, Visit, VisitNote

from .drafts import DelegatesField
from .visits import ItemRow, ItemRowsBase, NumberedForm, on_duty

#: Where a voter is sent whose matter the congress does not take up.
SENT_TO = ("人民法院", "仲裁机构", "行政复议机关", "信访部门", "其他")


class DeskForm(NumberedForm):
    line = forms.CharField(
        label="一行登记",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    no_item = forms.BooleanField(label="不形成意见建议", required=False)
    received_by = DelegatesField(
        label="接待代表", error_messages={"required": "请勾选接待这位选民的代表。"}
    )
    #: What the fields were filled with from the line, as JSON.
    filled = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    #: Keys of the likely duplicates that were shown before saving.
    shown_alike = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Visit
        fields = [
            "voter_name",
            "village",
            "phone",
            "persons",
            "channel",
            "received_by",
            "words",
            "answer",
            "confidential",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].widget.attrs |= {
            "rows": 2,
            "autofocus": True,
            "class": "form-control",
            "aria-describedby": "line-hint",
        }
        self.fields["answer"].widget.attrs["rows"] = 2
        self.fields["village"].empty_label = "请选择"
        for name in ("voter_name", "words", "phone", "form_number"):
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs["autocomplete"] = "off"
        everybody = on_duty(self.instance.day.pk)
        self.fields["received_by"].offer(everybody)
        self.initial["received_by"] = [mandate.pk for mandate in everybody]


class DeskItemRow(ItemRow):
    sent_to = forms.ChoiceField(label="不予受理，告知去向", required=False)
    sent_note = forms.CharField(label="去向说明", required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].help_text = ""
        self.fields["summary"].label = "整理后的内容"
        self.fields["sent_to"].choices = [("", "受理"), *((place, place) for place in SENT_TO)]

    @property
    def is_rejected(self) -> bool:
        return bool(self.cleaned_data.get("sent_to"))

    @property
    def sent_words(self) -> str:
        """人民法院（地址…）"""
        place, note = self.cleaned_data["sent_to"], self.cleaned_data["sent_note"]
        if place == "其他":
            return note
        return f"{place}（{note}）" if note else place

    def clean(self):
        data = super().clean()
        if data.get("sent_to"):
            if data.get("lead_unit"):
                self.add_error("lead_unit", "不予受理的不交办，请改为“暂不交办”。")
            if data["sent_to"] == "其他" and not data.get("sent_note"):
                self.add_error("sent_note", "请写明告知选民去哪里。")
        elif data.get("sent_note"):
            self.add_error("sent_to", "写了去向的，请选择告知去向。")
        return data


class DeskRowsBase(ItemRowsBase):
    @property
    def _filled_rows(self) -> list[DeskItemRow]:
        return [row for row in self.forms if row.has_changed()]

    @property
    def accepted(self) -> list[FeedbackItem]:
        return [row.instance for row in self._filled_rows if not row.is_rejected]

    @property
    def rejected(self) -> list[tuple[FeedbackItem, str]]:
        """Each with where the voter was sent."""
        return [(row.instance, row.sent_words) for row in self._filled_rows if row.is_rejected]


DeskRows = forms.modelformset_factory(
    FeedbackItem,
    form=DeskItemRow,
    formset=DeskRowsBase,
    extra=1,
    max_num=MOST_ITEMS,
    validate_max=True,
)


class VisitNoteForm(RecordForm):
    class Meta:
        model = VisitNote
        fields = ["text"]
