"""The paper of duty reports, shown in the browser."""

import io

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.fields import number_sent
from congress.file_kinds import DOCX
from congress.roles import edits_group_work, is_delegate, require_keeper
from delegates.decisions import only
from voters import duty_papers
from voters.duty_docx import DRAFT, material_file
from voters.duty_material import Material
from voters.models import DutyReport

from .papers import paper


def _may_draft(user) -> bool:
    """The office, the delegate, and who leads the delegate's group."""
    return edits_group_work(user) or is_delegate(user)


def _reports(user):
    reports = DutyReport.objects.visible_to(user)
    return reports.select_related("mandate__delegate", "mandate__constituency")


@require_safe
def ballot_slips(request, pk: int):
    """Four slips a page, or with ?per=8 eight."""
    require_keeper(request.user)
    report = get_object_or_404(_reports(request.user), pk=pk)
    per_page = number_sent(request.GET.get("per", "4"))
    if per_page not in duty_papers.SLIPS:
        raise Http404
    return paper(
        request,
        f"{report}述职测评票",
        lambda township: duty_papers.slips(report, per_page, township),
        report.get_absolute_url(),
    )


@require_safe
def tally_sheet(request, pk: int):
    require_keeper(request.user)
    report = get_object_or_404(_reports(request.user), pk=pk)
    return paper(
        request,
        f"{report}述职测评计票单",
        lambda township: duty_papers.tally_sheet(report, township),
        report.get_absolute_url(),
    )


@require_safe
@only(edits_group_work)
def year_list(request, year: int):
    """Of all reports of the year this user may see."""
    reports = list(_reports(request.user).filter(year=year).order_by("planned_month", "pk"))
    return paper(
        request,
        f"{year}年代表述职安排表",
        lambda township: duty_papers.year_list(reports, year, township),
        reverse("dutyreport_list"),
    )


@require_safe
@only(_may_draft)
def material(request, pk: int):
    """述职材料: the delegate's year from the records; with ?export=docx as a Word file."""
    report = get_object_or_404(
        _reports(request.user).select_related("mandate__delegate", "mandate__term"), pk=pk
    )
    drafted = Material(report)
    if request.GET.get("export") == "docx":
        name = f"{report.year}年述职材料（{report.mandate.delegate}）.docx"
        file = io.BytesIO(material_file(drafted))
        response = FileResponse(
            file, as_attachment=True, filename=name, content_type=DOCX.content_type
        )
        response.headers["Cache-Control"] = "private, no-store"
        return response
    context = {
        "title": f"述职材料：{report}",
        "crumbs": [("述职", reverse("dutyreport_list")), (str(report), report.get_absolute_url())],
        "draft": DRAFT,
        "material": drafted,
    }
    return render(request, "voters/duty_material.html", context)
