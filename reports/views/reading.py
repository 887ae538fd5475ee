"""A report as it will print."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from congress.models import Township
from congress.roles import keeps_records, runs_the_year
from reports.county_texts import offered_proposals
from reports.forms import OtherViewForm
from reports.rendering import document_of

from .found import crumbs, found_report
from .signing import standing_of
from .viewed import as_it_stands, chosen


@require_safe
def report_detail(request, slug: str):
    """The report as it will print, with an edit link at each narrative."""
    report = found_report(request, slug)
    if not Township.objects.exists():
        messages.info(request, "请先填写乡镇概况，再看工作报告。")
        return redirect("township")
    view = OtherViewForm(request.GET or None, report=report, initial=as_it_stands(report))
    other_view = chosen(view)
    document = document_of(report, **other_view)
    context = {
        "title": str(report),
        "crumbs": crumbs(),
        "report": report,
        "document": document,
        "edits": {edit.place: edit for edit in report.narratives.select_related("edited_by")},
        "editing": True,
        "may_edit": keeps_records(request.user) and report.is_open,
        "offered": offered_proposals(report)
        if keeps_records(request.user) and report.is_open
        else (),
        "may_set": runs_the_year(request.user) and report.is_open,
        "view": view,
        "is_other_view": bool(other_view),
        "cut_off": other_view.get("cut_off"),
        "query": request.GET.urlencode() if other_view else "",
    }
    context |= standing_of(request, report)
    return render(request, "reports/annualreport_detail.html", context)
