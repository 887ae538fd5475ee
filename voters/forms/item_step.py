"""What the form of every step of a feedback item shares; it is made from ``lifecycle.STEPS``."""

from django import forms

from congress.fields import NOTHING_CHOSEN
from voters.actions import take_step
from voters.lifecycle import STEPS
from voters.models import FeedbackItem

from .drafts import StepForm

#: Rows of a field in which whole paragraphs are written.
PARAGRAPHS = 6


def word_for(form: forms.ModelForm, item: FeedbackItem) -> None:
    """Fields about who asked are worded for the delegates where it was they."""
    for field in form.fields.values():
        field.label = str(field.label).replace("选民", item.asker)


class ItemStepForm(StepForm):
    """Asks for what the step's row of the table says, and for a note.

    Values given as ``initial`` come before those that the step begins with.
    """

    note = forms.CharField(
        label="说明", required=False, widget=forms.Textarea, help_text="记入办理记录"
    )
    step = ""
    #: Fields of the item that are put right together with the step.
    corrected: tuple[str, ...] = ()
    #: Usual answers that a field offers while it is typed, by the key its widget names.
    datalists: dict[str, tuple[str, ...]] = {}

    class Meta:
        model = FeedbackItem
        fields = sorted({name for step in STEPS.values() for name in step.asks})

    def __init__(self, *args, initial: dict | None = None, **kwargs):
        super().__init__(*args, initial=initial, **kwargs)
        row = STEPS[self.step]
        own = [name for name in self.declared_fields if name not in ("note", *row.asks)]
        asked = [*self.corrected, *row.asks, *own, "note"]
        for name in set(self.fields) - {*asked, "version", "submission"}:
            del self.fields[name]
        self.order_fields(asked)
        for name in set(row.needs) & set(row.asks):
            self.fields[name].required = True
            if getattr(self.fields[name], "empty_label", None):
                self.fields[name].empty_label = NOTHING_CHOSEN
        if row.reason:
            note = self.fields["note"]
            note.required, note.label = True, row.reason
            note.widget.attrs["rows"] = PARAGRAPHS
        word_for(self, self.instance)
        self.initial |= self.beginning() | (initial or {})

    @property
    def fieldsets(self):
        asker = self.instance.asker
        return [(legend.replace("选民", asker), fields) for legend, fields in super().fieldsets]

    def beginning(self) -> dict:
        """Values to begin with, by field."""
        return {}

    def about(self) -> list[tuple[str, str]]:
        """(name, words) of what must be known to decide, beside what the page tells anyway."""
        return []

    def ask_by_radio(self, *names: str) -> None:
        """Choices in view, without an empty one."""
        for name in names:
            field = self.fields[name]
            chosen = [(key, label) for key, label in field.choices if key not in ("", None)]
            field.widget = forms.RadioSelect(choices=chosen)
            field.choices = chosen

    def save(self):
        return take_step(user=self.user, item=self.instance, step=self.step, **self.changes)
