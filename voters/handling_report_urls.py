"""Addresses of reports on handling."""

from django.urls import path

from .pages import HandlingReportPages
from .views import handling_reports as views

urlpatterns = [
    *HandlingReportPages.urls(""),
    path("<int:pk>/publish/", views.publish, name="handlingreport_publish"),
    path("<int:pk>/paper.pdf", views.report_paper, name="handlingreport_paper"),
]
