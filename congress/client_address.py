"""The network address that a request comes from."""

from ipaddress import ip_address

from django.conf import settings


def client_address(request) -> str:
    """The client's address in its usual spelling; empty where none is known.

    Behind the one web server of ``BEHIND_PROXY`` it is the last entry of ``X-Forwarded-For``: that
    one the web server wrote itself, whatever stands before it anybody may have sent. Without it the
    header counts for nothing.
    """
    addresses = [request.META.get("REMOTE_ADDR", "")]
    if settings.BEHIND_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        addresses.insert(0, forwarded.rsplit(",", 1)[-1].strip())
    return next((spelled for each in addresses if (spelled := _spelled(each))), "")


def _spelled(address: str) -> str:
    try:
        return str(ip_address(address))
    except ValueError:
        return ""
