"""The history of one record on a page of its own: who changed what, with the earlier value."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from congress import roles
from congress.models import AuditEntry
from congress.record_pages import pages_of

from .wording import account_of, lines_of, names_of

PER_PAGE = 50
TOLD = (AuditEntry.Kind.CREATION, AuditEntry.Kind.CHANGE, AuditEntry.Kind.DELETION)


@require_safe
def record_history(request, model: str, pk: int):
    """Those at work in the office and the groups read it, of the records that they may open."""
    pages = pages_of(model)
    if pages is None:
        raise Http404
    if not (roles.reads_group_work(request.user) and pages.may_read(request.user)):
        raise PermissionDenied
    record = get_object_or_404(pages.visible_to(request.user), pk=pk)
    entries = AuditEntry.objects.filter(
        subject_type=record._meta.label_lower, subject_key=str(record.pk), kind__in=TOLD
    ).order_by("-id")
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "title": "修改记录",
        "crumbs": [
            (str(record._meta.verbose_name), pages.list_address()),
            (str(record), record.get_absolute_url()),
        ],
        "record": record,
        "page_obj": page,
        "changes": [
            (entry, account_of(entry), lines)
            for entry, lines in zip(shown, lines_of(shown, names_of(shown)), strict=True)
        ],
    }
    return render(request, "congress/record_history.html", context)
