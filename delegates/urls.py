"""Pages of this room; those of people and mandates are opened by ``groups.urls``."""

from django.urls import path

from . import views
from .pages import ConstituencyPages

urlpatterns = [
    *ConstituencyPages.urls("constituencies/"),
    path("mandates/<int:pk>/suspend/", views.suspend, name="mandate_suspend"),
    path("mandates/<int:pk>/resume/", views.resume, name="mandate_resume"),
]
