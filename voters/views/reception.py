"""Arranging reception days."""

from voters.forms import CancelDayForm, HoldDayForm, MoveDayForm

from .records import ActionAdd, ActionEdit, DraftPost, StepView


class ReceptionDayAdd(DraftPost, ActionAdd):
    draft_buttons = ("members",)


class ReceptionDayEdit(DraftPost, ActionEdit):
    draft_buttons = ("members",)


class MoveDay(StepView):
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
