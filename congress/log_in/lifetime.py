"""A log-in ends by itself: after a while without use, and after a working day at most.

The session holds when the log-in began and when it was last used, in seconds since 1970. Use is
written down at most once in ``NOTED_EVERY`` seconds, so that reading pages does not cost a write
each; the server is patient for as long beyond the limit. An open page counts exactly, warns and
ends the log-in itself (``stay``), so that nothing is left on the screen.
"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from congress.client_address import client_address

from .browsers import browser_named

STARTED, USED = "log_in_started", "log_in_used"
ADDRESS, BROWSER = "log_in_address", "log_in_browser"
NOTED_EVERY = 60
IDLE, LIMIT = "idle", "limit"


def begin(request: HttpRequest) -> None:
    """Count from now, and note where from; called at the log-in. Clears away what has ended."""
    request.session.clear_expired()
    request.session[STARTED] = request.session[USED] = _now()
    request.session[ADDRESS] = client_address(request)
    request.session[BROWSER] = browser_named(request.headers.get("User-Agent", ""))


def is_not_use(view):
    """Mark a view that pages ask by themselves: it does not keep a log-in alive."""
    view.is_use = False
    return view


class LogInEndsMiddleware:
    """Ends what is over before the page is asked; stands after the audit log's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated:
            return None
        if STARTED not in request.session:  # begun before log-ins were counted
            begin(request)
        why = why_over(request.session)
        if why:
            _end(request, why)
            if not getattr(view, "login_required", True):
                return None
            return redirect(_log_in_address(why, _page_to_return_to(request)))
        if getattr(view, "is_use", True) and _now() - request.session[USED] >= NOTED_EVERY:
            request.session[USED] = _now()
        return None


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """An open page is used; with ``end``, the page's own address, nobody has used it for too long.

    Being asked is use; for the end it answers where to log in again.
    """
    if page := request.POST.get("end"):
        _end(request, IDLE)
        return JsonResponse({"log_in": _log_in_address(IDLE, page)})
    return HttpResponse(status=204)


def why_over(session) -> str | None:
    """``LIMIT`` or ``IDLE`` where a log-in has to end; ``session`` maps the keys above."""
    now = _now()
    if now - session[STARTED] >= settings.LOG_IN_SECONDS:
        return LIMIT
    if now - session[USED] >= settings.IDLE_SECONDS + NOTED_EVERY:
        return IDLE
    return None


def _end(request, why: str) -> None:
    request.log_out_words = {
        IDLE: f"{settings.IDLE_SECONDS // 60}分钟没有操作，自动退出",
        LIMIT: f"登录满{settings.LOG_IN_SECONDS // 3600}小时，自动退出",
    }[why]
    logout(request)


def _page_to_return_to(request) -> str:
    """The page that was asked for, or the one with the form that was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    sender = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(sender, {request.get_host()}, request.is_secure()):
        return ""
    parts = urlsplit(sender)
    return parts._replace(scheme="", netloc="", fragment="").geturl()


def _log_in_address(why: str, page: str) -> str:
    return f"{reverse('login')}?{urlencode({'next': page, 'why': why})}"


def _now() -> int:
    return int(timezone.now().timestamp())
