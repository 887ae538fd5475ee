"""The inbox: one item open at a time, assigned in one save, and the next one opens."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from congress import editing, roles
from congress.fields import number_sent
from congress.periods import today
from congress.privacy import texts_shown_to
from congress.tables import KeyPaginator
from voters import inbox
from voters.actions import Standing
from voters.asked_again import asked_before
from voters.bulk import steps_in_bulk
from voters.forms import triage_form
from voters.lifecycle import STEPS
from voters.masking import voter_shown_to
from voters.models import FeedbackItem
from voters.states import TO_TRIAGE, State

from .item_papers import paper_after

#: The other ways out, in this order; each has its own page.
_WAYS_OUT = ("keep", "answer_on_spot", "merge", "suggest", "escalate", "reject")


class Inbox(TemplateView):
    template_name = "voters/feedbackitem_inbox.html"
    paginate_by = 50

    def dispatch(self, request, *args, **kwargs):
        if not roles.reads_all(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request):
        roles.require_keeper(request.user)
        item = self.asked_for()
        if item is None:
            raise Http404
        form = triage_form(item.state)(request.POST, instance=item, user=request.user)
        if not form.is_valid():
            return self.show_again(item, form)
        try:
            editing.save_once(
                request.user,
                form.cleaned_data["submission"],
                lambda: editing.save_if_unchanged(item, form.cleaned_data["version"], form.save),
            )
        except editing.EditedMeanwhile:
            return self.conflict(item, form)
        except ValidationError as error:
            form.blame(error)
            return self.show_again(item, form)
        return HttpResponseRedirect(inbox.address_after(request.user, item, done=item.pk))

    def asked_for(self) -> FeedbackItem | None:
        """The item of the address, as it is stored; None where it names none."""
        if "item" not in self.request.GET:
            return None
        visible = inbox.with_words(FeedbackItem.objects.visible_to(self.request.user))
        return get_object_or_404(visible, pk=number_sent(self.request.GET["item"]))

    def show_again(self, item, form, **further):
        """As it was typed, beside the item as it is stored."""
        return self.render_to_response(
            self.get_context_data(form=form, open_item=self.asked_for(), **further)
        )

    def conflict(self, item, form):
        current = self.asked_for()
        form.data = form.data.copy()
        form.data["version"] = current.version
        response = self.show_again(item, form, differences=form.differences(current))
        response.status_code = 409
        return response

    def get_context_data(self, form=None, open_item=None, **kwargs):
        user = self.request.user
        items = inbox.to_triage(user)
        item = open_item or self.still_to_triage(self.asked_for())
        number = self.request.GET.get("page")
        if item:
            number = inbox.place_of(item, items) // self.paginate_by + 1
        page = KeyPaginator(inbox.with_words(items), self.paginate_by).get_page(number)
        if item is None and page.object_list:
            item = page.object_list[0]
        return super().get_context_data(**kwargs) | {
            "title": "待分办",
            "rows": [
                (_as_shown_to(user, row), inbox.age(row, today())) for row in page.object_list
            ],
            "page_obj": page,
            "is_paginated": page.has_other_pages(),
            "bulk_steps": steps_in_bulk(user, TO_TRIAGE),
            "bulk_kept": [("inbox", "1")],
            "done": self.done(),
            **(self.opened(item, form) if item else {}),
        }

    def still_to_triage(self, item: FeedbackItem | None) -> FeedbackItem | None:
        """None, with a word about it, where somebody has dealt with the item meanwhile."""
        if item is None or item.state in TO_TRIAGE:
            return item
        messages.info(
            self.request, f"{item.number}已不在待分办中，现在是“{item.get_state_display()}”。"
        )
        return None

    def opened(self, item: FeedbackItem, form) -> dict:
        """The open item, with its form for those who work here."""
        user = self.request.user
        steps = {step.name: step for step in Standing(user, [item]).next_steps(item)}
        if roles.keeps_records(user):
            form = form or triage_form(item.state)(instance=item, user=user)
        return {
            "item": _as_shown_to(user, item),
            "voter": voter_shown_to(user, item.visit) if item.visit_id else "",
            "age": inbox.age(item, today()),
            "form": form,
            "label": STEPS[form.step].label if form else "",
            "ways_out": [steps[name] for name in _WAYS_OUT if name in steps],
            "asked": asked_before(item, user),
            "may_merge": "merge" in steps,
        }

    def done(self) -> dict:
        """What was just assigned, and whether that can still be taken back."""
        key = number_sent(self.request.GET.get("done"))
        visible = FeedbackItem.objects.visible_to(self.request.user).select_related("lead_unit")
        item = visible.filter(pk=key, state=State.ASSIGNED).first() if key else None
        if item is None:
            return {}
        steps = Standing(self.request.user, [item]).next_steps(item)
        return {
            "item": item,
            "may_withdraw": STEPS["withdraw"] in steps,
            "paper": paper_after("assign", item),
        }


def _as_shown_to(user, item: FeedbackItem) -> FeedbackItem:
    """The texts of an item as this user may read them; to be shown, not to be saved."""
    texts_shown_to(user, [item], "title", "summary")
    texts_shown_to(user, item.returns, "note")
    if item.visit_id:
        texts_shown_to(user, [item.visit], "words", "answer")
    return item
