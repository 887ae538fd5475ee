"""After too many failures an account, or an address, has to wait.

django-axes counts; here stands what it counts by. It never learns a user name: people type their
password into the wrong field, and its tables and its log would keep it. It knows fingerprints.
"""

import datetime

from axes.backends import AxesBackend
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Sum
from django.shortcuts import render
from django.utils import timezone

from congress import audit
from congress.client_address import client_address
from congress.models import User
from congress.sealing import fingerprint

TOO_MANY_REQUESTS = 429


def username_key(request, credentials: dict | None) -> str:
    """What stands for the user name in the tables of django-axes, known to the office or not."""
    return fingerprint((credentials or {}).get("username") or "")


def address_key(request) -> str | None:
    return client_address(request) or None


class LockingBackend(AxesBackend):
    """Asks for the password only where neither the account nor the address has to wait."""

    def authenticate(self, request, username=None, password=None, **credentials):
        try:
            super().authenticate(request, username=username, password=password, **credentials)
        except PermissionDenied:
            request.axes_credentials = {"username": username}
            raise
        return ModelBackend.authenticate(self, request, username, password, **credentials)


class LockHandler(AxesDatabaseHandler):
    """Counts by account and, with a limit of its own, by address.

    Everybody in an office comes from one address: five slips of one person, or of three, must not
    shut out the others. An address therefore bears ``ADDRESS_FAILURES``.
    """

    def get_failures(self, request, credentials=None) -> int:
        by_account, by_address = map(_total, self.get_user_attempts(request, credentials))
        if by_address >= settings.ADDRESS_FAILURES:
            return max(by_account, settings.AXES_FAILURE_LIMIT)
        return by_account

    def reset_user_attempts(self, request, credentials=None) -> int:
        """A log-in forgives the failures of its account, not those of others from its address."""
        by_account, _ = self.filter_user_attempts(request, credentials)
        return by_account.delete()[0]


def must_wait(request, user: User) -> bool:
    """Whether the account or the request's address is locked now."""
    return not AxesProxyHandler.is_allowed(request, {"username": user.username})


def locked_until(user: User) -> datetime.datetime | None:
    """When the account may be tried again; nothing where it may be now."""
    found = _recent(username=fingerprint(user.username))
    return _end(found) if _total(found) >= settings.AXES_FAILURE_LIMIT else None


def locked_accounts() -> list[int]:
    """The keys of all accounts that have to wait now."""
    found = _recent().order_by().values("username").annotate(total=Sum("failures_since_start"))
    locked = {each["username"] for each in found if each["total"] >= settings.AXES_FAILURE_LIMIT}
    if not locked:
        return []
    names = User.objects.values_list("pk", "username")
    return [key for key, username in names if fingerprint(username) in locked]


def unlock(user: User) -> bool:
    """Let the account be tried again; whether there was anything to lift."""
    if not AccessAttempt.objects.filter(username=fingerprint(user.username)).delete()[0]:
        return False
    audit.note(audit.Kind.LOCK, f"解除账号{user.username}的锁定", subject=user)
    return True


def unlock_address(address: str) -> bool:
    """Let an address be tried again; whether there was anything to lift."""
    if not AccessAttempt.objects.filter(ip_address=address).delete()[0]:
        return False
    audit.note(audit.Kind.LOCK, f"解除来源地址{address}的锁定")
    return True


def locked_page(request, response, credentials):
    """The log-in page says until when; the same whether there is such an account or not."""
    attempts = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    limits = (settings.AXES_FAILURE_LIMIT, settings.ADDRESS_FAILURES)
    ends = [
        _end(found) for found, limit in zip(attempts, limits, strict=True) if _total(found) >= limit
    ]
    context = {
        "form": AuthenticationForm(request),
        "next": request.POST.get("next", ""),
        "locked_until": max(ends, default=timezone.now() + settings.AXES_COOLOFF_TIME),
    }
    return render(request, "registration/login.html", context, status=TOO_MANY_REQUESTS)


def _recent(**those):
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(attempt_time__gte=since, **those)


def _total(attempts) -> int:
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def _end(attempts) -> datetime.datetime:
    return attempts.aggregate(last=Max("attempt_time"))["last"] + settings.AXES_COOLOFF_TIME
