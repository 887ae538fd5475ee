"""What is attached to a report: the list, one to add or edit, their order."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress import editing
from congress.roles import keeps_records
from reports.attaching import move, take_out
from reports.models import AnnualReport, ReportAttachment
from reports.setting_forms import AttachmentForm

from .found import conflict, crumbs, found_report, is_closed, only

TEMPLATE = "congress/record_form.html"
#: The buttons that move an attachment, and by how many places.
WAYS = {"up": -1, "down": 1}


@require_safe
def attachment_list(request, slug: str):
    report = found_report(request, slug)
    context = {
        "title": "附件",
        "crumbs": crumbs(report),
        "report": report,
        "attachments": report.attachments.all(),
        "may_edit": keeps_records(request.user) and report.is_open,
    }
    return render(request, "reports/attachments.html", context)


def attachment_add(request, slug: str):
    report = _to_edit(request, slug)
    return _edited(request, ReportAttachment(report=report), "添加附件")


def attachment_edit(request, slug: str, pk: int):
    report = _to_edit(request, slug)
    attachment = get_object_or_404(report.attachments.select_related("report"), pk=pk)
    return _edited(request, attachment, f"修改附件“{attachment}”")


def _to_edit(request, slug: str) -> AnnualReport:
    only(keeps_records(request.user))
    return found_report(request, slug)


def _edited(request, attachment: ReportAttachment, title: str) -> HttpResponse:
    report = attachment.report
    if is_closed(request, report):
        return redirect("report_attachments", report.slug)
    form = AttachmentForm(request.POST or None, instance=attachment, user=request.user)
    back = reverse("report_attachments", args=[report.slug])
    context = {
        "title": title,
        "crumbs": [*crumbs(report), ("附件", back)],
        "form": form,
        "cancel_url": back,
    }
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form)
        except editing.EditedMeanwhile:
            current = report.attachments.filter(pk=attachment.pk).first()
            if current is None:
                messages.error(request, "这个附件刚被他人删去，您填写的内容没有保存。")
                return redirect(back)
            return conflict(request, TEMPLATE, context, form, current)
        messages.success(request, f"已保存附件“{form.instance}”。")
        return redirect(back)
    return render(request, TEMPLATE, context)


def _save(request, form: AttachmentForm) -> None:
    if form.instance.pk:
        editing.save_if_unchanged(form.instance, form.cleaned_data["version"], form.save)
    else:
        editing.save_once(request.user, form.cleaned_data["submission"], form.save)


@require_POST
def attachment_change(request, slug: str, pk: int):
    """Up, down or out."""
    report = _to_edit(request, slug)
    way = request.POST.get("way", "")
    try:
        if way in WAYS:
            move(user=request.user, report=report, key=pk, places=WAYS[way])
        elif way == "out":
            take_out(user=request.user, report=report, key=pk)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("report_attachments", report.slug)
