"""An address as a picture that a telephone reads."""

import segno
from django.conf import settings
from django.utils.safestring import mark_safe


def qr_code(address: str) -> str:
    """A QR code as SVG, drawn within the page; 15% of it may be soiled."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, svgclass="code", lineclass=None))


def full_address(request, path: str) -> str:
    """The address of a page for paper: by the office's public name where one is set."""
    if settings.SITE_ADDRESS:
        return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"
    return request.build_absolute_uri(path)
