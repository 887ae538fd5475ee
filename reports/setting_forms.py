"""Forms that set up a report: which days of whom it tells, its head, its signature."""

from django import forms
from django.core.exceptions import ValidationError

from congress.editing import RecordForm
from congress.periods import Period, today

from .attaching import attach
from .drafting.outlining import take_template
from .heads import recorded_chair
from .kinds import Kind, days_of, number_of, part_name
from .models import AnnualReport, ReportAttachment
from .proofreading import proofread

WHOLE = "全镇（乡）"
#: What tells the reports of a year apart.
IDENTITY = ("part", "group", "genre")


def _parts() -> list[tuple[str, str]]:
    """(kind and number, name) of every part of the year that a report may be about."""
    parts = [
        (kind, number)
        for kind, count in ((Kind.HALF, 2), (Kind.QUARTER, 4))
        for number in range(1, count + 1)
    ]
    return [
        (f"{Kind.YEAR}-1", "全年"),
        *(
            (f"{kind}-{number}", part_name(kind, days_of(kind, 2000, number).first))
            for kind, number in parts
        ),
        (f"{Kind.SPAN}-1", "自定时段"),
    ]


class ReportSettingsForm(RecordForm):
    """The year of a report stays, and once it was signed also the part of it, scope and genre."""

    part = forms.ChoiceField(label="时段", choices=_parts)
    groups = (
        ("时段和范围", ("year", "part", "start", "cut_off", "group")),
        ("标题和抬头", ("genre", "title", "addressee", "session", "speaker")),
        ("落款和其他", ("organ", "dated", "figure_style", "has_figure_table")),
    )

    class Meta:
        model = AnnualReport
        fields = [
            "group",
            "genre",
            "start",
            "cut_off",
            "title",
            "addressee",
            "session",
            "speaker",
            "organ",
            "dated",
            "figure_style",
            "has_figure_table",
        ]
        widgets = {"title": forms.Textarea}
        help_texts = {
            "title": "留空用通常标题；长标题可以按意思分行",
            "start": "留空从时段的第一天算起",
            "cut_off": "报告中的“截至目前”，当日计入；留空算到时段的最后一天，未到的算到今天",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("start", "cut_off"):
            self.fields[name].required = False
        self.fields["group"].empty_label = WHOLE
        self.fields["group"].help_text = ""
        self.fields["title"].widget.attrs["rows"] = 2
        if self.instance.pk:
            kind = self.instance.kind
            self.initial["part"] = f"{kind}-{number_of(kind, self.instance.start)}"
            if self.instance.versions.exists():
                for name in IDENTITY:
                    del self.fields[name]
        else:
            self.initial.setdefault("speaker", recorded_chair())

    def clean_title(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["title"].splitlines()]
        return "\n".join(filter(None, lines))

    def clean(self):
        data = super().clean()
        year = data.get("year", self.instance.year)
        if year and not {"part", "start", "cut_off"} & self.errors.keys():
            self._set_days(data, year)
        self._check_head(data)
        return data

    def _set_days(self, data: dict, year: int) -> None:
        """The days of the part that was chosen, where none were typed."""
        part = data.get("part") or self.initial["part"]
        kind, number = part.rsplit("-", 1)
        self.instance.kind = kind
        if kind == Kind.SPAN:
            for name in ("start", "cut_off"):
                if not data[name]:
                    self.add_error(name, "自定时段的，请填写日期。")
            return
        whole = days_of(kind, year, int(number))
        data["start"] = data["start"] or whole.first
        data["cut_off"] = data["cut_off"] or _until_now(whole)
        if kind != Kind.YEAR:
            self._keep_within(whole, part_name(kind, whole.first))

    def _keep_within(self, whole: Period, name: str) -> None:
        for field in ("start", "cut_off"):
            if self.cleaned_data[field] not in whole:
                self.add_error(
                    field, f"须在{name}内（{whole.first}至{whole.last}）；留空按时段计算。"
                )

    def _check_head(self, data: dict) -> None:
        genre = data.get("genre", self.instance.genre)
        given = data.get("session") or data.get("speaker")
        if genre != AnnualReport.Genre.WORK_REPORT:
            data["speaker"] = ""
            if data.get("session"):
                self.add_error("session", "只有工作报告写明会议；请改选文种，或者留空。")
        elif given and data.get("addressee"):
            self.add_error(
                "addressee", "在会议上作的报告写“各位代表”；请留空主送机关，或者留空会议和报告人。"
            )
        group, cut_off = data.get("group"), data.get("cut_off")
        if group and cut_off and not group.holds_on(cut_off):
            self.add_error("group", f"{group}在统计截止那天（{cut_off}）还没有成立，或者已经撤销。")

    def save(self, commit=True):
        """Whoever changes what a report is of changes its address."""
        if self.instance.pk and not set(IDENTITY).isdisjoint(self.changed_data):
            self.instance.slug = self.instance.made_slug()
        return super().save(commit)


class ReportForm(ReportSettingsForm):
    class Meta(ReportSettingsForm.Meta):
        fields = ["year", *ReportSettingsForm.Meta.fields]

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not 1950 <= year <= 2999:
            raise ValidationError("报告年度应为四位数字，如2020。")
        return year

    def save(self, commit=True):
        report = super().save(commit)
        take_template(report)
        return report


def _until_now(whole: Period):
    """The last day, or today where it is still to come."""
    return min(whole.last, today()) if whole.first <= today() else whole.last


class AttachmentForm(RecordForm):
    """A table without a title of its own is called what it is."""

    class Meta:
        model = ReportAttachment
        fields = ["content", "title", "text"]
        help_texts = {
            "content": "各种一览表由记录算出，不写选民姓名",
            "title": "一览表可以留空，用表名",
            "text": "选“文字”时必填，每段一行；一览表可以在表前写几句说明",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["text"].widget.attrs["rows"] = 10

    def clean(self):
        data = super().clean()
        content = data.get("content")
        if not data.get("title") and content == ReportAttachment.Content.TEXT:
            self.add_error("title", "请填写附件名称。")
        elif not data.get("title") and content:
            data["title"] = ReportAttachment.Content(content).label
        return data

    def clean_text(self) -> str:
        return proofread(self.cleaned_data["text"])

    def save(self, commit=True):
        return attach(user=self.user, attachment=self.instance)
