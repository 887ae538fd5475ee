"""The paper of feedback items: 交办单 of one or of many, 反馈表, 催办单; and the code on them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from congress import audit
from congress.disclosure import made
from congress.fields import number_sent
from congress.paper import paper
from congress.roles import reads_items
from voters import item_papers
from voters.actions import reveal_contact
from voters.bulk import address_of_list
from voters.models import FeedbackItem
from voters.printable import open_to_reminders, prints_contact, reminded, with_sheets

#: As many sheets as one batch may have.
MOST_SHEETS = 200


def _address_of(request):
    def address_of(item):
        return request.build_absolute_uri(reverse("feedbackitem_open", args=[item.number]))

    return address_of


@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request, pk: int):
    """交办单, with ?forms=1 and the 反馈表.

    POST prints it with the voter's contact, for the reason for which it was released; that is kept
    as a look at it and as a print.
    """
    items = item_papers.with_paper(with_sheets(request.user))
    item = get_object_or_404(items, pk=pk)
    contact = disclosure = None
    if request.method == "POST":
        if not prints_contact(request.user, item):
            raise PermissionDenied
        phone = reveal_contact(
            user=request.user, visit=item.visit, item=item, reason=f"打印{item.number}交办单"
        )
        contact = item_papers.Contact(item.visit.voter_name, phone)
        disclosure = made(
            kind=audit.Kind.PRINT,
            what=f"{item.number}交办单（含来访人姓名、电话）",
            count=1,
            reason=item.contact_release.reason,
            by=request.user.name,
            subject=item,
        )
    return paper(
        request,
        f"{item.number}交办单",
        lambda township: item_papers.assignments(
            [item],
            township,
            _address_of(request),
            contact=contact,
            disclosure=disclosure,
            with_forms="forms" in request.GET,
        ),
        item.get_absolute_url(),
    )


@require_safe
def assignments(request, pages):
    """交办单 of the items ticked in the list, else of those that the list's filter finds.

    With ?forms=1 each is followed by its 反馈表.
    """
    items = with_sheets(request.user)
    if "chosen" in request.GET and "all" not in request.GET:
        keys = {number_sent(key) for key in request.GET.getlist("item")} - {None}
        items = items.filter(pk__in=keys)
    else:
        items = pages.filter_for(request.user)(request.GET, items, request=request).qs
    back = address_of_list(request.GET)
    items = items.order_by("lead_unit", "registered_on", "pk")
    found = list(item_papers.with_paper(items)[: MOST_SHEETS + 1])
    if not found:
        messages.error(request, "没有可以打印的交办单：须选中已交承办单位办理的意见建议。")
        return redirect(back)
    if len(found) > MOST_SHEETS:
        messages.error(
            request,
            f"共{items.count()}份交办单，一次最多打印{MOST_SHEETS}份，请先按单位或日期筛选。",
        )
        return redirect(back)
    return paper(
        request,
        f"交办单{len(found)}份",
        lambda township: item_papers.assignments(
            found, township, _address_of(request), with_forms="forms" in request.GET
        ),
        back,
    )


@require_safe
def reply_form(request, pk: int):
    item = get_object_or_404(item_papers.with_paper(with_sheets(request.user)), pk=pk)
    return paper(
        request,
        f"{item.number}办理情况反馈表",
        lambda township: item_papers.reply_form(item, township, _address_of(request)),
        item.get_absolute_url(),
    )


@require_safe
def reminder(request, pk: int):
    """催办单 of the last reminder; where there is none yet, the page that makes one."""
    item = item_papers.with_paper(reminded(request.user)).filter(pk=pk).first()
    if item is None:
        item = get_object_or_404(open_to_reminders(request.user), pk=pk)
        messages.info(request, "还没有催办过，请先登记催办，再打印催办单。")
        return redirect("feedbackitem_remind", item.pk)
    return paper(
        request,
        f"{item.number}催办单",
        lambda township: item_papers.reminder(item, township, _address_of(request)),
        item.get_absolute_url(),
    )


#: The paper that goes out after a step.
_AFTER = {
    "assign": ("assignment", {"forms": 1}, "打印交办单和反馈表"),
    "reassign": ("assignment", {"forms": 1}, "打印交办单和反馈表"),
    "remind": ("reminder", {}, "打印催办单"),
}


def paper_after(step: str, item: FeedbackItem) -> str:
    """A link for the message about a step; empty where no paper goes out."""
    if step not in _AFTER:
        return ""
    name, query, label = _AFTER[step]
    address = reverse(f"feedbackitem_{name}", args=[item.pk], query=query)
    return format_html('<a href="{}" target="_blank">{}</a>', address, label)


@require_safe
def feedbackitem_open(request, number: str):
    """Where the code on a sheet leads: to the item, if the user may see it."""
    if not reads_items(request.user):
        raise PermissionDenied
    item = FeedbackItem.objects.visible_to(request.user).filter(number=number).first()
    if item is None:
        raise Http404
    return redirect(item)
