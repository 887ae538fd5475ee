"""Addresses of bills."""

from django.urls import path

from .pages import BillPages
from .views import bills as views

urlpatterns = [
    *BillPages.urls(""),
    path("<int:pk>/decide/", views.decide_on, name="bill_decide"),
    path("<int:pk>/vote/", views.vote, name="bill_vote"),
    path("<int:pk>/withdraw/", views.withdraw, name="bill_withdraw"),
    path("<int:pk>/carry-out/", views.carry_out, name="bill_carry_out"),
    path("<int:pk>/paper.pdf", views.bill_paper, name="bill_paper"),
]
