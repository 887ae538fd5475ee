"""What a roll and the tables of structure are about, as the address tells it."""

from django import forms

from congress.fields import prepare_filter
from congress.models import Term
from delegates.categories import DIMENSIONS
from delegates.models import Level
from groups.models import DelegateGroup
from groups.roll.people import Order
from groups.roll.scope import Scope, day_of


class ScopeForm(forms.Form):
    """Nothing has to be chosen; what is not understood is told at its field and left out."""

    day = forms.DateField(label="日期（不填为今天）", required=False)
    level = forms.ChoiceField(label="层级", required=False, choices=[("", "全部"), *Level.choices])
    term = forms.ModelChoiceField(
        Term.objects.all(), label="届次", required=False, empty_label="全部"
    )
    group = forms.ModelChoiceField(
        DelegateGroup.objects.all(), label="当日所属小组", required=False, empty_label="全部"
    )

    def __init__(self, data):
        super().__init__(data)
        for field in self.fields.values():
            prepare_filter(field)
        self.full_clean()

    @property
    def scope(self) -> Scope:
        told = self.cleaned_data
        return Scope(
            told.get("day") or day_of(told.get("term")),
            told.get("level") or "",
            told.get("term"),
            told.get("group"),
            self.classes,
        )

    @property
    def classes(self) -> dict[str, str]:
        return {}


class RollForm(ScopeForm):
    order = forms.ChoiceField(label="排列顺序", required=False, choices=Order.choices)
    phones = forms.BooleanField(label="名册含联系电话", required=False)

    def __init__(self, data, *, may_see_phones: bool):
        super().__init__(data)
        if not may_see_phones:
            del self.fields["phones"]
            self.cleaned_data.pop("phones", None)

    @property
    def chosen_order(self) -> Order:
        return Order(self.cleaned_data.get("order") or Order.GROUP)

    @property
    def tells_phones(self) -> bool:
        return bool(self.cleaned_data.get("phones"))

    @property
    def classes(self) -> dict[str, str]:
        """The classes that a number of the tables of structure asks for; told by chips."""
        told = {each.key: self.data.get(each.key, "") for each in DIMENSIONS}
        return {key: value[:20] for key, value in told.items() if value}

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """(label, class in words, address without it)."""
        found = []
        for dimension in DIMENSIONS:
            if key := self.classes.get(dimension.key):
                query = self.data.copy()
                query.pop(dimension.key, None)
                found.append((dimension.label, dimension.word(key), f"?{query.urlencode()}"))
        return found


class StructureForm(ScopeForm):
    other_day = forms.DateField(label="对比日期", required=False)
    other_term = forms.ModelChoiceField(
        Term.objects.all(), label="对比届次", required=False, empty_label="不选"
    )

    @property
    def other(self) -> Scope | None:
        """The day beside it; of another term its last day."""
        told = self.cleaned_data
        day, term = told.get("other_day"), told.get("other_term")
        if not day and not term:
            return None
        return self.scope.narrowed(day=day or day_of(term), term=term or self.scope.term)
