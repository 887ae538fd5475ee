"""Log-ins, log-outs, failures and locks, as the audit log tells them."""

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from congress import audit
from congress.audit import Kind
from congress.models import User

from . import lifetime


@receiver(user_logged_in)
def note_log_in(sender, request, user, **kwargs):
    lifetime.begin(request)
    audit.note(Kind.LOG_IN, "登录", user=user)


@receiver(user_logged_out)
def note_log_out(sender, request, user, **kwargs):
    if user:
        audit.note(Kind.LOG_OUT, getattr(request, "log_out_words", "退出"), user=user)


@receiver(user_login_failed)
def note_failure(sender, credentials, request=None, **kwargs):
    """What was typed as the name is not written down: it may be a password."""
    user = _account(credentials)
    what = credentials.get("what", "密码不对") if user else "没有这个用户名"
    if getattr(request, "axes_failures_since_start", None) is None and getattr(
        request, "axes_locked_out", False
    ):
        what = "锁定期间再次尝试"
    audit.note(Kind.FAILURE, f"登录失败：{what}", user=user)


@receiver(user_locked_out)
def note_lock(sender, request, username, ip_address, **kwargs):
    """Once a lock; ``username`` is a fingerprint, so the account is that of the failure."""
    if request.axes_failures_since_start is None:
        return
    user = _account(request.axes_credentials)
    audit.note(Kind.LOCK, "登录失败次数过多，暂停登录15分钟", user=user)


def _account(credentials: dict) -> User | None:
    return User.objects.filter(username=credentials.get("username") or "").first()
