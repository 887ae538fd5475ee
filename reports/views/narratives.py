"""Texts of a report that were written elsewhere first."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from congress.roles import keeps_records
from reports.county_texts import take_over
from voters.models import CountyProposal

from .found import found_report, only


@require_POST
def narrative_take_over(request, slug: str, pk: int):
    """A suggestion to the county becomes a text of the report."""
    only(keeps_records(request.user))
    report = found_report(request, slug)
    proposal = get_object_or_404(CountyProposal.objects.visible_to(request.user), pk=pk)
    try:
        taken = take_over(user=request.user, report=report, proposal=proposal)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(report)
    messages.success(request, f"“{proposal}”已写入“{taken.place}”，可以接着修改文字。")
    return redirect(taken.draft_address)
