"""Addresses of what goes up to the county congress."""

from django.urls import path

from .pages import CountyProposalPages
from .views import county_proposals as views

urlpatterns = [
    *CountyProposalPages.urls(""),
    path("<int:pk>/submit/", views.submit, name="countyproposal_submit"),
    path("<int:pk>/take-back/", views.take_back, name="countyproposal_take_back"),
    path("<int:pk>/answer/", views.answer, name="countyproposal_answer"),
    path("<int:pk>/paper.pdf", views.proposal_paper, name="countyproposal_paper"),
]
