"""Forms of what was promised with an answer."""

from django import forms

from congress.periods import today
from voters.actions import fulfil_commitment, postpone_commitment
from voters.models import Commitment

from .drafts import StepForm


class FulfilForm(StepForm):
    class Meta:
        model = Commitment
        fields = ["kept_on", "result"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kept_on", "result"):
            self.fields[name].required = True
        self.initial["kept_on"] = today()

    def save(self):
        return fulfil_commitment(user=self.user, commitment=self.instance, **self.changes)


class PostponeForm(StepForm):
    reason = forms.CharField(label="改期的理由", widget=forms.Textarea, help_text="记入办理记录")

    class Meta:
        model = Commitment
        fields = ["due_on"]
        labels = {"due_on": "新的承诺期限"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["due_on"] = None

    def save(self):
        return postpone_commitment(user=self.user, commitment=self.instance, **self.changes)
