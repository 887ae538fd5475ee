"""Nobody works on with a password that somebody else knows, or that is too old, nor without the
one-time code that the account must use.
"""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from congress.models import User
from congress.todo import Todo, todo_source

#: So long before, a password's end is announced.
ANNOUNCED = datetime.timedelta(days=14)
#: What stays open meanwhile.
OPEN = {"password_change", "logout", "stay"}
CODE = "own_code"


class PasswordAgeMiddleware:
    """Leads to the page where the password is changed, then to where the code is set up, and
    nowhere else until that is done.

    A form that is being filled when a password grows too old is still taken.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not user.is_authenticated or not getattr(view, "login_required", True):
            return None
        reads = request.method in {"GET", "HEAD"}
        must = user.must_change_password or (reads and has_expired(user))
        page = request.resolver_match.url_name
        if must and page not in OPEN:
            return redirect("password_change")
        if user.must_use_code and not user.uses_code and page not in {*OPEN, CODE}:
            return redirect(CODE)
        return None


def has_expired(user: User) -> bool:
    """Demonstration accounts live longer than their passwords."""
    return user.password_has_expired and not settings.DEMO


@todo_source
def password_ends(user: User, day: datetime.date) -> Iterable[Todo]:
    end = user.password_expires_at
    if end and not settings.DEMO and end - ANNOUNCED <= timezone.now():
        yield Todo(
            f"密码{timezone.localtime(end):%Y-%m-%d}到期",
            1,
            reverse("password_change"),
            "due-soon",
            f"密码每{settings.PASSWORD_DAYS}天更换一次，到期前换好，工作不受影响。",
            "项",
        )
