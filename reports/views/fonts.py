"""Which fonts the report's PDF was really set in."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from congress.models import Township
from congress.pdf import PdfUnavailableError
from congress.pdf_fonts import compared, embedded_fonts
from reports.rendering import document_of, pdf_file

from .found import crumbs, found_report


@require_safe
def report_fonts(request, slug: str):
    report = found_report(request, slug)
    if not Township.objects.exists():
        return redirect(report)
    try:
        embedded = embedded_fonts(pdf_file(document_of(report)))
    except PdfUnavailableError as error:
        messages.error(request, str(error))
        return redirect(report)
    faces = compared(embedded)
    context = {
        "title": f"{report}所用字体",
        "crumbs": crumbs(report),
        "faces": faces,
        "replaced": [found for found in faces if found.is_used and not found.is_proper],
        "embedded": embedded,
    }
    return render(request, "reports/report_fonts.html", context)
