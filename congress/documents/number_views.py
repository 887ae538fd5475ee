"""文号登记: every number of a series, who holds it, and those that nobody holds; the register."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress import roles
from congress.fields import number_sent
from congress.models import Document
from congress.paper import paper
from congress.periods import today

from .register import series_of_year, with_gaps, year_register, years_of_numbers

ROWS_A_PAGE = 100


@require_safe
def document_numbers(request):
    if not roles.reads_all(request.user):
        raise PermissionDenied
    years = years_of_numbers()
    year = number_sent(request.GET.get("year"))
    year = year if year in years else today().year
    series = series_of_year(year)
    chosen = next((each for each in series if each.name == request.GET.get("series")), None)
    chosen = chosen or next(iter(series), None)
    context = {
        "title": "文号登记",
        "crumbs": [("文件", reverse("document_list"))],
        "years": years,
        "year": year,
        "series": series,
        "chosen": chosen,
        "may_edit": roles.keeps_records(request.user),
    }
    if chosen:
        context |= _rows(request, chosen)
    return render(request, "congress/document_numbers.html", context)


def _rows(request, chosen) -> dict:
    documents = Document.objects.in_series(chosen.name)
    page = Paginator(documents, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    earlier = documents.filter(serial__lt=shown[0].serial).order_by("-serial")
    before = earlier.values_list("serial", flat=True).first() or 0
    day = today()
    for document in shown:
        document.state = document.standing_on(day)
    return {
        "page_obj": page,
        "lines": list(with_gaps(shown, before)),
        "issuer": shown[-1].issuer,
    }


@require_safe
def document_register(request, year: int):
    """The year's 收文、发文登记簿 as PDF."""
    if not roles.reads_all(request.user):
        raise PermissionDenied
    return paper(
        request,
        f"{year}年收文发文登记簿",
        lambda township: year_register(year, township),
        reverse("document_list"),
    )
