"""结束登记 and 重新登记 of a reception day."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse

from congress.record_views import RecordEdit
from congress.roles import keeps_records
from voters.actions.closing import day_closes
from voters.closing import checks_of
from voters.forms import CloseDayForm, ReopenDayForm
from voters.models import ReceptionDay

from .records import StepView


class CloseDay(StepView):
    """Who came, what should be looked at, and that no more visits are logged."""

    form_class = CloseDayForm
    label = "结束登记"

    def dispatch(self, request, *args, **kwargs):
        """A second click, or somebody who was quicker, is told so."""
        day = ReceptionDay.objects.filter(pk=kwargs["pk"], closed_at__isnull=False).first()
        if day and keeps_records(request.user):
            messages.info(request, f"{day}已经结束登记。")
            return redirect(day)
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self):
        return ["voters/close_form.html"]

    def said(self, form):
        day = self.object
        if day.no_visitors:
            return f"{day}已结束登记，当日无选民来访。"
        closed = self.closed_visits
        others = f"（其中{closed}次要求保密）" if closed else ""
        return f"{day}已结束登记，共来访{day.visits.count()}次{others}。"

    @property
    def closed_visits(self) -> int:
        """Told in confidence to others: the statistics count them, no list shows them."""
        return self.object.visits.closed_to(self.request.user).count()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "checks": checks_of(self.object, self.request.user),
            "closed_visits": self.closed_visits,
            "visits": self.object.visits.count(),
            "persons": self.object.visits.persons(),
            "why_not": _why_not(self.object),
            "desk_url": reverse("desk_day", args=[self.object.pk]),
        }


def _why_not(day) -> str:
    try:
        day_closes(day)
    except ValidationError as error:
        return error.messages[0]
    return ""


class ReopenDay(StepView):
    form_class = ReopenDayForm
    label = "重新登记"

    def get_object(self, queryset=None):
        """Closed days, which nothing else changes, are what this is for."""
        return super(RecordEdit, self).get_object(queryset)

    def said(self, form):
        return f"{self.object}可以重新登记，改完后请再次结束登记。"
