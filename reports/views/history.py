"""What stood at a place of a report before: who wrote it and when, compared, and put back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from congress.editing import EditedMeanwhile
from congress.roles import keeps_records
from reports.drafting.actions import restore_narrative, stored_text
from reports.drafting.comparing import compare
from reports.models import NarrativeRevision
from reports.places import is_place

from .found import crumbs, found_report, only

ROWS_A_PAGE = 50


@require_safe
def narrative_history(request, slug: str, place: str):
    report = found_report(request, slug)
    if not is_place(place):
        raise Http404
    revisions = report.revisions.filter(place=place).select_related("by")
    page = Paginator(revisions, ROWS_A_PAGE).get_page(request.GET.get("page"))
    one, other = _chosen(request, revisions)
    context = {
        "title": f"“{place}”的历次修改",
        "crumbs": crumbs(report),
        "report": report,
        "place": place,
        "stored": stored_text(report, place),
        "page_obj": page,
        "is_paginated": page.has_other_pages(),
        "one": one,
        "other": other,
        "changes": compare(one.text, other.text) if one and other else (),
        "may_edit": keeps_records(request.user) and report.is_open,
    }
    return render(request, "reports/narrative_history.html", context)


def _chosen(request, revisions) -> tuple[NarrativeRevision | None, NarrativeRevision | None]:
    """The two revisions to compare, the older one first; without a choice the last two."""
    asked = [key for name in ("one", "other") if (key := request.GET.get(name, "")).isdigit()]
    found = list(revisions.filter(pk__in=asked[:2])) if asked else list(revisions[:2])
    return (found[1], found[0]) if len(found) == 2 else (None, None)


@require_POST
def narrative_restore(request, slug: str, place: str, pk: int):
    only(keeps_records(request.user))
    report = found_report(request, slug)
    revision = get_object_or_404(report.revisions, place=place, pk=pk)
    version = request.POST.get("version", "")
    try:
        restored = restore_narrative(
            user=request.user,
            revision=revision,
            version=int(version) if version.isdecimal() else -1,
        )
    except EditedMeanwhile:
        messages.error(request, "这段文字刚被他人改过，没有恢复；请看过最新的文字再决定。")
        return redirect("narrative_history", slug, place)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("narrative_history", slug, place)
    messages.success(request, f"“{place}”已恢复为{revision.at_words}的文字。")
    return redirect(restored.narrative.draft_address)
