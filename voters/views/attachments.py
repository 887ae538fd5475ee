"""Attachments of an item: added from its page, downloaded, let be seen by the units, removed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.attachments import written
from congress.record_views import RecordDetail
from congress.uploads import download
from voters.actions import (
    attach,
    last_change,
    may_attach,
    may_remove,
    remove_attachment,
    show_to_units,
)
from voters.forms import AttachmentForm
from voters.models import Attachment


class AttachmentAdd(RecordDetail):
    """The item's page again where something was refused; nothing is kept then."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not may_attach(request.user, self.object):
            raise PermissionDenied
        form = AttachmentForm(request.POST, request.FILES, user=request.user)
        if form.is_valid() and self.is_attached(form):
            count = len(form.cleaned_data["attachments"])
            messages.success(request, f"已添加{count}个附件。")
            return redirect(self.object)
        return self.render_to_response(self.get_context_data() | {"attachment_form": form})

    def is_attached(self, form) -> bool:
        """What the action refuses is shown in the form."""
        try:
            with written(Attachment, form.cleaned_data["attachments"]) as files:
                attach(
                    user=self.request.user,
                    item=self.object,
                    files=files,
                    for_unit=form.cleaned_data.get("for_unit", False),
                )
        except ValidationError as error:
            form.add_error(None, error)
        return form.is_valid()


def _found(request, pk: int, key: int) -> Attachment:
    attachments = Attachment.objects.visible_to(request.user).select_related("item")
    return get_object_or_404(attachments, pk=key, item=pk)


@require_safe
def attachment_file(request, pk: int, key: int):
    attachment = _found(request, pk, key)
    try:
        file = attachment.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    return download(file, attachment.name, attachment.content_type)


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_remove(request, pk: int, key: int):
    """Asks first: what is removed is gone."""
    attachment = _found(request, pk, key)
    item = attachment.item
    if not may_remove(request.user, attachment, last_change(item)):
        raise PermissionDenied
    if request.method == "POST":
        remove_attachment(user=request.user, attachment=attachment)
        messages.success(request, f"已删除附件“{attachment.name}”。")
        return redirect(item)
    context = {
        "title": "删除附件",
        "noun": "附件",
        "record": attachment,
        "crumbs": [
            ("意见建议", reverse("feedbackitem_list")),
            (str(item), item.get_absolute_url()),
        ],
        "cancel_url": item.get_absolute_url(),
    }
    return render(request, "congress/record_confirm_delete.html", context)


@require_POST
def attachment_show(request, pk: int, key: int):
    """承办单位可见 or not, as sent."""
    attachment = _found(request, pk, key)
    is_shown = request.POST.get("for_unit") == "1"
    show_to_units(user=request.user, attachment=attachment, is_shown=is_shown)
    words = "承办单位现在可以看到" if is_shown else "承办单位不再看到"
    messages.success(request, f"{words}附件“{attachment.name}”。")
    return redirect(attachment.item)
