"""Addresses of duty reports to the voters."""

from django.urls import path

from congress import year_path  # noqa: F401 -- registers <year:…>

from .pages import DutyReportPages
from .views import duty_papers as papers
from .views import duty_reports as views


def _page(route: str, name: str, view):
    """A further page of one report."""
    pages = DutyReportPages
    return path(f"<int:pk>/{route}/", view.as_view(pages=pages, model=pages.model), name=name)


urlpatterns = [
    *DutyReportPages.urls(""),
    path("years/<year:year>/", papers.year_list, name="dutyreport_year"),
    path("<int:pk>/slips/", papers.ballot_slips, name="dutyreport_slips"),
    path("<int:pk>/material/", papers.material, name="dutyreport_material"),
    path("<int:pk>/tally-sheet/", papers.tally_sheet, name="dutyreport_tally"),
    path("plan/<year:year>/", views.duty_plan, name="dutyreport_plan"),
    _page("ballots", "dutyreport_ballots", views.RecordBallots),
    _page("event", "dutyreport_event", views.RecordEvent),
    path("<int:pk>/opinions/", views.opinions_add, name="dutyreport_opinions"),
    path("opinions/<int:pk>/take-up/", views.opinion_take_up, name="dutyopinion_take_up"),
    path("opinions/<int:pk>/remove/", views.opinion_remove, name="dutyopinion_remove"),
]
