"""What forms of ballots share: grades as in the scale, arithmetic, corrections."""

from django import forms

from congress.editing import RecordForm
from congress.models import BallotScales
from voters.actions.corrections import NO_REASON
from voters.ballots import VOTERS, grade_fields, refusals
from voters.models.ballot_counts import COUNTS

NOT_FILLED = "已述职的，这一项也要填写；没有的填0。"
REASON_LABEL, REASON_HELP = "更正理由", "改动已登记的票数时填写，连同改动前后的数字一并留存"


class ReasonField(forms.CharField):
    def __init__(self):
        super().__init__(label=REASON_LABEL, required=False, max_length=200, help_text=REASON_HELP)


class CountsForm(RecordForm):
    """The ballots of one vote; ``call_grades`` has to be called by the form's ``__init__``.

    Once there were ballots, changing them takes a reason.
    """

    #: Whoever may cast a ballot, and what is said of a number that is missing.
    present = VOTERS
    not_filled = NOT_FILLED

    def call_grades(self, year: int, *, was_counted: bool) -> None:
        """Label the grades by the scale of that year, and leave out the third of four."""
        self.scale = BallotScales.load().of(year)
        self.grades = grade_fields(self.scale)
        self.before = self.instance.counts if was_counted else None
        if "third_grade" not in self.grades:
            del self.fields["third_grade"]
        for name, word in self.grades.items():
            self.fields[name].label = word
        self.fields["ballots_valid"].help_text = "收回票减去无效票"
        if was_counted:
            self.fields["reason"] = ReasonField()

    def counted(self) -> dict[str, int | None]:
        """The numbers typed, as ``refusals`` reads them."""
        counts = {name: self.cleaned_data.get(name) for name in (self.present[0], *COUNTS)}
        if "third_grade" not in self.grades:
            counts["third_grade"] = 0
        return counts

    def clean(self):
        data = super().clean()
        changed = {name for name in (*COUNTS, *self.event_counts) if name in self.changed_data}
        if self.before and changed and not data.get("reason", "").strip():
            self.add_error("reason", NO_REASON)
        return data

    #: Further numbers whose change takes a reason.
    event_counts: tuple[str, ...] = ()

    def require_all(self, names) -> None:
        for name in names:
            if name in self.cleaned_data and self.cleaned_data[name] in (None, ""):
                self.add_error(name, self.not_filled)

    def _post_clean(self):
        """Where numbers contradict each other, say which, in place of the bare rule."""
        counts = self.counted()
        said_before = set(self.errors)
        super()._post_clean()
        if said_before:
            # The rest follows from what is missing.
            for name in set(self.errors) - said_before:
                del self.errors[name]
        for name, sentence in refusals(counts, self.grades, self.present):
            self.errors.pop(name, None)
            self.add_error(name, sentence)
