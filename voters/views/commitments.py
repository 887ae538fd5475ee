"""What was promised: kept, or put off."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from voters.forms.commitments import FulfilForm, PostponeForm

from .records import StepView


class CommitmentStep(StepView):
    """Only for what is still open."""

    def get(self, request, *args, **kwargs):
        commitment = self.get_object()
        if commitment.kept_on:
            messages.error(request, f"这项承诺已于{commitment.kept_on}落实，不能再改。")
            return HttpResponseRedirect(commitment.get_absolute_url())
        return super().get(request, *args, **kwargs)

    @property
    def crumbs(self):
        item = self.object.item
        return [("意见建议", reverse("feedbackitem_list")), (item.number, item.get_absolute_url())]

    def cancel_address(self):
        return self.object.item.get_absolute_url()

    def said(self, form):
        return f"{self.object.item.number}号：{self.label}已记录。"

    def get_context_data(self, **kwargs):
        commitment = self.object
        return super().get_context_data(**kwargs) | {
            "title": f"{self.label}：{commitment.item}",
            "about": [
                ("承诺事项", commitment.text),
                ("承诺期限", self.object.due_on.isoformat() if self.object.due_on else ""),
            ],
            "state": commitment.state_words,
            "state_class": commitment.state_class,
        }


class Fulfil(CommitmentStep):
    form_class = FulfilForm
    label = "承诺落实"


class Postpone(CommitmentStep):
    form_class = PostponeForm
    label = "承诺改期"
