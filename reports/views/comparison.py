"""The figures of a report beside those of an earlier year, and group by group."""

import io

from django import forms
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress.fields import say_plainly
from congress.figure_tables import write_workbook
from congress.models import Township
from congress.record_views import WORKBOOK_TYPE
from reports.comparison import by_group, earlier_years, with_year
from reports.models import AnnualReport

from .found import crumbs, found_report


class EarlierYearForm(forms.Form):
    year = forms.TypedChoiceField(label="对比年度", coerce=int)

    def __init__(self, data, report: AnnualReport):
        years = earlier_years(report)
        super().__init__({"year": data.get("year") or years[0]})
        self.fields["year"].choices = [(year, f"{year}年同期") for year in years]
        say_plainly(self.fields["year"])


@require_safe
def report_comparison(request, slug: str):
    report = found_report(request, slug)
    form = EarlierYearForm(request.GET, report)
    if not form.is_valid() or not Township.objects.exists():
        raise Http404
    of_groups = request.GET.get("by") == "groups"
    tables = by_group(report) if of_groups else with_year(report, form.cleaned_data["year"])
    if tables and request.GET.get("export") == "xlsx":
        file = io.BytesIO()
        write_workbook(file, tables)
        file.seek(0)
        name = f"{report}数据对比.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK_TYPE)
    context = {
        "title": "数据对比",
        "crumbs": crumbs(report),
        "report": report,
        "form": form,
        "of_groups": of_groups,
        "tables": tables,
    }
    return render(request, "reports/comparison.html", context)
