"""One step for many items: the step's own form, asked once for all of them."""

from collections.abc import Callable

from django import forms
from django.db.models import Model

from congress.editing import OUTDATED
from voters.actions import take_step_for_all
from voters.lifecycle import STEPS
from voters.models import FeedbackItem

from .item_step import ItemStepForm
from .steps import STEP_FORMS


class BulkForm(ItemStepForm):
    """What is left blank stays with each item as it is, or follows from its own terms.

    ``items`` are those that will be moved; ``shown`` remembers which they were when the page was
    opened.
    """

    shown = forms.CharField(widget=forms.HiddenInput, error_messages={"required": OUTDATED})

    def __init__(self, *args, items: list[FeedbackItem], shown: str, **kwargs):
        self.items = items
        super().__init__(*args, instance=FeedbackItem(), **kwargs)
        self.initial["shown"] = shown
        if "due_on" in self.fields:
            self.fields["due_on"].required = False
            self.fields["due_on"].help_text = "不填则各条按规定的办理期限"
            self.initial["due_on"] = None
        if "urgency" in self.fields:
            urgency = self.fields["urgency"]
            urgency.choices = [("", "各条不变"), *urgency.choices]
            self.initial["urgency"] = ""

    def clean_urgency(self):
        return self.cleaned_data["urgency"]

    @property
    def changes(self) -> dict:
        """Only what was filled in."""
        filled = {name: _listed(value) for name, value in super().changes.items()}
        return {
            name: value
            for name, value in filled.items()
            if name != "shown" and value not in (None, "", [])
        }

    def save(self, tell: Callable[[int, int], None]):
        chosen = FeedbackItem.objects.filter(pk__in=[item.pk for item in self.items])
        return take_step_for_all(
            user=self.user, items=chosen, step=self.step, tell=tell, **self.changes
        )


def _listed(value):
    """Chosen records as a list, read once for all items."""
    is_many = hasattr(value, "__iter__") and not isinstance(value, str | Model)
    return list(value) if is_many else value


BULK_FORMS = {
    name: type(f"Bulk{form.__name__}", (BulkForm, form), {"step": name})
    for name, form in STEP_FORMS.items()
    if STEPS[name].in_bulk
}
