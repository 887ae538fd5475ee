"""The attendance sheet as a form: a mark for each person."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from congress.editing import OUTDATED
from groups.attendance import Line, Mark, mark_words
from groups.models import Activity, Attendance

Status, Reason = Attendance.Status, Attendance.Reason
UNMARKED = ""
#: On the phone of somebody who looks for one name among many.
MANY = 30


@dataclass(frozen=True)
class Row:
    """What the sheet shows of one person."""

    line: Line
    status: str
    reason: str
    approved_by: str


class AttendanceForm(forms.Form):
    """``seen`` keeps what the reader saw, so that two people's marks can be told apart."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": OUTDATED, "invalid": OUTDATED}
    )
    rest_not_asked = forms.BooleanField(
        required=False, label="没有登记的代表未安排到会，不计入应到"
    )

    statuses = (*Status.choices, (UNMARKED, "未登记"))
    reasons = Reason.choices

    def __init__(self, *args, activity: Activity, lines: list[Line], approver: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.approver = approver
        self.initial["version"] = activity.version
        self.initial["rest_not_asked"] = activity.rest_not_asked
        self.initial["seen"] = self._shown(activity)
        for line in lines:
            self._add_row(line)

    def _shown(self, activity: Activity) -> dict:
        shown = {str(line.mandate.pk): line.mark for line in self.lines}
        return {"marks": shown, "rest_not_asked": activity.rest_not_asked}

    def _add_row(self, line: Line) -> None:
        key, name = line.mandate.pk, line.mandate.delegate.name
        mark = line.mark or Mark(UNMARKED)
        self.fields[f"status_{key}"] = forms.ChoiceField(
            choices=self.statuses,
            initial=mark.status,
            required=False,
            label=f"{name}的出席情况",
            widget=forms.RadioSelect,
        )
        self.fields[f"reason_{key}"] = forms.ChoiceField(
            choices=[("", "事由"), *self.reasons],
            initial=mark.reason,
            required=False,
            label=f"{name}的事由",
        )
        is_leave = mark.status == Status.LEAVE
        self.fields[f"approved_by_{key}"] = forms.CharField(
            max_length=Attendance._meta.get_field("approved_by").max_length,
            initial=mark.approved_by if is_leave else self.approver,
            required=False,
            label=f"{name}请假的批准人",
        )

    def clean_seen(self) -> dict:
        seen = self.cleaned_data["seen"]
        try:
            marks = {
                int(key): Mark(*map(str, mark)) if mark else None
                for key, mark in seen["marks"].items()
            }
            return {"marks": marks, "rest_not_asked": bool(seen["rest_not_asked"])}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValidationError(OUTDATED) from error

    def rows(self) -> Iterator[Row]:
        for line in self.lines:
            key = line.mandate.pk
            yield Row(
                line,
                *(
                    self[f"{name}_{key}"].value() or ""
                    for name in ("status", "reason", "approved_by")
                ),
            )

    def marks(self) -> dict[int, Mark]:
        """What is marked, by mandate; a reason not chosen is 未说明, a presence needs none."""
        marks = {}
        for line in self.lines:
            key = line.mandate.pk
            status = self.cleaned_data[f"status_{key}"]
            if status == Status.PRESENT:
                marks[key] = Mark(status)
            elif status:
                reason = self.cleaned_data[f"reason_{key}"] or str(Reason.UNSTATED)
                approved_by = self.cleaned_data[f"approved_by_{key}"]
                marks[key] = Mark(status, reason, approved_by if status == Status.LEAVE else "")
        return marks

    def seen_marks(self) -> dict[int, Mark | None]:
        """How the persons on the sheet stood there when it was opened."""
        seen = self.cleaned_data["seen"]["marks"]
        return {line.mandate.pk: seen.get(line.mandate.pk) for line in self.lines}

    def mark_all_present(self, group: str) -> None:
        """Everybody, or those of a group, not marked 请假 or 缺席 becomes present, unsaved."""
        self.data = self.data.copy()
        for line in self.lines:
            name = f"status_{line.mandate.pk}"
            asked = group in ("all", line.group)
            if asked and self.data.get(name) not in (Status.LEAVE, Status.ABSENT):
                self.data[name] = Status.PRESENT

    def mark_present(self, mandate: int) -> None:
        """Whoever is invited on the spot is there."""
        self.data = self.data.copy()
        self.data[f"status_{mandate}"] = Status.PRESENT
        self.data.setdefault(f"approved_by_{mandate}", self.approver)

    def adopt(self, activity: Activity) -> list[tuple[str, str, str]]:
        """Take over what was marked meanwhile, except where this form says otherwise.

        Returns (name, theirs, yours) of the rows on which both differ; they stay as typed.
        """
        self.data = self.data.copy()
        typed, seen = self.marks(), self.seen_marks()
        differing = []
        for line in self.lines:
            key = line.mandate.pk
            mine = typed.get(key)
            if mine == line.mark:
                continue
            if mine == seen[key]:
                for name, value in (line.mark or Mark(UNMARKED))._asdict().items():
                    self.data[f"{name}_{key}"] = value
            elif line.mark != seen[key]:
                name = line.mandate.delegate.name
                differing.append((name, mark_words(line.mark), mark_words(mine)))
        if self.cleaned_data["rest_not_asked"] == self.cleaned_data["seen"]["rest_not_asked"]:
            self.data["rest_not_asked"] = "on" if activity.rest_not_asked else ""
        self.data["version"] = activity.version
        self.data["seen"] = self.fields["seen"].prepare_value(self._shown(activity))
        return differing
