"""Forms of documents: registered, corrected, made void."""

from django import forms
from django.core.exceptions import ValidationError

from congress.attachments import MOST_AT_ONCE
from congress.editing import RecordForm
from congress.models import Document, DocumentMatter
from congress.periods import today
from congress.uploads import UploadsField

from .actions import (
    WRONG_NUMBER,
    enter_void_number,
    make_void,
    save_document,
    series_of_this_year,
)
from .kinds import kind_of_title
from .numbers import parsed, written_right

Level = Document.Level


class DocumentForm(RecordForm):
    groups = (
        ("文件", ("level", "title", "kind", "issuer")),
        ("文号和日期", ("number", "take_from", "date", "received_on")),
        ("规定事项", ("matters", "rules")),
        ("会议和报告", ("session", "position")),
        ("效力", ("repealed_on", "replaced_by")),
        ("文件附件", ("attachments",)),
    )
    take_from = forms.ChoiceField(
        label="自动取号", required=False, help_text="本级文件：保存时取下一个文号，文号栏留空"
    )
    matters = forms.MultipleChoiceField(
        label="规定事项",
        choices=DocumentMatter.Matter.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Document
        fields = [
            "level",
            "title",
            "kind",
            "issuer",
            "number",
            "date",
            "received_on",
            "session",
            "position",
            "rules",
            "repealed_on",
            "replaced_by",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].help_text = "不选的，按标题末尾的字判断"
        self.fields["position"].required = False
        self.fields["position"].help_text = "数字小的排在前，报告先写；不填排在最后"
        self.fields["session"].queryset = self.fields["session"].queryset.select_related("term")
        self._prepare_replacing()
        if self.instance.pk:
            del self.fields["take_from"]
            self.initial["matters"] = [row.matter for row in self.instance.matters.all()]
        else:
            self._prepare_new()
            self.fields["attachments"] = UploadsField(
                label="选择文件", most=MOST_AT_ONCE, required=False
            )
        self.files_written = []

    def _prepare_new(self):
        """An own document is offered the next number and the office that issued the last one."""
        series = series_of_this_year()
        self.fields["number"].required = False
        self.fields["take_from"].choices = [
            ("", "不取号，自行填写"),
            *((name, f"{name}：下一个是{number}号") for name, number in series),
        ]
        self.initial["position"] = None
        if self.initial.get("level") == Level.OWN:
            last = Document.objects.filter(level=Level.OWN).order_by("-date", "-pk")
            self.initial.setdefault("issuer", last.values_list("issuer", flat=True).first())
            if series and not self.initial.get("number"):
                self.initial.setdefault("take_from", series[0][0])

    def _prepare_replacing(self):
        field = self.fields["replaced_by"]
        field.queryset = Document.objects.standing().order_by("-date", "-pk")
        if self.instance.pk:
            later = field.queryset.filter(date__gte=self.instance.date)
            field.queryset = later.exclude(pk=self.instance.pk)
        field.label_from_instance = lambda document: f"{document.number} {document}"

    def clean_number(self) -> str:
        return written_right(self.cleaned_data["number"])

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0

    def clean(self):
        cleaned = super().clean()
        number, series = cleaned.get("number"), cleaned.get("take_from")
        if not self.instance.pk and "number" in cleaned:
            if not number and not series:
                self.add_error("number", "请填写文号；本级文件也可以选择自动取号。")
            elif series and cleaned.get("level") == Level.COUNTY:
                self.add_error("take_from", "上级文件照原文填写文号，不取号。")
            elif number and series:
                self.add_error("take_from", "已经填了文号；要自动取号，请把文号栏清空。")
        if not cleaned.get("kind"):
            cleaned["kind"] = kind_of_title(cleaned.get("title") or "")
        return cleaned

    @property
    def was_mended(self) -> bool:
        """Whether the number was typed otherwise than it is kept."""
        typed = (self.data.get(self.add_prefix("number")) or "").strip()
        return bool(typed) and typed != self.cleaned_data["number"]

    def save(self):
        return save_document(
            by=self.user,
            document=self.instance,
            matters=self.cleaned_data["matters"],
            take_from=self.cleaned_data.get("take_from", ""),
            files=self.files_written,
        )


class VoidForm(RecordForm):
    """作废 of an own document."""

    void_on = forms.DateField(label="作废日期", initial=today)
    void_reason = forms.CharField(label="作废原因", max_length=200)

    class Meta:
        model = Document
        fields = ["void_on", "void_reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["void_on"] = today()

    def _post_clean(self):
        """The action sets and checks the fields."""

    def save(self):
        make_void(
            by=self.user,
            document=self.instance,
            reason=self.cleaned_data["void_reason"],
            day=self.cleaned_data["void_on"],
        )
        return self.instance


class VoidNumberForm(RecordForm):
    """A number under which nothing was issued."""

    issuer = forms.CharField(label="发文机关", max_length=100)
    number = forms.CharField(label="文号", max_length=50)
    void_on = forms.DateField(label="日期", initial=today, help_text="须在文号的年份之内")
    void_reason = forms.CharField(label="作废原因", max_length=200)

    class Meta:
        model = Document
        fields = ["issuer", "number", "void_on", "void_reason"]

    def _post_clean(self):
        """The action makes the document and checks it."""

    def clean_number(self):
        number = parsed(written_right(self.cleaned_data["number"]))
        if number is None:
            raise ValidationError(WRONG_NUMBER)
        return number

    def save(self):
        self.instance = enter_void_number(
            by=self.user,
            number=str(self.cleaned_data["number"]),
            issuer=self.cleaned_data["issuer"],
            reason=self.cleaned_data["void_reason"],
            day=self.cleaned_data["void_on"],
        )
        return self.instance
