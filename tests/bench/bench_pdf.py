"""How long a PDF takes with the font subset library and without it (make bench)."""

import statistics
import time

import weasyprint

from reports.pdf import render_pdf
from tests.reports import printed


def seconds(html, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        render_pdf(html)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def test_font_subset_library(monkeypatch):
    html = printed.document(printed.long_body())
    seconds(html, 1)
    with_library = seconds(html, 5)
    monkeypatch.setattr(weasyprint.pdf.fonts, "harfbuzz_subset", None)
    without = seconds(html, 2)

    pages = len(printed.reader(render_pdf(html)).pages)
    print(f"\nPDF of {pages} pages, warm: {with_library:.2f} s with libharfbuzz-subset")
    print(f"PDF of {pages} pages, warm: {without:.2f} s with subsetting left to fontTools")
    print(f"ratio: 1 : {without / with_library:.1f}")
