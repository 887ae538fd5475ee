"""A PDF as the answer to a request."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from .models import Township
from .pdf import PdfUnavailableError


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
    response.headers["Cache-Control"] = "no-store"
    return response
