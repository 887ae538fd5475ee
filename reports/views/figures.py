"""The table of figures of a report, and behind each figure its records."""

import datetime
import io
from collections.abc import Iterable
from itertools import groupby

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.models import Township
from congress.record_views import WORKBOOK_TYPE
from congress.tables import Column, KeyPaginator, in_words, write_workbook
from reports.forms import OtherViewForm
from reports.models import AnnualReport
from reports.proof.catalogue import figure_of
from reports.proof.listing import PARTS, Listing
from reports.proof.table import figure_rows

from .found import crumbs, found_report
from .viewed import chosen, compared_scope

PAGE_SIZE = 50
TABLE = (
    Column("类别", "subject", width=20),
    Column("指标", "name", width=24),
    Column("数值", "number_alone"),
    Column("单位", "unit", width=8),
    Column("定义", "definition", width=60),
    Column("统计时间", "period", width=32),
    Column("上年同期", "before", width=18),
    Column("比上年", "change", width=14),
)


@require_safe
def figure_table(request, slug: str):
    report, cut_off = _asked_for(request, slug)
    rows = figure_rows(report.scope_until(cut_off))
    if request.GET.get("export") == "xlsx":
        return _workbook(f"{report}数据表", TABLE, rows)
    context = {
        "title": "数据表",
        "crumbs": crumbs(report),
        "report": report,
        "cut_off": cut_off,
        "subjects": [
            (subject, list(of_subject))
            for subject, of_subject in groupby(rows, key=lambda row: row.subject)
        ],
    }
    return render(request, "reports/figure_table.html", context)


@require_safe
def figure_list(request, slug: str, key: str):
    """The records that a figure counts; of a rate those of its part, of its whole, or the rest."""
    report, cut_off = _asked_for(request, slug)
    listing = _listing(request, compared_scope(request, report.scope_until(cut_off)), key)
    columns = listing.figure.kind.columns
    if request.GET.get("export") == "xlsx":
        return _workbook(listing.title, columns, listing.records)
    page = KeyPaginator(listing.records, PAGE_SIZE).get_page(request.GET.get("page"))
    table = reverse("report_figures", args=[report.slug])
    if cut_off:
        table = f"{table}?cut_off={cut_off:%Y-%m-%d}"
    context = {
        "title": listing.title,
        "crumbs": [*crumbs(report), ("数据表", table)],
        "listing": listing,
        "columns": columns,
        "rows": [
            (
                listing.figure.kind.address(record),
                [(column, in_words(column.listed(record))) for column in columns],
            )
            for record in page
        ],
        "page_obj": page,
        "is_paginated": page.has_other_pages(),
    }
    return render(request, "reports/figure_list.html", context)


def _asked_for(request, slug: str) -> tuple[AnnualReport, datetime.date | None]:
    """The report, and the cut-off that the address asks for, if any."""
    report = found_report(request, slug)
    view = OtherViewForm(request.GET, report=report)
    if not view.is_valid() or not Township.objects.exists():
        raise Http404
    return report, chosen(view).get("cut_off")


def _listing(request, scope, key: str) -> Listing:
    figure, part = figure_of(key), request.GET.get("part", "part")
    if figure is None or part not in (PARTS if figure.whole else ("part",)):
        raise Http404
    if not figure.of_one:
        return Listing(figure, scope, part=part)
    of = request.GET.get("of", "")
    if not of.isdecimal():
        raise Http404
    return Listing(figure, scope, get_object_or_404(figure.about(scope), pk=int(of)), part)


def _workbook(title: str, columns: Iterable[Column], records: Iterable) -> FileResponse:
    file = io.BytesIO()
    write_workbook(file, title, columns, records)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{title}.xlsx", content_type=WORKBOOK_TYPE
    )
