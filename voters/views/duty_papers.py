"""The paper of duty reports, shown in the browser."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.fields import number_sent
from congress.roles import edits_group_work, require_keeper
from delegates.decisions import only
from voters import duty_papers
from voters.models import DutyReport

from .papers import paper


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
