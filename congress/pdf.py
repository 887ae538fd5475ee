"""HTML to PDF by GB/T 9704, for all papers of the program.

Rendered in a process of its own (``pdf_process``), kept for a while (``pdf_cache``).
"""

import io

from pikepdf import Pdf

from congress import pdf_cache, pdf_process
from congress.pdf_engine import ARCHIVE, TAGGED, Order, PdfUnavailableError

__all__ = [
    "ARCHIVE",
    "TAGGED",
    "PdfUnavailableError",
    "page_count",
    "render_pdf",
    "render_sheets",
    "render_within_pages",
]


def render_pdf(html, *, base_css="print.css", first_page=1, variant=ARCHIVE):
    """Return the PDF of a document made from `templates/base_print.html`.

    Its pages are numbered from `first_page`. Title, author and language are those of the HTML.
    `base_css` names a file of `static/css/`. The same input gives the same bytes. Raises
    PdfUnavailableError. Not for use inside a database transaction: a long report takes seconds.
    """
    return render_within_pages([html], base_css=base_css, first_page=first_page, variant=variant)


def render_within_pages(htmls, pages=None, *, base_css="print.css", first_page=1, variant=ARCHIVE):
    """Return the PDF of the first of several settings of one document, the roomiest first, that
    takes no more than `pages` pages; of the last where none does. Otherwise like render_pdf.
    """
    return render_sheets([htmls], pages, base_css=base_css, first_page=first_page, variant=variant)


def render_sheets(sheets, pages=None, *, base_css="print.css", first_page=1, variant=ARCHIVE):
    """Return one PDF of several documents, each in the setting that `render_within_pages` takes.

    Page numbers begin anew with each; title and author are the first one's.
    """
    order = Order(tuple(map(tuple, sheets)), pages, base_css, first_page, variant)
    return pdf_cache.made_once(order, pdf_process.render)


def page_count(pdf: bytes) -> int:
    with Pdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
