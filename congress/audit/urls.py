"""Addresses of the audit log and of the history of records."""

from django.urls import path

from .history import record_history
from .pages import AuditPages

urlpatterns = [
    *AuditPages.urls("audit/"),
    path("history/<str:model>/<int:pk>/", record_history, name="record_history"),
]
