"""Forms of a merge: which value stays, and who the other record is."""

from django import forms
from django.db.models import Exists, OuterRef, Q

from congress.fields import prepare
from delegates.decisions import DecisionForm
from delegates.duplicates.comparing import BOTH, OURS, THEIRS, Comparison, FieldPair
from delegates.models import Delegate, Mandate
from delegates.pinyin import by_name

WORDS = {OURS: "左边的", THEIRS: "右边的", BOTH: "两段都留"}
NOT_CHOSEN = "“{}”没有选好保留哪一个，请再选一次。"
MOST_FOUND = 20


class MergeForm(DecisionForm):
    """One choice a line that differs; the pages are those of ``comparisons``."""

    def __init__(self, *args, comparisons: list[Comparison], **kwargs):
        super().__init__(*args, **kwargs)
        self.comparisons = comparisons
        for line in self._lines():
            self.fields[line.name] = forms.ChoiceField(
                label=line.label,
                choices=[(option, WORDS[option]) for option in line.options],
                initial=line.default,
                error_messages={
                    "required": NOT_CHOSEN.format(line.label),
                    "invalid_choice": NOT_CHOSEN.format(line.label),
                },
            )

    def _lines(self) -> list[FieldPair]:
        return [line for each in self.comparisons for line in each.differing]

    @property
    def chosen(self) -> dict[str, str]:
        return self.cleaned_data

    @property
    def tables(self) -> list[tuple[Comparison, list[tuple[FieldPair, str]]]]:
        """(comparison, its lines with what is chosen)."""
        return [
            (
                each,
                [(line, self[line.name].value() if line.differs else OURS) for line in each.lines],
            )
            for each in self.comparisons
        ]


class PersonSearch(forms.Form):
    q = forms.CharField(
        label="姓名、代表证号或电话",
        max_length=50,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        prepare(self.fields["q"])

    def found(self, person: Delegate) -> list[Delegate]:
        words = self.cleaned_data["q"].strip()
        by_card = Mandate.objects.filter(delegate=OuterRef("pk"), card_number__icontains=words)
        people = Delegate.objects.exclude(pk=person.pk).prefetch_related("mandates__term")
        found = people.filter(by_name()(words) | Q(phone=words) | Exists(by_card))
        return list(found.order_by("name", "pk")[:MOST_FOUND])
