"""Steps of a feedback item, and topics merged into another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from congress.record_views import RecordEdit
from voters.actions import takes_step
from voters.forms import STEP_FORMS, FeedbackItemAddForm, TopicMergeForm
from voters.lifecycle import STEPS

from .enter_by_number import around_sheet, is_from_sheet, link_to_next_step
from .item_papers import paper_after
from .records import ActionAdd, StepView


class FeedbackItemAdd(ActionAdd):
    def get_form_class(self):
        return FeedbackItemAddForm


class ItemStep(StepView):
    """One step of ``lifecycle.STEPS``; whoever may not take it is refused, whatever the state."""

    step = ""

    def is_allowed(self, user):
        return self.pages.may_read(user)

    def get_form_class(self):
        return STEP_FORMS[self.step]

    @property
    def label(self):
        return STEPS[self.step].label

    def get_object(self, queryset=None):
        item = super(RecordEdit, self).get_object(queryset)
        if not takes_step(self.request.user, item, self.step):
            raise PermissionDenied
        return item

    def get(self, request, *args, **kwargs):
        item = self.get_object()
        if not STEPS[self.step].fits(item):
            messages.error(
                request,
                f"这条意见现在的状态是“{item.get_state_display()}”，不能办理“{self.label}”。",
            )
            return HttpResponseRedirect(item.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def save(self, form):
        """The step counts the version up by itself, with the item locked."""
        self.object.version = form.cleaned_data["version"]
        form.save()

    def said(self, form):
        item = self.object
        words = f"{item.number}号：{self.label}已记录，现在是“{item.get_state_display()}”"
        if self.step in ("assign", "reassign"):
            words += f"，由{item.lead_unit}办理，期限{item.due_on.month}月{item.due_on.day}日"
        if self.step in ("extend", "reopen"):
            words += f"，期限{item.extended_to.month}月{item.extended_to.day}日"
        links = [paper_after(self.step, item)]
        if is_from_sheet(self.request):
            links.append(link_to_next_step(item))
        return format_html(
            "{}。{}", words, format_html_join("　", "{}", ((link,) for link in links if link))
        )

    def next_address(self):
        from_sheet = is_from_sheet(self.request)
        return reverse("feedbackitem_enter") if from_sheet else super().next_address()

    def get_context_data(self, **kwargs):
        item = self.object
        context = super().get_context_data(**kwargs) | {
            "about": [("标题", item.title), ("内容", item.summary), ("答复", item.reply)],
            "state": item.state_words,
            "state_class": item.state_class,
        }
        if is_from_sheet(self.request):
            context |= around_sheet(self.request.user, item, self.step)
        return context


class TopicMerge(StepView):
    form_class = TopicMergeForm
    label = "并入其他类别"

    def said(self, form):
        return f"已把“{self.object}”的{form.moved}条意见建议并入“{self.object.merged_into}”。"
