"""One step for many items: what will be moved is shown first, then all of it moves or nothing."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from congress import background
from congress.record_views import RecordList
from voters.bulk import MOST, Chosen, address_of_list, chosen, conditions, steps_in_bulk
from voters.forms import BULK_FORMS
from voters.lifecycle import STEPS
from voters.step import Step

#: Rows of a list that are shown in full; of all others the numbers.
SHOWN = 50


class ItemList(RecordList):
    """The list of items, whose rows can be chosen for a step of many."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "bulk_steps": steps_in_bulk(self.request.user),
            "bulk_kept": conditions(self.request.GET),
        }


def bulk(request):
    step = _step(request)
    back = address_of_list(request.GET)
    if step is None:
        messages.error(request, "请选择要成批办理的事项。")
        return HttpResponseRedirect(back)
    selection = chosen(request, step)
    data = request.POST if request.method == "POST" else None
    form = BULK_FORMS[step.name](
        data, user=request.user, items=selection.movable, shown=selection.shown
    )
    is_sound = form.is_valid()
    # Asked before all else: what the first click has moved cannot be moved by the second.
    if job := _job(request, form):
        return redirect(job)
    if refusal := _refusal(selection):
        messages.error(request, refusal)
        return HttpResponseRedirect(back)
    if not is_sound:
        return _page(request, step, selection, form)
    if form.cleaned_data["shown"] != selection.shown:
        form.data = form.data.copy()
        form.data["shown"] = selection.shown
        return _page(request, step, selection, form, has_changed=True)
    job = background.start(
        request,
        once=str(form.cleaned_data["submission"]),
        title=f"成批{step.label}",
        back=("意见建议", back),
        work=_work(form, _said(step, selection), back),
    )
    if job.state == background.FAILED:
        # Refused at once: nothing typed is lost, and the corrected form is another one.
        form.blame(ValidationError(job.sentences))
        form.data = form.data.copy()
        form.data["submission"] = str(uuid.uuid4())
        return _page(request, step, selection, form)
    return redirect(job)


def _job(request, form) -> background.Job | None:
    """What this form has started already."""
    token = form.cleaned_data.get("submission") if form.is_bound else None
    return background.find(request, str(token)) if token else None


def _work(form, words: str, address: str) -> background.Work:
    def move(tell: background.Tell) -> tuple[str, str]:
        form.save(lambda done, total: tell(done, total, f"正在{STEPS[form.step].label}"))
        return words, address

    return move


def _step(request) -> Step | None:
    """The step of the address; None where it names none. Others' steps are refused."""
    offered = steps_in_bulk(request.user)
    asked = STEPS.get(request.GET.get("step"))
    if not offered or (asked and asked not in offered):
        raise PermissionDenied
    return asked


def _refusal(selection: Chosen) -> str:
    if not selection:
        return "没有选中意见建议，请先勾选，或选全部符合条件的。"
    if selection.is_too_much:
        return f"一次最多办理{MOST}条，请先用筛选条件缩小范围。"
    return ""


def _said(step: Step, selection: Chosen) -> str:
    words = f"已对{len(selection.movable)}条意见建议办理“{step.label}”"
    if selection.stuck:
        words += f"，另有{len(selection.stuck)}条不能办理，没有改动"
    return f"{words}。"


def _page(request, step: Step, selection: Chosen, form, has_changed: bool = False):
    context = {
        "title": f"成批{step.label}",
        "crumbs": [("意见建议", reverse("feedbackitem_list"))],
        "label": step.label,
        "form": form,
        "movable": selection.movable,
        "stuck": selection.stuck,
        "limit": SHOWN,
        "shown": f":{SHOWN}",
        "rest": f"{SHOWN}:",
        "has_changed": has_changed,
        "cancel_url": address_of_list(request.GET),
    }
    return render(
        request, "voters/feedbackitem_bulk.html", context, status=409 if has_changed else 200
    )
