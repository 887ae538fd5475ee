"""A PDF as the answer to a request; personal data in it in full only for a reason."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from .audit import Kind
from .disclosure import FULL, Disclosure, disclosed
from .models import Township
from .pdf import PdfUnavailableError

#: The browser's own viewer is a page with a plug-in and styles, which a stricter policy would stop.
SHOWN_AS_PAPER = "frame-ancestors 'none'"


def disclosed_paper(
    request,
    name: str,
    make: Callable[[Township, Disclosure | None], bytes],
    back: str,
    *,
    count: int,
    subject=None,
) -> HttpResponse:
    """A paper with masked personal data; with ``?full=1`` in full, once a reason is given."""
    if FULL not in request.GET:
        return paper(request, name, lambda township: make(township, None), back)

    def in_full(disclosure: Disclosure) -> HttpResponse:
        return paper(request, name, lambda township: make(township, disclosure), back)

    return disclosed(
        request, in_full, kind=Kind.PRINT, what=name, count=count, back=back, subject=subject
    )


def paper(request, name: str, make: Callable[[Township], bytes], back: str) -> HttpResponse:
    """The PDF that ``make`` gives for the township, shown in the browser; else the page before."""
    township = Township.objects.first()
    if township is None:
        return redirect("township")
    try:
        content = make(township)
    except PdfUnavailableError as error:
        messages.error(request, str(error))
        return redirect(back)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf")
    response.headers["Content-Security-Policy"] = SHOWN_AS_PAPER
    return response
