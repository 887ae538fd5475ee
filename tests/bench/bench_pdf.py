"""How long the PDF of the 2020 report takes with the font subset library and without it."""

import statistics
import time

import pytest
import weasyprint
from django.conf import settings

from reports.ledgers import plan_import
from reports.models import AnnualReport
from reports.rendering import document_of, pdf_file
from tests import printed

LEDGERS = settings.BASE_DIR / "reports/demonstration/xx-town-2020.xlsx"


def seconds(document, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        pdf_file(document)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


@pytest.mark.django_db
def test_font_subset_library(monkeypatch):
    with LEDGERS.open("rb") as file:
        plan_import(file).apply()
    document = document_of(AnnualReport.objects.get(year=2020))
    pages = len(printed.reader(pdf_file(document)).pages)
    with_library = seconds(document, 5)
    monkeypatch.setattr(weasyprint.pdf.fonts, "harfbuzz_subset", None)
    without = seconds(document, 2)

    print(f"\nreport of 2020, {pages} pages, warm: {with_library:.2f} s with libharfbuzz-subset")
    print(f"the same, subsetting left to fontTools: {without:.2f} s")
    print(f"ratio: 1 : {without / with_library:.1f}")
