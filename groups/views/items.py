"""Adding, changing and deleting one plan item: saved by the actions, with a reason once issued."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect

from congress.record_delete import RecordDelete
from groups import planning
from groups.forms.plan import ReasonForm

from .plan import plan_address


class PlanItemDelete(RecordDelete):
    """An item of an issued plan goes with a reason only."""

    def get_form(self, form_class=None):
        self.issue = planning.issue_of(self.object.year, self.object.group_id)
        if self.issue is None:
            return super().get_form(form_class)
        return ReasonForm(self.request.POST if self.request.method == "POST" else None)

    def form_valid(self, form):
        item = self.object
        try:
            planning.delete(
                by=self.request.user, item=item, reason=form.cleaned_data.get("reason", "")
            )
        except ValidationError as error:
            # Issued since the page was opened.
            messages.warning(self.request, " ".join(error.messages))
            return HttpResponseRedirect(self.request.path)
        messages.success(self.request, f"已删除年度计划“{item}”。")
        return HttpResponseRedirect(plan_address(item.year, item.group_id))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"issue": self.issue}
