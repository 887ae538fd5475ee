"""Forms that are sent to be filled further, and steps that leave the judging to their action."""

from django import forms
from django.forms.utils import ErrorDict

from congress.editing import RecordForm
from delegates.models import Mandate


class DraftForm(RecordForm):
    """Shown again as it was typed, without errors, while ``is_draft``: more rows, another day."""

    def __init__(self, *args, is_draft: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_draft = is_draft

    def full_clean(self):
        if self.is_draft:
            self._errors = ErrorDict()
            self.cleaned_data = {}
        else:
            super().full_clean()


class StepForm(RecordForm):
    """The few fields of one step; the action judges the record in its new state, not the form."""

    def _post_clean(self):
        """The record is left alone here."""

    @property
    def changes(self) -> dict:
        """What was filled in, for the action."""
        carried = {"version", "submission"}
        return {key: value for key, value in self.cleaned_data.items() if key not in carried}


class DelegatesField(forms.ModelMultipleChoiceField):
    """Delegates to tick; a namesake or a second mandate is told apart by the card number."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *args, **kwargs):
        super().__init__(*args, queryset=kwargs.pop("queryset", None), **kwargs)

    def label_from_instance(self, mandate):
        return str(mandate) if mandate.delegate.name in self.twice else mandate.delegate.name

    def offer(self, mandates) -> None:
        names = list(mandates.values_list("delegate__name", flat=True))
        self.twice = {name for name in names if names.count(name) > 1}
        self.queryset = mandates


class LeadField(forms.ModelChoiceField):
    """领衔代表: one of those in office; the form sets the queryset for its day."""

    def __init__(self, *args, **kwargs):
        given = {"label": "领衔代表", "queryset": Mandate.objects.none()}
        super().__init__(*args, **given | kwargs)
