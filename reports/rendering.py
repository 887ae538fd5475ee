"""An annual report as document, as a page to print, and as files: the same text everywhere."""

import datetime
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from congress.pdf import ARCHIVE, render_pdf
from reports.document import build_document
from reports.enclosures import attachments_of
from reports.figures import report_figures
from reports.heads import headed
from reports.models import AnnualReport
from reports.outline import outline_of
from reports.signing.codes import Verification
from reports.structure import Document

# Styles that a saved page takes along, so that it needs no other file.
STYLESHEETS = ("print.css", "report.css")


def document_of(
    report: AnnualReport, *, cut_off: datetime.date | None = None, style: str = ""
) -> Document:
    """The report as it stands, or with another cut-off day or figure style.

    Raises ValueError (a sentence for the user) where the cut-off lies before the period.
    """
    figures = report_figures(report.scope_until(cut_off))
    document = build_document(
        figures,
        dict(report.narratives.values_list("place", "text")),
        outline=outline_of(report),
        in_round_figures=(style or report.figure_style) == AnnualReport.FigureStyle.APPROXIMATE,
    )
    headed_document = headed(document, report, figures)
    return replace(headed_document, attachments=attachments_of(report, figures.scope))


def printed_html(document: Document, proof: Verification | None = None) -> str:
    """The page to print; ``proof`` is how a signed version is verified (code, address, svg)."""
    return render_to_string("reports/annual/print.html", {"document": document, "proof": proof})


def html_file(document: Document, proof: Verification | None = None) -> str:
    """One file that prints by itself: the page with its styles inside."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    styles = "\n".join((folder / name).read_text() for name in STYLESHEETS)
    return printed_html(document, proof).replace(
        "</head>", f"<style>\n{styles}</style>\n  </head>", 1
    )


def pdf_file(
    document: Document, *, proof: Verification | None = None, variant: str = ARCHIVE
) -> bytes:
    """Not for use inside a database transaction; raises PdfUnavailableError."""
    return render_pdf(printed_html(document, proof), variant=variant)
