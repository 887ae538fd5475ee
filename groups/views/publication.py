"""履职公示: published, withdrawn, printed; and the pages that everybody reads, logged in or not."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress.editing import EditedMeanwhile
from congress.models import Township
from congress.paper import paper
from congress.qr_code import full_address
from congress.roles import keeps_records, reads_all
from delegates.decisions import decide, only, sent
from groups import papers, publishing
from groups.forms.publication import WithdrawPublicationForm
from groups.models import Publication
from groups.public_figures import headings, published_rows

#: Seconds that a page may be kept elsewhere; so long what is withdrawn may still be seen.
KEPT = 300


@require_POST
@only(keeps_records)
def publish(request, pk: int):
    """From the preview, with what it showed."""
    publication = get_object_or_404(Publication, pk=pk)
    try:
        publication = publishing.publish(
            by=request.user, publication=publication, seen=request.POST.get("seen", "")
        )
    except EditedMeanwhile:
        messages.error(request, "预览以后履职记录有变动，尚未公示。下面是现在的情况，请重新核对。")
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    else:
        messages.success(request, "已公示，公开页面和公示栏PDF都可以用了。")
    return redirect(publication.get_absolute_url())


@only(keeps_records)
def withdraw(request, pk: int):
    publication = get_object_or_404(Publication, pk=pk)
    return decide(
        request,
        form=WithdrawPublicationForm(sent(request)),
        act=lambda **given: publishing.withdraw(by=request.user, publication=publication, **given),
        title="撤下公示",
        about=publication,
        meaning="撤下后公开页面不能再打开；公示过的内容留作记录。改正记录后可以公示新版本。",
        confirm="确认撤下",
        done=lambda given: "已撤下公示，几分钟内各处的公开页面都不能再打开。",
        crumbs=[
            ("履职公示", reverse("publication_list")),
            (str(publication), publication.get_absolute_url()),
        ],
    )


@require_safe
@only(reads_all)
def poster(request, pk: int):
    publication = get_object_or_404(Publication.objects.published(), pk=pk)
    size = "a4" if request.GET.get("paper") == "a4" else "a3"
    address = full_address(request, publication.public_address)
    return paper(
        request,
        publication.title,
        lambda township: papers.publication_poster(publication, township, address, size),
        publication.get_absolute_url(),
    )


@require_safe
@login_not_required
def public_year(request, year: int | None = None):
    """All delegates of a year; without a year of the last one that is published."""
    published = list(Publication.objects.published().order_by("-year"))
    chosen = [each for each in published if year in (None, each.year)]
    if not chosen:
        raise Http404
    publication = chosen[0]
    context = {
        "others": [each for each in published if each != publication],
        "headings": headings(publication.parts),
        "rows": published_rows(publication),
    }
    return _page("public/year.html", publication, context)


@require_safe
@login_not_required
def public_sheet(request, year: int, pk: int):
    """One delegate's sheet, by the key of the mandate, which later versions share."""
    publication = get_object_or_404(Publication.objects.published(), year=year)
    rows = published_rows(publication)
    place = next((at for at, row in enumerate(rows) if row.sheet.mandate_id == pk), None)
    if place is None:
        raise Http404
    context = {
        "row": rows[place],
        "before": rows[place - 1].sheet if place else None,
        "after": rows[place + 1].sheet if place + 1 < len(rows) else None,
    }
    return _page("public/sheet.html", publication, context)


def _page(template: str, publication: Publication, context: dict) -> HttpResponse:
    """Rendered without the request: no account, no session, the same for everybody."""
    context |= {"publication": publication, "township": Township.objects.first()}
    response = HttpResponse(render_to_string(template, context))
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    if not publication.is_indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
