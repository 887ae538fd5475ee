"""The attendance sheet as a form: a status and a reason for each person."""

from django import forms

from groups.attendance import Line, Mark, mark_words
from groups.models import Activity, Attendance

Status, Reason = Attendance.Status, Attendance.Reason
NOT_ASKED = ""


class AttendanceForm(forms.Form):
    """Each row carries what its reader saw, so that two people's marks can be told apart."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, activity: Activity, lines: list[Line], **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.initial["version"] = activity.version
        for line in lines:
            self._add_row(line)

    def _add_row(self, line: Line) -> None:
        key, name = line.mandate.pk, line.mandate.delegate.name
        status, reason = line.mark or (NOT_ASKED, "")
        self.fields[f"status_{key}"] = forms.ChoiceField(
            choices=[*Status.choices, (NOT_ASKED, "未安排")],
            initial=status,
            required=False,
            label=f"{name}的出席情况",
            widget=forms.RadioSelect,
        )
        self.fields[f"reason_{key}"] = forms.ChoiceField(
            choices=[("", "事由"), *Reason.choices],
            initial=reason,
            required=False,
            label=f"{name}的事由",
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.fields[f"seen_{key}"] = forms.CharField(
            initial=f"{status}:{reason}", required=False, widget=forms.HiddenInput
        )

    def rows(self):
        """(line, status, reason, what was seen) of each person."""
        for line in self.lines:
            key = line.mandate.pk
            yield line, self[f"status_{key}"], self[f"reason_{key}"], self[f"seen_{key}"]

    def marks(self) -> dict[int, Mark]:
        """What is marked, by mandate; a reason not chosen is 未说明, a presence needs none."""
        marks = {}
        for line in self.lines:
            key = line.mandate.pk
            status = self.cleaned_data[f"status_{key}"]
            reason = self.cleaned_data[f"reason_{key}"] or Reason.UNSTATED
            if status:
                marks[key] = (status, "" if status == Status.PRESENT else reason)
        return marks

    def mark_all_present(self) -> None:
        """Everybody not marked 请假 or 缺席 becomes present; nothing is saved."""
        self.data = self.data.copy()
        for line in self.lines:
            name = f"status_{line.mandate.pk}"
            if self.data.get(name) not in (Status.LEAVE, Status.ABSENT):
                self.data[name] = Status.PRESENT

    def adopt(self, activity: Activity) -> list[tuple[str, str, str]]:
        """Take over what somebody else saved meanwhile, except where this form says otherwise.

        Returns (name, theirs, yours) of the rows on which both differ; they stay as typed.
        """
        self.data = self.data.copy()
        self.data["version"] = activity.version
        typed = self.marks()
        differing = []
        for line in self.lines:
            key = line.mandate.pk
            status, reason = line.mark or (NOT_ASKED, "")
            mine = typed.get(key)
            seen = self.cleaned_data[f"seen_{key}"] or ":"
            if mine != line.mark:
                if ":".join(mine or (NOT_ASKED, "")) == seen:
                    self.data[f"status_{key}"], self.data[f"reason_{key}"] = status, reason
                else:
                    name = line.mandate.delegate.name
                    differing.append((name, mark_words(line.mark), mark_words(mine)))
            self.data[f"seen_{key}"] = f"{status}:{reason}"
        return differing
