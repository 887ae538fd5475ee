"""Addresses of what concerns the voters' personal data."""

from django.urls import path

from .views.clearing import contact_clearing
from .views.privacy_notice import voter_notice, voter_notice_paper

urlpatterns = [
    path("privacy/", voter_notice, name="voter_notice"),
    path("privacy/paper/", voter_notice_paper, name="voter_notice_paper"),
    path("privacy/clearing/", contact_clearing, name="contact_clearing"),
]
