"""Pages of the year's calendar and the rota."""

from django.urls import path

from congress import year_path  # noqa: F401 -- registers <year:…>

from .pages import UnavailabilityPages
from .views import calendar, rota, year

urlpatterns = [
    path("calendar/", calendar.calendar_year, name="calendar"),
    path("calendar/address/", calendar.calendar_address, name="calendar_address"),
    path("calendar/<year:year>/", calendar.calendar_year, name="calendar_year"),
    path("calendar/<year:year>/<int:month>/", calendar.calendar_month, name="calendar_month"),
    path("calendar/<year:year>/plan/", year.calendar_plan, name="calendar_plan"),
    path("calendar/<str:secret>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("rota/", rota.rota_year, name="rota"),
    path("rota/<year:year>/", rota.rota_year, name="rota_year"),
    path("rota/<year:year>/make/", rota.rota_make, name="rota_make"),
    path("duties/<int:pk>/swap/", rota.receptionduty_swap, name="receptionduty_swap"),
    path("reception-days/<int:pk>/fix/", rota.receptionday_fix, name="receptionday_fix"),
    *UnavailabilityPages.urls("unavailabilities/"),
]
