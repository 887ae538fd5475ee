"""Pages of the annual report, by its year."""

from django.urls import path

from . import views

urlpatterns = [
    path("reports/", views.report_list, name="report_list"),
    path("reports/add/", views.report_add, name="report_add"),
    path("reports/<int:year>/", views.report_detail, name="annualreport_detail"),
    path("reports/<int:year>/settings/", views.report_settings, name="report_settings"),
    path("reports/<int:year>/report.pdf", views.report_pdf, name="report_pdf"),
    path("reports/<int:year>/report.html", views.report_html, name="report_html"),
    path(
        "reports/<int:year>/county-proposals/<int:pk>/",
        views.narrative_take_over,
        name="narrative_take_over",
    ),
    path("reports/<int:year>/narratives/<str:place>/", views.narrative, name="narrative_edit"),
]
