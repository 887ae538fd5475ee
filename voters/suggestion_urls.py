"""Addresses of delegates' suggestions and of their drafts."""

from django.urls import path

from .pages import SuggestionDraftPages, SuggestionPages
from .views import suggestions as views

_ACTS = {
    "submit": views.submit,
    "recall": views.recall,
    "second": views.second,
    "return": views.send_back,
    "register": views.register,
}

urlpatterns = [
    *SuggestionPages.urls(""),
    *SuggestionDraftPages.urls("drafts/"),
    *(
        path(f"drafts/<int:pk>/{name}/", view, name=f"suggestiondraft_{name}")
        for name, view in _ACTS.items()
    ),
]
