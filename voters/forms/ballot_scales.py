"""The form of a ballot scale, with the rows of its thresholds."""

from django import forms

from congress.editing import Difference, RecordForm, SavedRows
from congress.models import BallotScale, BallotScales, BallotThreshold
from voters.ballot_scales import held_under, in_use


class ThresholdRows(SavedRows, forms.BaseInlineFormSet):
    pass


ThresholdFormSet = forms.inlineformset_factory(
    BallotScale,
    BallotThreshold,
    formset=ThresholdRows,
    fields=["wording", "best_percent", "approved_percent"],
    extra=3,
)


class BallotScaleForm(RecordForm):
    class Meta:
        model = BallotScale
        fields = ["from_year", "grades", "least_present"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = BallotScale.objects.filter(pk=self.instance.pk).first()
        self.rows = ThresholdFormSet(
            self.data if self.is_bound else None, instance=self.instance, prefix="thresholds"
        )

    def is_valid(self):
        return all([super().is_valid(), self.rows.is_valid()])

    def clean(self):
        """Neither the years it governs nor those it would govern have ballots counted already."""
        data = super().clean()
        year = data.get("from_year")
        if year is None:
            return data
        scales = BallotScales.load()
        planned = BallotScale(pk=self.instance.pk, from_year=year)
        for scale in filter(None, (self.before, planned)):
            if years := held_under(scale, scales):
                self.add_error("from_year", in_use(self.before or scales.of(years[-1]), years))
                break
        return data

    def save(self):
        scale = super().save()
        self.rows.instance = scale
        self.rows.save()
        return scale

    def differences(self, current):
        """Those of the rows are told as a whole."""
        found = super().differences(current)
        theirs = {
            (row.wording, row.best_percent, row.approved_percent)
            for row in current.thresholds.all()
        }
        yours = {
            (row["wording"], row["best_percent"], row["approved_percent"])
            for row in (each.cleaned_data for each in self.rows.forms)
            if row and not row.get("DELETE")
        }
        if theirs != yours:
            found.append(Difference("结果用语", _in_lines(theirs), _in_lines(yours)))
        return found


def _in_lines(rows: set[tuple[str, int, int]]) -> str:
    lines = (f"{wording}：{low}%，{high}%" for wording, low, high in sorted(rows))
    return "\n".join(lines) or "（空）"
