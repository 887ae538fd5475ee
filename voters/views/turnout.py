"""接待情况: the page of figures and its workbook."""

import io

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.urls import reverse
from django.views.generic import TemplateView

from congress import roles
from congress.cells import FIRST_YEAR, LAST_YEAR
from congress.figure_tables import write_workbook
from congress.periods import Period, today
from congress.record_views import WORKBOOK_TYPE
from groups.models import DelegateGroup
from voters.models import ReceptionDay
from voters.turnout import GroupTurns, figures, turns_by_group
from voters.turnout_scope import Compared, Scope
from voters.turnout_tables import headlines, tables, turns_tables


class YearForm(forms.Form):
    """Which year, and which of the groups that the user may see."""

    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    group = forms.ModelChoiceField(
        DelegateGroup.objects.none(), label="代表小组", required=False, empty_label="全部"
    )

    def __init__(self, user, data):
        chosen = {name: value for name, value in data.items() if value}
        super().__init__({"year": today().year} | chosen)
        self.fields["group"].queryset = DelegateGroup.objects.visible_to(user)


class ReceptionFigures(TemplateView):
    template_name = "voters/reception_figures.html"

    def dispatch(self, request, *args, **kwargs):
        if not roles.reads_group_work(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        self.form = YearForm(request.user, request.GET)
        if not self.form.is_valid():
            raise Http404
        self.year, self.group = self.form.cleaned_data["year"], self.form.cleaned_data["group"]
        if request.GET.get("export") == "xlsx":
            return self.workbook()
        return super().get(request, *args, **kwargs)

    @property
    def days(self):
        days = ReceptionDay.objects.visible_to(self.request.user)
        return days.filter(group=self.group) if self.group else days

    def compared(self) -> Compared:
        """The year with the one before; a year not yet over with the same days of that."""
        period, before = Period.of_year(self.year), Period.of_year(self.year - 1)
        day, words = today(), "上年"
        if day in period:
            before = Period(before.first, day.replace(year=before.first.year, day=min(day.day, 28)))
            words = "上年同期"
        key = self.group.pk if self.group else None
        return Compared(
            figures(self.days, period),
            Scope.of(period, key),
            figures(self.days, before),
            Scope.of(before, key),
            words,
        )

    def turns(self) -> tuple[GroupTurns, ...]:
        return turns_by_group(self.days, Period.of_year(self.year))

    def workbook(self):
        file = io.BytesIO()
        compared = self.compared()
        write_workbook(file, tables(compared) + turns_tables(self.turns(), compared.scope))
        file.seek(0)
        name = f"{self.year}年接待情况{self.group or ''}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK_TYPE)

    def get_context_data(self, **kwargs):
        compared, turns = self.compared(), self.turns()
        return super().get_context_data(
            title=f"{self.year}年接待情况",
            crumbs=[("接待选民日", reverse("receptionday_list"))],
            form=self.form,
            group=self.group,
            year=compared,
            headlines=headlines(compared),
            tables=tables(compared),
            turns=turns_tables(turns, compared.scope),
            is_empty=not compared.now.days,
            may_arrange=roles.keeps_records(self.request.user),
            **kwargs,
        )
