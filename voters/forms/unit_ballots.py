"""The ballots of all units of an evaluation on one page: a row a unit, saved together."""

from collections import Counter

from django import forms

from congress.editing import OUTDATED
from congress.fields import prepare
from congress.models import BallotScales
from delegates.decisions import DecisionForm
from groups.models import Activity
from voters.actions.evaluations import Entry, contradictions
from voters.ballots import ABSTAINED, grade_fields
from voters.models import UnitEvaluation
from voters.unit_results import delegates_present

from .counts import ReasonField

#: The same for all units as a rule: one slip lists them all.
SHARED = ("others_present", "ballots_issued", "ballots_returned")
NOT_FILLED = "这一项也要填写；没有的填0。"
NOT_SHARED = "已填了票数的，这一项也要填写；没有的填0。"


class UnitBallotsForm(DecisionForm):
    """What all units share stands above the rows; a unit that differs has its own numbers.

    A row left empty is a unit that was not voted on. Each carries the version its reader saw; a
    unit arranged meanwhile has no row among what was sent, and stays as it is.
    """

    def __init__(self, *args, activity: Activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity = activity
        units = activity.unit_evaluations.select_related("unit")
        self.evaluations: list[UnitEvaluation] = list(units.order_by("pk"))
        self.scale = BallotScales.load().of(activity.date.year)
        self.grades = grade_fields(self.scale)
        self.present = delegates_present(activity)
        self.names = ("ballots_valid", *self.grades, "abstained")
        self.words = {
            **{
                name: str(UnitEvaluation._meta.get_field(name).verbose_name)
                for name in (*SHARED, "ballots_valid")
            },
            **self.grades,
            "abstained": ABSTAINED,
        }
        self._add_shared()
        for each in self.evaluations:
            self._add_row(each)
        if any(each.is_voted for each in self.evaluations):
            self.fields["reason"] = ReasonField()

    def _add_shared(self) -> None:
        self.usual = {}
        for name in SHARED:
            told = Counter(getattr(each, name) for each in self.evaluations if each.is_voted)
            told.pop(None, None)
            self.usual[name] = told.most_common(1)[0][0] if told else None
            self._add_number(name, self.words[name], self.usual[name])

    def _add_row(self, evaluation: UnitEvaluation) -> None:
        key = evaluation.pk
        self.fields[f"version_{key}"] = forms.IntegerField(
            widget=forms.HiddenInput,
            initial=evaluation.version,
            required=False,
            error_messages={"invalid": OUTDATED},
        )
        for name in (*SHARED, *self.names):
            stored = getattr(evaluation, name)
            own = None if name in SHARED and stored == self.usual[name] else stored
            self._add_number(f"{name}_{key}", f"{evaluation.unit}的{self.words[name]}", own)

    def _add_number(self, name: str, label: str, initial: int | None) -> None:
        field = forms.IntegerField(label=label, required=False, min_value=0, initial=initial)
        field.widget.attrs |= {"class": "form-control", "inputmode": "numeric"}
        prepare(field)
        self.fields[name] = field

    @property
    def shared(self) -> list[forms.BoundField]:
        return [self[name] for name in SHARED]

    @property
    def rows(self):
        """(evaluation, version, own numbers of what is shared, numbers) of each unit."""
        for each in self.evaluations:
            yield (
                each,
                self[f"version_{each.pk}"],
                [(self.words[name], self[f"{name}_{each.pk}"]) for name in SHARED],
                [(self.words[name], self[f"{name}_{each.pk}"]) for name in self.names],
            )

    def counts_of(self, evaluation: UnitEvaluation) -> dict[str, int | None] | None:
        """What is typed for the unit; None for an empty row."""
        own = {n: self.cleaned_data.get(f"{n}_{evaluation.pk}") for n in (*SHARED, *self.names)}
        if all(number is None for number in own.values()):
            return None
        for name in SHARED:
            if own[name] is None:
                own[name] = self.cleaned_data.get(name)
        return {"third_grade": 0} | own

    def entries(self) -> dict[int, Entry]:
        """What was typed, by unit; rows of a ledger that nobody touched are left as they are."""
        found = {}
        for each in self._on_the_page():
            counts = self.counts_of(each)
            version = self.cleaned_data[f"version_{each.pk}"]
            is_new_to_me = counts is None and version != each.version
            if not (self._is_untouched(each) or is_new_to_me):
                found[each.pk] = Entry(version, counts)
        return found

    def _on_the_page(self) -> list[UnitEvaluation]:
        data = self.cleaned_data
        return [each for each in self.evaluations if data.get(f"version_{each.pk}") is not None]

    def _is_untouched(self, evaluation: UnitEvaluation) -> bool:
        if not evaluation.is_voted or evaluation.is_counted_in_full:
            return False
        return all(
            self.cleaned_data.get(f"{name}_{evaluation.pk}") == getattr(evaluation, name)
            for name in (*SHARED, *self.names)
        )

    def clean(self):
        data = super().clean()
        for each in self._on_the_page():
            counts = self.counts_of(each)
            if counts is not None and not self._is_untouched(each):
                self._check(each, counts)
        return data

    def _check(self, evaluation: UnitEvaluation, counts: dict[str, int | None]) -> None:
        missing = [name for name in (*SHARED, *self.names) if counts[name] is None]
        for name in missing:
            self._blame(evaluation, name, NOT_SHARED if name in SHARED else NOT_FILLED)
        if missing or self.present is None:
            return
        for name, sentence in contradictions(counts, self.grades, self.present):
            self._blame(evaluation, name, sentence)

    def _blame(self, evaluation: UnitEvaluation, name: str, sentence: str) -> None:
        """At the row's own number, or once at the one that all share."""
        field = f"{name}_{evaluation.pk}"
        if name in SHARED and not self.data.get(field):
            field = name
        if field not in self.errors:
            self.add_error(field, sentence)

    def adopt(self) -> list[tuple[str, str, str]]:
        """Take over the versions, and the numbers of rows left empty, that were saved meanwhile.

        Returns (unit, theirs, yours) where both differ; these rows stay as typed. To be asked of
        a valid form that was made anew.
        """
        self.data = self.data.copy()
        differing = []
        for each in self._on_the_page():
            stale = self.cleaned_data[f"version_{each.pk}"] != each.version
            self.data[f"version_{each.pk}"] = each.version
            typed = self.counts_of(each)
            stored = {name: getattr(each, name) for name in ("third_grade", *SHARED, *self.names)}
            if not stale or typed == stored:
                continue
            if typed is None:
                for name in (*SHARED, *self.names):
                    number = stored[name]
                    self.data[f"{name}_{each.pk}"] = "" if number is None else number
            else:
                differing.append((str(each.unit), self._in_words(stored), self._in_words(typed)))
        return differing

    def _in_words(self, counts: dict[str, int | None]) -> str:
        if counts["satisfied"] is None:
            return "（空）"
        return "、".join(
            f"{self.words[name]}{counts[name]}"
            for name in (*SHARED, *self.names)
            if counts[name] is not None
        )
