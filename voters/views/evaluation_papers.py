"""The paper of work evaluations, shown in the browser."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.fields import number_sent
from congress.paper import paper
from congress.roles import edits_group_work, keeps_records
from delegates.decisions import only
from groups.models import Activity
from voters import evaluation_papers
from voters.unit_results import ActivityResults

from .evaluations import activity_or_404

NO_UNITS = "还没有安排被评议单位，请先安排。"


def _paper(request, activity: Activity, name: str, make):
    found = ActivityResults.of(activity)
    back = reverse("evaluation_results", args=[activity.pk])
    if not found.evaluations:
        messages.error(request, NO_UNITS)
        return redirect(back)
    return paper(request, f"{activity}{name}", lambda township: make(found, township), back)


@require_safe
@only(keeps_records)
def slips(request, pk: int):
    """测评票: ``n`` slips, ``per`` of them on a sheet."""
    activity = activity_or_404(request.user, pk)
    per_sheet = number_sent(request.GET.get("per", "2"))
    number = number_sent(request.GET.get("n", str(per_sheet)))
    if per_sheet not in evaluation_papers.SLIPS:
        messages.error(request, "每张纸印1、2或4张票，请重新选择。")
    elif not number or number > evaluation_papers.MOST_SLIPS:
        messages.error(request, f"印1至{evaluation_papers.MOST_SLIPS}张票，请重新填写张数。")
    else:
        return _paper(
            request,
            activity,
            "测评票",
            lambda found, township: evaluation_papers.slips(found, number, per_sheet, township),
        )
    return redirect("evaluation_results", activity.pk)


@require_safe
@only(keeps_records)
def tally_sheet(request, pk: int):
    activity = activity_or_404(request.user, pk)
    return _paper(request, activity, "计票单", evaluation_papers.tally_sheet)


@require_safe
@only(edits_group_work)
def results(request, pk: int):
    activity = activity_or_404(request.user, pk)
    return _paper(request, activity, "测评结果", evaluation_papers.results)
