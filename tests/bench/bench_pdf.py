"""The same report as PDF three ways: by this renderer, by Chromium and by LibreOffice from Word.

Each way is measured in a process of its own, cold, with the memory of all processes it starts
(resident, at its peak); this renderer once more warm. Then what the font subset library saves.
"""

import shutil
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import weasyprint
from django.conf import settings

from congress import pdf_engine
from congress.pdf_engine import Order
from reports.docx import docx_file
from reports.ledgers import plan_import
from reports.models import AnnualReport
from reports.rendering import document_of, html_file, printed_html
from tests import printed

LEDGERS = settings.BASE_DIR / "reports/demonstration/xx-town-2020.xlsx"
RENDER = (
    "import sys; from pathlib import Path; from congress.pdf_engine import Order, render;"
    "Path(sys.argv[2]).write_bytes(render(Order(((Path(sys.argv[1]).read_text(),),))))"
)


def measured(command):
    """Seconds and the most MB that a program and its children hold at once."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak, over = [0], threading.Event()

    def watch():
        while not over.wait(0.02):
            peak[0] = max(peak[0], _resident(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - started
    over.set()
    watcher.join()
    assert code == 0
    return seconds, peak[0] / 1024


def _resident(root):
    """Of the process and all below it, in KB."""
    told = subprocess.run(["ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True)
    rows = [tuple(map(int, line.split())) for line in told.stdout.splitlines()[1:]]
    family, total = {root}, 0
    for pid, parent, size in sorted(rows):
        if pid in family or parent in family:
            family.add(pid)
            total += size
    return total


def warm(html, repeats=5):
    order = Order(((html,),))
    pdf_engine.render(order)
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        pdf_engine.render(order)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


@pytest.fixture
def document(db):
    with LEDGERS.open("rb") as file:
        plan_import(file).apply()
    return document_of(AnnualReport.objects.get(year=2020))


def commands(document, folder):
    (folder / "print.html").write_text(printed_html(document))
    (folder / "page.html").write_text(html_file(document))
    (folder / "report.docx").write_bytes(docx_file(document))
    office = shutil.which("soffice")
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    return {
        "this renderer, cold": [
            *(sys.executable, "-c", RENDER, str(folder / "print.html"), str(folder / "own.pdf"))
        ],
        "headless Chromium": browser
        and [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
            *(f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={folder / 'browser.pdf'}"),
            (folder / "page.html").as_uri(),
        ],
        "LibreOffice from Word": office
        and [
            *(office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(folder), str(folder / "report.docx")),
        ],
    }


def test_three_ways_to_a_pdf(document, tmp_path):
    found = {}
    for name, command in commands(document, tmp_path).items():
        if not command:
            print(f"\n{name}: not installed, not measured")
            continue
        # The first start makes a profile and fills the disc's cache.
        measured(command)
        runs = [measured(command) for _ in range(3)]
        found[name] = tuple(map(statistics.median, zip(*runs, strict=True)))
    own_seconds, own_memory = found["this renderer, cold"]

    pages = len(printed.reader(Path(tmp_path / "own.pdf").read_bytes()).pages)
    print(f"\nreport of 2020, {pages} pages, medians of 3 in this run")
    for name, (seconds, memory) in found.items():
        print(
            f"{name:24} {seconds:6.2f} s  × {seconds / own_seconds:4.1f}"
            f"   {memory:5.0f} MB  × {memory / own_memory:4.1f}"
        )
    seconds = warm(printed_html(document))
    print(f"{'this renderer, warm':24} {seconds:6.2f} s  × {seconds / own_seconds:4.1f}")


def test_font_subset_library(document, monkeypatch):
    html = printed_html(document)
    with_library = warm(html)
    monkeypatch.setattr(weasyprint.pdf.fonts, "harfbuzz_subset", None)
    without = warm(html, 2)

    print(f"\nwarm: {with_library:.2f} s with libharfbuzz-subset")
    print(f"subsetting left to fontTools: {without:.2f} s, × {without / with_library:.1f}")
