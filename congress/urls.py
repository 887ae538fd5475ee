"""The roof: the pages of every room."""

from django.contrib.auth import views as auth_views
from django.urls import include, path

from groups.pages.terms import TermPages

from . import views
from .backup.pages import BackupPages
from .dashboard import dashboard, todo_list
from .health import healthz
from .log_in import lifetime, own, own_code
from .log_in.views import LogIn, log_in_code
from .pages import SpecialDayPages, VillagePages

handler400 = "congress.faults.bad_request"
handler403 = "congress.faults.forbidden"
handler404 = "congress.faults.not_found"
handler500 = "congress.faults.server_error"

urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("healthz", healthz, name="healthz"),
    path("todo/", todo_list, name="todo"),
    path("login/", LogIn.as_view(), name="login"),
    path("login/code/", log_in_code, name="log_in_code"),
    path("log-ins/", own.log_ins, name="log_ins"),
    path("log-ins/code/", own_code.own_code, name="own_code"),
    path("stay/", lifetime.stay, name="stay"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("township/", views.township, name="township"),
    path("jobs/<str:job>/", views.job_page, name="job_page"),
    path("jobs/<str:job>/status/", views.job_status, name="job_status"),
    *VillagePages.urls("villages/"),
    *TermPages.urls("terms/"),
    *SpecialDayPages.urls("special-days/"),
    path("", include("congress.accounts.urls")),
    path("", include("congress.audit.urls")),
    *BackupPages.urls("backups/"),
    path("documents/", include("congress.documents.urls")),
    path("", include("delegates.urls")),
    path("", include("groups.urls")),
    path("", include("voters.calendar_urls")),
    path("", include("voters.urls")),
    path("", include("reports.urls")),
    path("", include("reports.ledger_urls")),
]
