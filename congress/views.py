"""Pages that belong to no list: the township, long actions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from . import editing, roles
from .background import DONE, Job
from .forms import TownshipForm
from .log_in.lifetime import is_not_use
from .models import Township


def township(request):
    """The township's own rules; the secretary changes them, the office and the chair read them."""
    if not roles.reads_all(request.user):
        raise PermissionDenied
    record = Township.current()
    may_edit = roles.runs_the_year(request.user)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = TownshipForm(data, instance=record, user=request.user)
    context = {"title": "乡镇概况", "form": form, "may_edit": may_edit}
    if data and form.is_valid():
        try:
            if record.pk:
                editing.save_if_unchanged(record, form.cleaned_data["version"], form.save)
            else:
                editing.save_once(request.user, form.cleaned_data["submission"], form.save)
        except editing.EditedMeanwhile:
            current = Township.objects.get()
            form.data = form.data.copy()
            form.data["version"] = current.version
            context["differences"] = form.differences(current)
            return render(request, "congress/township_form.html", context, status=409)
        messages.success(request, "已保存乡镇概况。")
        return redirect("township")
    return render(request, "congress/township_form.html", context)


def _job(request, token: str) -> Job:
    job = Job.find(request, token)
    if job is None:
        raise Http404
    return job


@require_safe
def job_page(request, job: str):
    """How far a long action is; in the end on to its result, with what was done in words."""
    job = _job(request, job)
    if job.state == DONE:
        messages.success(request, job.words)
        return redirect(job.address)
    context = {"title": job.heading, "crumbs": [job.back], "job": job}
    return render(request, "congress/job.html", context)


@is_not_use
@require_safe
def job_status(request, job: str):
    job = _job(request, job)
    return JsonResponse(
        {"words": job.words, "done": job.done, "total": job.total, "over": job.is_over}
    )
