"""凭编号录入: what units without an account wrote on paper, typed in sheet after sheet."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from congress.roles import keeps_records, require_keeper
from voters.actions import Standing
from voters.forms.item_numbers import ItemNumberForm
from voters.lifecycle import STEPS, USUAL_STEP
from voters.models import FeedbackItem
from voters.states import State

#: In the address of a step that was opened from here.
_MARK = "sheet"
#: What the sheet that comes back says; it is not signed for on the way.
_NEXT = USUAL_STEP | {State.SIGNED: "reply"}
#: What else may stand on a sheet.
_ON_SHEETS = (
    "sign",
    "record",
    "contribute",
    "reply",
    "inform",
    "close",
    "reopen",
    "ask_extension",
    "extend",
    "send_back",
)


@require_safe
def enter_by_number(request):
    """A number leads to the step that its sheet is most likely about."""
    require_keeper(request.user)
    form = ItemNumberForm(request.GET if "number" in request.GET else None, user=request.user)
    if form.is_valid():
        item = form.item
        step = _NEXT.get(State(item.state))
        if step:
            return redirect(_address(step, item))
        messages.info(request, f"{item.number}号现在是“{item.get_state_display()}”，无需录入。")
        return redirect(item)
    if form.is_bound:
        # The message tells the number; the next one is not typed in front of it.
        form.data = {"number": ""}
    return render(request, "voters/enter_by_number.html", {"title": "凭编号录入", "form": form})


def _address(step: str, item: FeedbackItem) -> str:
    return reverse(f"feedbackitem_{step}", args=[item.pk], query={_MARK: 1})


def is_from_sheet(request) -> bool:
    """Whether a step's page was opened here, and leads back here."""
    return _MARK in request.GET and keeps_records(request.user)


def link_to_next_step(item: FeedbackItem) -> str:
    """To what the same sheet may say next; empty where nothing is left to say."""
    step = _NEXT.get(State(item.state))
    if not step:
        return ""
    return format_html('<a href="{}">接着录入{}</a>', _address(step, item), STEPS[step].label)


def around_sheet(user, item: FeedbackItem, step: str) -> dict:
    """Context of the step's page: what else the sheet may be about, and the way back."""
    back = reverse("feedbackitem_enter")
    steps = Standing(user, [item]).next_steps(item)
    return {
        "cancel_url": back,
        "crumbs": [("凭编号录入", back)],
        "other_steps": [
            (other.label, _address(other.name, item))
            for other in steps
            if other.name in _ON_SHEETS and other.name != step
        ],
    }
