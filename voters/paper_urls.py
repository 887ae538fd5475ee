"""Addresses of the reception day's paper."""

from django.urls import path

from congress import year_path  # noqa: F401 -- registers <year:…>

from .pages import ReceptionDayPages
from .views import blank_forms, papers

urlpatterns = [
    path("reception-papers/", papers.reception_papers, name="reception_papers"),
    path(
        "reception-papers/notices/<year:year>/<int:month>/",
        papers.month_notice,
        name="reception_month_notice",
    ),
    path(
        "reception-papers/registers/<year:year>/",
        papers.year_register,
        name="reception_year_register",
    ),
    path("groups/<int:pk>/poster/<year:year>/", papers.group_poster, name="group_poster"),
    path("reception-days/<int:pk>/notice/", papers.day_notice, name="receptionday_notice"),
    path("reception-days/<int:pk>/sign-in/", papers.sign_in_sheet, name="receptionday_sign_in"),
    path("reception-days/<int:pk>/register/", papers.day_register, name="receptionday_register"),
    path(
        "reception-days/<int:pk>/announce/",
        papers.AnnounceDay.as_view(pages=ReceptionDayPages, model=ReceptionDayPages.model),
        name="receptionday_announce",
    ),
    path("forms/", blank_forms.form_batches, name="form_batches"),
    path("forms/batches/<uuid:batch>/", blank_forms.form_batch, name="form_batch"),
    path("forms/batches/<uuid:batch>/pdf/", blank_forms.form_batch_pdf, name="form_batch_pdf"),
    path("forms/<str:number>/", blank_forms.form_open, name="form_open"),
]
