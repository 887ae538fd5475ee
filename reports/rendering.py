"""An annual report as document, as a page to print, and as files: the same text everywhere."""

import datetime
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from congress.pdf import render_pdf
from congress.periods import Period
from reports.document import build_document
from reports.figures import report_figures
from reports.models import AnnualReport
from reports.structure import Document

# Styles that a saved page takes along, so that it needs no other file.
STYLESHEETS = ("print.css", "report.css")


def document_of(
    report: AnnualReport, *, cut_off: datetime.date | None = None, style: str = ""
) -> Document:
    """The report as it stands, or with another cut-off day or figure style.

    Raises ValueError (a sentence for the user) where the cut-off lies before the period.
    """
    period = Period(report.start, cut_off or report.cut_off)
    return build_document(
        report_figures(period, report.year),
        dict(report.narratives.values_list("place", "text")),
        title=report.title,
        addressee=report.addressee,
        in_round_figures=(style or report.figure_style) == AnnualReport.FigureStyle.APPROXIMATE,
    )


def printed_html(document: Document) -> str:
    return render_to_string("reports/annual/print.html", {"document": document})


def html_file(document: Document) -> str:
    """One file that prints by itself: the page with its styles inside."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    styles = "\n".join((folder / name).read_text() for name in STYLESHEETS)
    return printed_html(document).replace("</head>", f"<style>\n{styles}</style>\n  </head>", 1)


def pdf_file(document: Document) -> bytes:
    """Not for use inside a database transaction; raises PdfUnavailableError."""
    return render_pdf(printed_html(document))
