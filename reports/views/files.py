"""The report as a file to download."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from congress.file_kinds import DOCX
from congress.models import Township
from congress.pdf import ARCHIVE, TAGGED, PdfUnavailableError
from congress.uploads import NEITHER_SHOWN_NOR_RUN
from reports.docx import docx_file
from reports.forms import OtherViewForm
from reports.models import AnnualReport
from reports.rendering import document_of, html_file, pdf_file

from .found import found_report
from .viewed import chosen


@require_safe
def report_pdf(request, slug: str):
    """For the archive; tagged (``?variant=tagged``) for those who have it read out."""
    tagged = request.GET.get("variant") == "tagged"
    report = found_report(request, slug)
    view = _view_asked_for(request, report)
    if not view.is_valid():
        return redirect(_page_that_says_why(request, report))
    try:
        content = pdf_file(
            document_of(report, **chosen(view)), variant=TAGGED if tagged else ARCHIVE
        )
    except PdfUnavailableError as error:
        messages.error(request, str(error))
        return redirect(report)
    name = f"{report.year}年人大工作汇报{'（无障碍）' if tagged else ''}.pdf"
    return download(content, "application/pdf", name)


@require_safe
def report_html(request, slug: str):
    report = found_report(request, slug)
    view = _view_asked_for(request, report)
    if not view.is_valid():
        return redirect(_page_that_says_why(request, report))
    content = html_file(document_of(report, **chosen(view)))
    return download(content, "text/html; charset=utf-8", f"{report.year}年人大工作汇报.html")


@require_safe
def report_docx(request, slug: str):
    report = found_report(request, slug)
    view = _view_asked_for(request, report)
    if not view.is_valid():
        return redirect(_page_that_says_why(request, report))
    content = docx_file(document_of(report, **chosen(view)))
    return download(content, DOCX.content_type, f"{report.year}年人大工作汇报.docx")


def _view_asked_for(request, report: AnnualReport) -> OtherViewForm:
    if not Township.objects.exists():
        raise Http404
    return OtherViewForm(request.GET, report=report)


def _page_that_says_why(request, report: AnnualReport) -> str:
    """A cut-off or style that cannot be read gives no file that looks like the right one."""
    return f"{report.get_absolute_url()}?{request.GET.urlencode()}"


def download(content, content_type: str, name: str) -> HttpResponse:
    """To be saved; a browser that shows the page all the same lets it run and fetch nothing."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Content-Security-Policy"] = NEITHER_SHOWN_NOR_RUN
    return response
