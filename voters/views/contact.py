"""A voter's contact: released to the unit that handles an item, taken back, looked at once."""

from django.contrib import messages
from django.http import HttpResponseRedirect

from congress import roles
from congress.record_views import RecordDetail
from voters.actions import may_release, view_released_contact
from voters.forms import RecallContactForm, ReleaseContactForm
from voters.models import ContactRelease

from .records import StepView


class ContactStep(StepView):
    """Of the office alone; where it is too late for it, the item's page says so."""

    too_late = ""

    def is_possible(self, item) -> bool:
        return ContactRelease.objects.in_force().filter(item=item).exists()

    def get(self, request, *args, **kwargs):
        item = self.get_object()
        if not self.is_possible(item):
            messages.error(request, self.too_late)
            return HttpResponseRedirect(item.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        item = self.object
        return super().get_context_data(**kwargs) | {
            "about": [("标题", item.title), ("承办单位", str(item.lead_unit)), ("说明", self.hint)],
            "state": item.state_words,
            "state_class": item.state_class,
        }


class ReleaseContact(ContactStep):
    form_class = ReleaseContactForm
    label = "提供联系方式"
    hint = (
        "提供后，该单位在办理期间可以查看来访人的姓名和电话，每次查看都有记录；选民原话不提供。"
        "答复、退回、改办后自动收回。"
    )
    too_late = "这条意见现在不能提供联系方式：没有承办单位在办理，或者已经提供。"

    def is_possible(self, item):
        return may_release(self.request.user, item)

    def said(self, form):
        return f"已向{self.object.lead_unit}提供来访人的姓名和电话，每次查看都有记录。"


class RecallContact(ContactStep):
    form_class = RecallContactForm
    label = "收回联系方式"
    hint = "收回后，该单位不能再查看来访人的姓名和电话；已有的查看记录仍然保留。"
    too_late = "联系方式没有提供给承办单位，或者已经收回。"

    def said(self, form):
        return f"{self.object.lead_unit}不能再查看来访人的姓名和电话。"


class ViewContact(RecordDetail):
    """查看联系方式: shown once, in the answer to this request; who asked is kept."""

    http_method_names = ["post"]

    def is_allowed(self, user):
        return roles.handles_items(user)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        contact = view_released_contact(user=request.user, item=self.object)
        response = self.render_to_response(self.get_context_data(contact=contact))
        response["Cache-Control"] = "no-store"
        return response
