"""Triage (分办): topic and words are put right and the item is assigned, in one save."""

import uuid

from django import forms

from congress.editing import OUTDATED
from voters.actions import triage_item
from voters.models import Topic
from voters.states import State

from .handing_over import AssignForm, ReassignForm
from .item_step import ItemStepForm
from .unit_field import UnitField

_CORRECTED = ("topic", "title", "summary")


class _TriageForm(ItemStepForm):
    """Sent once only, though the same item may come back to the table."""

    corrected = _CORRECTED
    groups = (("意见建议", _CORRECTED), *AssignForm.groups)
    lead_unit = UnitField(label="主办单位", help_text="写名称中的几个字即可")
    submission = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"required": OUTDATED, "invalid": OUTDATED},
    )

    class Meta(ItemStepForm.Meta):
        fields = [*_CORRECTED, *ItemStepForm.Meta.fields]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.in_use(besides=self.instance.topic_id)

    def save(self):
        changes = self.changes
        corrections = {name: changes.pop(name) for name in self.corrected}
        return triage_item(
            user=self.user, item=self.instance, step=self.step, corrections=corrections, **changes
        )


class TriageForm(_TriageForm, AssignForm):
    """Of an item that nobody has had yet."""


class TriageReturnedForm(_TriageForm, ReassignForm):
    """Of an item that its unit has returned."""


def triage_form(state: str) -> type[_TriageForm]:
    """The form for an item in that state."""
    return TriageReturnedForm if state == State.RETURNED else TriageForm
