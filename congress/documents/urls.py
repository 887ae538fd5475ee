"""Documents, their numbers and registers."""

from django.urls import path

from congress import year_path  # noqa: F401 (registers itself)
from congress.models import Document

from . import number_views, views
from .pages import DocumentPages

FOR = {"pages": DocumentPages, "model": Document}

urlpatterns = [
    path("numbers/", number_views.document_numbers, name="document_numbers"),
    path("numbers/void/", views.VoidNumber.as_view(**FOR), name="document_number_void"),
    path("register/<year:year>/", number_views.document_register, name="document_register"),
    path("<int:pk>/void/", views.DocumentVoid.as_view(**FOR), name="document_void"),
    path("<int:pk>/restore/", views.document_restore, name="document_restore"),
    *DocumentPages.urls(""),
]
