"""Addresses of the ledgers' pages."""

from django.urls import path

from . import ledger_views as views

urlpatterns = [
    path("ledgers/", views.ledgers, name="ledgers"),
    path("ledgers/export/", views.ledger_export, name="ledger_export"),
    path("ledgers/<str:token>/", views.ledger_preview, name="ledger_preview"),
    path("ledgers/<str:token>/confirm/", views.ledger_confirm, name="ledger_confirm"),
    path("ledgers/<str:token>/result/", views.ledger_result, name="ledger_result"),
    path("ledgers/<str:token>/retry/", views.ledger_retry, name="ledger_retry"),
    path("ledgers/<str:token>/discard/", views.ledger_discard, name="ledger_discard"),
]
