"""Tells the audit log who acts, and what was refused."""

from congress.audit import Kind, acting, note
from congress.client_address import client_address

from .chain import seal_left


class AuditMiddleware:
    """Stands right after the authentication: the user is known, no page has been asked yet."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user if request.user.is_authenticated else None
        with acting(user, client_address(request)):
            response = self.get_response(request)
            if user and response.status_code == 403:
                note(Kind.REFUSAL, f"没有权限：{request.method} {request.path}"[:200])
        seal_left()
        return response
