"""Addresses of accounts."""

from django.urls import path

from . import password_pages, views
from .pages import AccountPages

urlpatterns = [
    *AccountPages.urls("accounts/"),
    path("accounts/<int:pk>/link/", views.link, name="user_link"),
    path("accounts/<int:pk>/code/", views.reset_code, name="user_code_reset"),
    path("accounts/<int:pk>/unlock/", views.unlock_account, name="user_unlock"),
    path("accounts/<int:pk>/deactivate/", views.deactivate, name="user_deactivate"),
    path("accounts/<int:pk>/reactivate/", views.reactivate, name="user_reactivate"),
    path("password/", password_pages.PasswordChange.as_view(), name="password_change"),
    path("password/<int:pk>/<str:token>/", password_pages.password_link, name="password_link"),
]
