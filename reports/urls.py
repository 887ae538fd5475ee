"""Pages of the annual report, by its year."""

from django.urls import include, path

from .pages import report_list
from .views import (
    attachments,
    checks,
    comparison,
    drafting,
    figures,
    files,
    history,
    narratives,
    outline,
    reading,
    settings,
)
from .views.fonts import report_fonts
from .views.handover import handover_page, handover_paper

urlpatterns = [
    path("handover/", handover_page, name="handover"),
    path("handover/paper/", handover_paper, name="handover_paper"),
    path("reports/", report_list, name="report_list"),
    path("reports/add/", settings.report_add, name="report_add"),
    path("reports/outline/", outline.outline_template, name="outline_template"),
    path("reports/<slug:slug>/", reading.report_detail, name="annualreport_detail"),
    path("reports/<slug:slug>/checks/", checks.report_checks, name="report_checks"),
    path("reports/<slug:slug>/figures/", figures.figure_table, name="report_figures"),
    path("reports/<slug:slug>/figures/<str:key>/", figures.figure_list, name="report_figure"),
    path(
        "reports/<slug:slug>/comparison/",
        comparison.report_comparison,
        name="report_comparison",
    ),
    path("reports/<slug:slug>/settings/", settings.report_settings, name="report_settings"),
    path(
        "reports/<slug:slug>/attachments/",
        attachments.attachment_list,
        name="report_attachments",
    ),
    path(
        "reports/<slug:slug>/attachments/add/",
        attachments.attachment_add,
        name="reportattachment_add",
    ),
    path(
        "reports/<slug:slug>/attachments/<int:pk>/",
        attachments.attachment_edit,
        name="reportattachment_edit",
    ),
    path(
        "reports/<slug:slug>/attachments/<int:pk>/change/",
        attachments.attachment_change,
        name="reportattachment_change",
    ),
    path("reports/<slug:slug>/report.pdf", files.report_pdf, name="report_pdf"),
    path("reports/<slug:slug>/report.docx", files.report_docx, name="report_docx"),
    path("reports/<slug:slug>/fonts/", report_fonts, name="report_fonts"),
    path("reports/<slug:slug>/report.html", files.report_html, name="report_html"),
    path(
        "reports/<slug:slug>/county-proposals/<int:pk>/",
        narratives.narrative_take_over,
        name="countyproposal_take_over",
    ),
    path("reports/<slug:slug>/outline/", outline.report_outline, name="report_outline"),
    path(
        "reports/<slug:slug>/outline/template/",
        outline.report_outline_template,
        name="report_outline_template",
    ),
    path("reports/<slug:slug>/draft/", drafting.report_draft, name="report_draft"),
    path(
        "reports/<slug:slug>/narratives/<str:place>/",
        drafting.narrative_save,
        name="narrative_save",
    ),
    path(
        "reports/<slug:slug>/narratives/<str:place>/history/",
        history.narrative_history,
        name="narrative_history",
    ),
    path(
        "reports/<slug:slug>/narratives/<str:place>/history/<int:pk>/",
        history.narrative_restore,
        name="narrative_restore",
    ),
    path("", include("reports.signing.urls")),
]
