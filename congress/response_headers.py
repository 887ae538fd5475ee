"""What every answer tells the browser, so that a slip in one page does no harm.

A page may say something stricter of its own; what it has set stays.
"""

#: Content Security Policy, level 3: nothing inline, nothing from elsewhere, in nobody's frame.
#: The pictures in data: addresses are those of Bootstrap's stylesheet.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

#: No page asks for any of these; photographs come by way of a file.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "usb",
    )
)


class ResponseHeadersMiddleware:
    """Stands first, so that refusals of the others carry these headers too.

    What says nothing of being kept is kept nowhere: after logging out the next one at the desk
    must not find a voter's page by the button “back”.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
