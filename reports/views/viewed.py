"""A report as of another day or in another figure style, as the address asks."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from congress.cells import FIRST_YEAR, LAST_YEAR
from congress.fields import number_sent
from groups.models import DelegateGroup
from reports.forms import OtherViewForm
from reports.models import AnnualReport
from reports.scope import Scope


def as_it_stands(report: AnnualReport) -> dict:
    return {"cut_off": report.cut_off, "style": report.figure_style}


def chosen(view: OtherViewForm) -> dict:
    """Cut-off day and style that the address asks for; nothing where it cannot be read."""
    if not view.is_valid():
        return {}
    return {name: value for name, value in view.cleaned_data.items() if value}


def compared_scope(request: HttpRequest, scope: Scope) -> Scope:
    """The same days of another year, or one group, as links of the comparison ask."""
    year, group = request.GET.get("year"), request.GET.get("group")
    if group:
        scope = scope.of_group(get_object_or_404(DelegateGroup, pk=number_sent(group)))
    if year:
        wanted = number_sent(year)
        if wanted is None or not FIRST_YEAR <= wanted <= LAST_YEAR:
            raise Http404
        scope = scope.years_later(wanted - scope.year)
    return scope
