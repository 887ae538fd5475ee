"""Arranging reception days."""

from django.contrib import messages

from congress.action_views import ActionAdd, ActionEdit
from congress.numerals import listing
from voters.forms import CancelDayForm, HoldDayForm, MoveDayForm
from voters.models import Unavailability

from .records import DraftPost, StepView


class TellsOfLeave:
    """Who is on duty though declared away is saved as asked, and named at once."""

    def form_valid(self, form):
        response = super().form_valid(form)
        day = form.instance
        if response.status_code == 302 and day.pk:
            away = dict.fromkeys(
                str(each.delegate) for each in Unavailability.objects.of_duties(day)
            )
            if away:
                messages.warning(
                    self.request,
                    f"{listing(away)}已说明{day.date:%Y-%m-%d}不能接待，请换班或另行安排。",
                )
        return response


class ReceptionDayAdd(TellsOfLeave, DraftPost, ActionAdd):
    draft_buttons = ("members",)


class ReceptionDayEdit(TellsOfLeave, DraftPost, ActionEdit):
    draft_buttons = ("members",)


class MoveDay(TellsOfLeave, StepView):
    form_class = MoveDayForm
    label = "改期"

    def said(self, form):
        day = self.object
        return f"{day.group}的接待日已由{day.original_date or day.date}改期至{day.date}。"


class CancelDay(StepView):
    form_class = CancelDayForm
    label = "取消接待"

    def said(self, form):
        return f"{self.object}的接待已取消。"


class HoldDay(StepView):
    form_class = HoldDayForm
    label = "标为已举行"

    def said(self, form):
        visitors = "，当日无选民来访" if self.object.no_visitors else ""
        return f"{self.object}已标为已举行{visitors}。"
