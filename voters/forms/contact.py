"""A voter's contact released to a unit, and taken back."""

from django import forms

from voters.actions import asks_discretion, recall_contact, release_contact
from voters.models import FeedbackItem

from .drafts import StepForm


class ReleaseContactForm(StepForm):
    reason = forms.CharField(
        label="提供的理由", max_length=100, help_text="为什么办理这条意见须联系选民，如：上门查看"
    )
    has_consent = forms.BooleanField(
        label="已征得选民本人同意", help_text="选民要求保密或匿名反映，须本人同意才能提供"
    )

    class Meta:
        model = FeedbackItem
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        visit = self.instance.visit
        if visit is None or not asks_discretion(visit):
            del self.fields["has_consent"]

    def save(self):
        release_contact(user=self.user, item=self.instance, **self.changes)
        return self.instance


class RecallContactForm(StepForm):
    reason = forms.CharField(label="收回的理由", max_length=100)

    class Meta:
        model = FeedbackItem
        fields: list[str] = []

    def save(self):
        recall_contact(user=self.user, item=self.instance, **self.changes)
        return self.instance
