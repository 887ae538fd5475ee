"""办理情况: the board of feedback items and its workbook."""

import io

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.urls import reverse
from django.views.generic import TemplateView

from congress import roles
from congress.fields import prepare_filter
from congress.figure_tables import write_workbook
from congress.periods import today
from congress.record_views import WORKBOOK_TYPE
from groups.models import DelegateGroup
from voters.board import board
from voters.board_tables import Scope, headlines, rates_shown, rates_table, tables
from voters.item_filter import COUNTED, FeedbackItemFilter
from voters.models import FeedbackItem, Topic
from voters.rates import Basis


class BoardForm(forms.Form):
    """Which items, by when they were raised, and the day on which they are looked at."""

    first = forms.DateField(label="提出日期自")
    last = forms.DateField(label="至")
    group = forms.ModelChoiceField(
        DelegateGroup.objects.none(), label="代表小组", required=False, empty_label="全部"
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label="类别", required=False, empty_label="全部"
    )
    counted = forms.ChoiceField(label="来源", choices=COUNTED[::-1])
    day = forms.DateField(label="办理情况截至")

    def __init__(self, user, data):
        usual = Scope.of_year_to(today()).query
        super().__init__(usual | {name: value for name, value in data.items() if value})
        groups = DelegateGroup.objects.visible_to(user)
        if roles.reads_group_work(user):
            self.fields["group"].queryset = groups
        else:
            del self.fields["group"]
        for field in self.fields.values():
            prepare_filter(field)

    def clean(self):
        chosen = super().clean()
        first, last = chosen.get("first"), chosen.get("last")
        if first and last and first > last:
            raise ValidationError({"last": "这一天不能早于开始的日期。"})
        return chosen

    def query(self) -> dict:
        """What narrows a list to the same items."""
        return {
            name: getattr(value, "pk", value) for name, value in self.cleaned_data.items() if value
        }


class ItemBoard(TemplateView):
    template_name = "voters/item_board.html"

    def dispatch(self, request, *args, **kwargs):
        if not roles.reads_items(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        self.form = BoardForm(request.user, request.GET)
        if self.form.is_valid() and request.GET.get("export") == "xlsx":
            return self.workbook()
        return super().get(request, *args, **kwargs)

    def counted(self) -> dict:
        """The figures of what was chosen, with their lists."""
        query = self.form.query()
        items = FeedbackItem.objects.visible_to(self.request.user)
        chosen = FeedbackItemFilter(query, items, request=self.request)
        basis, scope = Basis.on(query["day"]), Scope(query)
        figures = board(chosen.qs, basis)
        return {
            "headlines": headlines(figures.total, scope),
            "rates": rates_shown(figures, scope, basis),
            "tables": tables(figures, scope, with_units=not roles.handles_items(self.request.user)),
            "is_empty": not figures.total["all"],
        }

    def workbook(self):
        counted, file = self.counted(), io.BytesIO()
        write_workbook(file, [rates_table(counted["rates"]), *counted["tables"]])
        file.seek(0)
        chosen = self.form.cleaned_data
        name = f"{chosen['first']}至{chosen['last']}意见建议办理情况.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK_TYPE)

    def get_context_data(self, **kwargs):
        figures = self.counted() if self.form.is_valid() else {}
        return super().get_context_data(
            title="办理情况",
            crumbs=[("意见建议", reverse("feedbackitem_list"))],
            form=self.form,
            **figures,
            **kwargs,
        )
