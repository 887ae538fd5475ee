"""Steps of a feedback item, and topics merged into another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from congress.action_views import ActionAdd
from congress.attachments import written
from congress.fields import number_sent
from congress.privacy import text_shown_to, texts_shown_to
from congress.record_views import RecordEdit
from voters import inbox
from voters.actions import takes_step
from voters.forms import STEP_FORMS, FeedbackItemAddForm, TopicMergeForm
from voters.handling import trail_of
from voters.lifecycle import STEPS
from voters.models import Attachment
from voters.reply_text import filled, offered_templates
from voters.states import State

from .enter_by_number import around_sheet, is_from_sheet, link_to_next_step
from .item_papers import paper_after
from .records import DraftPost, StepView


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
            messages.error(request, self.not_now(item))
            return HttpResponseRedirect(item.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def save(self, form):
        """The step counts the version up by itself, with the item locked."""
        self.object.version = form.cleaned_data["version"]
        with written(Attachment, form.cleaned_data.get("attachments", ())) as form.stored_files:
            form.save()

    def not_now(self, item) -> str:
        return f"这条意见现在的状态是“{item.get_state_display()}”，不能办理“{self.label}”。"

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

    @property
    def is_triage(self) -> bool:
        """Whether the step was chosen in the inbox, where work then goes on."""
        return "inbox" in self.request.GET

    def next_address(self):
        if self.is_triage:
            return inbox.address_after(self.request.user, self.object)
        from_sheet = is_from_sheet(self.request)
        return reverse("feedbackitem_enter") if from_sheet else super().next_address()

    def conflict(self, form):
        """Somebody else took a step meanwhile: say who and which, and keep what was typed."""
        current = self.get_queryset().filter(pk=self.object.pk).first()
        if current is None:
            return super().conflict(form)
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = current.version
        self.object = form.instance = current
        last = current.steps.last()
        meanwhile = {
            "last": next(
                iter(
                    texts_shown_to(
                        self.request.user,
                        trail_of(current, self.request.user).filter(pk=last and last.pk),
                        "note",
                    )
                ),
                None,
            ),
            "state": current.get_state_display(),
            "still_fits": STEPS[self.step].fits(current),
        }
        context = self.get_context_data(form=form, meanwhile=meanwhile)
        return self.render_to_response(context, status=409)

    def get_context_data(self, **kwargs):
        item = self.object
        context = super().get_context_data(**kwargs)
        about = [("标题", item.title), ("内容", item.summary), ("答复", item.reply)]
        context |= {
            "about": [
                (name, text_shown_to(self.request.user, str(words)) if words else "")
                for name, words in (*about, *context["form"].about())
            ],
            "state": item.state_words,
            "state_class": item.state_class,
        }
        if self.is_triage:
            context["cancel_url"] = inbox.inbox_address(item)
        if is_from_sheet(self.request):
            context |= around_sheet(self.request.user, item, self.step)
        return context


class ReplyStep(DraftPost, ItemStep):
    """The usual words of a template are put into the answer, which is then written further."""

    draft_buttons = ("use_template",)

    def post(self, request, *args, **kwargs):
        if self.is_draft:
            request.POST = self.with_template(request.POST.copy())
        return super().post(request, *args, **kwargs)

    def with_template(self, data):
        """Nothing that was typed is lost: the template goes below it, or replaces another one."""
        item = self.get_object()
        templates = {str(each.pk): each for each in offered_templates(item)}
        chosen = templates.get(str(number_sent(data.get("template"))))
        if chosen:
            typed = data.get("reply", "").strip()
            user = self.request.user
            others = {filled(each.text, item, user) for each in templates.values()}
            kept = [] if typed.replace("\r\n", "\n") in others else [typed]
            data["reply"] = "\n".join(filter(None, [*kept, filled(chosen.text, item, user)]))
            data["outcome"] = chosen.outcome
        return data


class InformStep(ItemStep):
    """Once both are told, what is left is to ask how they found it."""

    @property
    def goes_on(self) -> bool:
        """What comes in on paper leads back to the papers."""
        item, user = self.object, self.request.user
        is_told = item.state == State.TOLD and takes_step(user, item, "close")
        return is_told and not is_from_sheet(self.request)

    def next_address(self):
        if self.goes_on:
            return reverse("feedbackitem_close", args=[self.object.pk])
        return super().next_address()

    def said(self, form):
        if self.goes_on:
            whom = "代表小组和选民都" if self.object.asker == "选民" else "代表"
            return f"{self.object.number}号：{whom}已告知，请接着登记满意度并办结。"
        return super().said(form)


class CloseStep(ItemStep):
    """A verdict that is bad leads on to handling again, with what was typed."""

    def form_valid(self, form):
        if form.is_dissatisfied:
            for step in ("reopen", "take_up"):
                if STEPS[step].fits(self.object):
                    return self.lead_on(step, form)
        return super().form_valid(form)

    def lead_on(self, step, closing):
        self.step = step
        form = self.get_form_class()(
            instance=self.object, user=self.request.user, initial=closing.cleaned_data
        )
        return self.render_to_response(
            self.get_context_data(
                form=form,
                action=reverse(
                    f"feedbackitem_{step}", args=[self.object.pk], query=self.request.GET
                ),
                lead=f"{self.object.asker}不满意的不能办结，须“{self.label}”。"
                "刚才填写的内容已带到本页，请写明不满意的原因，核对后提交。",
            )
        )


#: Steps with a page of their own.
STEP_VIEWS = {"reply": ReplyStep, "inform": InformStep, "close": CloseStep}


class TopicMerge(StepView):
    form_class = TopicMergeForm
    label = "并入其他类别"

    def said(self, form):
        return f"已把“{self.object}”的{form.moved}条意见建议并入“{self.object.merged_into}”。"
