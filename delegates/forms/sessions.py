"""Forms of a session: agenda, who came, decisions about it."""

from django import forms

from congress.editing import OUTDATED
from congress.fields import prepare
from congress.models import AgendaItem, Session
from congress.models.sessions import AGENDA_MARK
from delegates.actions import Mark
from delegates.assembly import Line
from delegates.decisions import DecisionForm
from delegates.models import SessionAttendance

Status, Reason = SessionAttendance.Status, SessionAttendance.Reason
NOT_MARKED = ""
#: Who approves leave unless the office writes somebody else.
APPROVER = "主席团"


class MoveSessionForm(DecisionForm):
    date = forms.DateField(label="新的日期")
    last_day = forms.DateField(label="结束日期", required=False, help_text="会期只有一天的留空")
    because = forms.CharField(label="改期原因", max_length=200)


class CancelSessionForm(DecisionForm):
    because = forms.CharField(label="取消原因", max_length=200)


def version_field() -> forms.IntegerField:
    return forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": OUTDATED, "invalid": OUTDATED}
    )


class VersionForm(forms.Form):
    """The version of the record that a page of its parts was opened with."""

    version = version_field()


class AgendaItemForm(forms.Form):
    """One row; without a title it is left out."""

    position = forms.IntegerField(label="序号", required=False, min_value=1, max_value=99)
    title = forms.CharField(label="议程项目", required=False, max_length=200)
    reporter = forms.CharField(label="报告人", required=False, max_length=50)
    result = forms.ChoiceField(
        label="结果",
        required=False,
        choices=[("", "未定"), *AgendaItem.Result.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    remark = forms.CharField(label="说明", required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "result":
                prepare(field)

    def clean_title(self):
        title = self.cleaned_data["title"].strip()
        if AGENDA_MARK in title:
            raise forms.ValidationError(
                f"项目名称中不能有“{AGENDA_MARK}”（台账和报告用它分隔各项），请改用“和”，或分成两项。"
            )
        return title

    def clean(self):
        cleaned = super().clean()
        says_more = any(cleaned.get(name) for name in ("reporter", "result", "remark"))
        if says_more and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", "请写明议程项目；不要这一项的，整行清空。")
        return cleaned


class AgendaRows(forms.BaseFormSet):
    def clean(self):
        super().clean()
        if any(self.errors):
            return
        titles = [form.cleaned_data.get("title") for form in self.forms]
        titles = [title for title in titles if title]
        if not titles:
            raise forms.ValidationError("议程至少要有一项。")
        for title in titles:
            if titles.count(title) > 1:
                raise forms.ValidationError(f"“{title}”写了两次；同名的两项请加以区别。")

    def items(self) -> list[AgendaItem]:
        """In the order of their numbers; those without a number last."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("title")]
        rows.sort(key=lambda row: row["position"] or 100)
        return [
            AgendaItem(
                title=row["title"],
                reporter=row["reporter"],
                result=row["result"],
                remark=row["remark"],
            )
            for row in rows
        ]


AgendaFormSet = forms.formset_factory(
    AgendaItemForm, formset=AgendaRows, extra=3, max_num=60, validate_max=True
)


def mark_of(line: Line) -> Mark | None:
    each = line.attendance
    return Mark(each.status, each.reason, each.approved_by, each.remark) if each else None


def seen_of(line: Line) -> str:
    """What the reader of a row was shown, so that two people's marks can be told apart."""
    each = line.attendance
    return "|".join((each.status, each.reason, each.approved_by, each.remark)) if each else ""


def mark_words(mark: Mark | None) -> str:
    if mark is None:
        return "未登记"
    more = "，".join(
        word
        for word in (
            str(Reason(mark.reason).label) if mark.reason else "",
            f"{mark.approved_by}批准" if mark.approved_by else "",
            mark.remark,
        )
        if word
    )
    label = str(Status(mark.status).label)
    return f"{label}：{more}" if more else label


class SessionAttendanceForm(forms.Form):
    """A row for each delegate: one tap, and more only for who is missing."""

    version = version_field()

    def __init__(self, *args, session: Session, lines: list[Line], **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.initial["version"] = session.version
        for line in lines:
            self._add_row(line)

    def _add_row(self, line: Line) -> None:
        key, name, each = line.mandate.pk, line.mandate.delegate.name, line.attendance
        fields = {
            "status": forms.ChoiceField(
                choices=[*Status.choices, (NOT_MARKED, "未登记")],
                initial=each.status if each else NOT_MARKED,
                required=False,
                label=f"{name}的出席情况",
                widget=forms.RadioSelect,
            ),
            "reason": forms.ChoiceField(
                choices=[("", "事由"), *Reason.choices],
                initial=each.reason if each else "",
                required=False,
                label=f"{name}的事由",
                widget=forms.Select(attrs={"class": "form-select"}),
            ),
            "approved_by": forms.CharField(
                initial=(each.approved_by if each else "") or APPROVER,
                required=False,
                max_length=50,
                label=f"{name}的请假批准人",
                widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "批准人"}),
            ),
            "remark": forms.CharField(
                initial=each.remark if each else "",
                required=False,
                max_length=200,
                label=f"{name}的备注",
                widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "备注"}),
            ),
            "seen": forms.CharField(
                initial=seen_of(line), required=False, widget=forms.HiddenInput
            ),
        }
        for field, declared in fields.items():
            self.fields[f"{field}_{key}"] = declared

    def rows(self):
        """(line, its bound fields by name) of each delegate."""
        names = ("status", "reason", "approved_by", "remark", "seen")
        for line in self.lines:
            yield line, {name: self[f"{name}_{line.mandate.pk}"] for name in names}

    def clean(self):
        cleaned = super().clean()
        for line in self.lines:
            key = line.mandate.pk
            approver = cleaned.get(f"approved_by_{key}", "")
            if cleaned.get(f"status_{key}") == Status.APPROVED and not approver.strip():
                self.add_error(
                    f"approved_by_{key}",
                    f"{line.mandate.delegate}请假已批准，请写明批准人；没有批准的选“请假（未批准）”。",
                )
        return cleaned

    def marks(self) -> dict[int, Mark]:
        """By mandate; a reason not chosen is 未说明, a presence needs none.

        A row that was not sent, of somebody who came into office meanwhile, stays as it is.
        """
        found = {
            key: self._mark(key) if f"seen_{key}" in self.data else mark_of(line)
            for key, line in ((line.mandate.pk, line) for line in self.lines)
        }
        return {key: mark for key, mark in found.items() if mark}

    def _mark(self, key: int) -> Mark | None:
        given = self.cleaned_data
        status = given[f"status_{key}"]
        if not status:
            return None
        remark = given[f"remark_{key}"].strip()
        if status == Status.PRESENT:
            return Mark(status, remark=remark)
        approver = given[f"approved_by_{key}"].strip() if status == Status.APPROVED else ""
        return Mark(status, given[f"reason_{key}"] or Reason.UNSTATED, approver, remark)

    def mark_all_present(self) -> None:
        """Everybody not yet marked becomes present; nothing is saved."""
        self.data = self.data.copy()
        for line in self.lines:
            name = f"status_{line.mandate.pk}"
            if not self.data.get(name):
                self.data[name] = Status.PRESENT

    def adopt(self, session: Session) -> list[tuple[str, str, str]]:
        """Take over what somebody else saved meanwhile, except where this form says otherwise.

        Returns (name, theirs, yours) of the rows on which both differ; they stay as typed.
        """
        self.data = self.data.copy()
        self.data["version"] = session.version
        differing = []
        for line in self.lines:
            key = line.mandate.pk
            theirs = mark_of(line)
            mine = self._mark(key)
            typed = (
                "|".join((mine.status, mine.reason, mine.approved_by, mine.remark)) if mine else ""
            )
            seen = self.cleaned_data[f"seen_{key}"]
            if mine != theirs and seen_of(line) != seen:
                if typed == seen:
                    for name in ("status", "reason", "approved_by", "remark"):
                        self.data[f"{name}_{key}"] = getattr(theirs, name) if theirs else ""
                else:
                    name = line.mandate.delegate.name
                    differing.append((name, mark_words(theirs), mark_words(mine)))
            self.data[f"seen_{key}"] = seen_of(line)
        return differing
