"""The steps of a feedback item: one small form each; what is special stands in its own room."""

from congress.periods import today
from voters.lifecycle import STEPS
from voters.step import Actor

from .answering import CloseForm, InformForm, ReopenForm, ReplyForm, SpotForm, TakeUpForm
from .attaching import ContributeForm, ProgressForm
from .extending import AskExtensionForm, ExtendForm, RefuseExtensionForm, RemindForm
from .handing_over import (
    AssignForm,
    EscalateForm,
    MergeForm,
    ReassignForm,
    RejectForm,
    SendBackForm,
    SuggestForm,
)
from .item_step import ItemStepForm


class SignForm(ItemStepForm):
    step = "sign"

    def beginning(self):
        return {"signed_on": today(), "signed_by": self.user.name}


def _plain(name: str) -> type[ItemStepForm]:
    return type(f"{name.title().replace('_', '')}Form", (ItemStepForm,), {"step": name})


_SPECIAL = {
    form.step: form
    for form in (
        AskExtensionForm,
        AssignForm,
        CloseForm,
        ContributeForm,
        EscalateForm,
        ExtendForm,
        InformForm,
        MergeForm,
        ProgressForm,
        ReassignForm,
        RefuseExtensionForm,
        RejectForm,
        RemindForm,
        ReopenForm,
        ReplyForm,
        SendBackForm,
        SignForm,
        SpotForm,
        SuggestForm,
        TakeUpForm,
    )
}
STEP_FORMS = {
    name: _SPECIAL.get(name) or _plain(name)
    for name, step in STEPS.items()
    if Actor.SYSTEM not in step.who
}
