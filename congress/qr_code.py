"""An address as a picture that a telephone reads."""

import segno
from django.utils.safestring import mark_safe


def qr_code(address: str) -> str:
    """A QR code as SVG, drawn within the page; 15% of it may be soiled."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, svgclass="code", lineclass=None))
