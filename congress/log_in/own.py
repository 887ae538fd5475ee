"""The own log-ins: seen by their owner, ended one by one or all but the present one.

They are read from the sessions themselves, so that what is listed lives and what is ended is gone
at once. Sessions live for a working day at most: there are a few for each account.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from congress import audit
from congress.models import User
from congress.sealing import fingerprint

from .lifetime import ADDRESS, BROWSER, STARTED, USED, why_over

OTHERS = "others"


@dataclass(frozen=True)
class LogIn:
    """``name`` stands for the session in forms; its key, which opens it, is never shown."""

    name: str
    key: str
    started: datetime.datetime
    used: datetime.datetime
    address: str
    browser: str
    is_this: bool


def log_ins(request: HttpRequest):
    """Lists the own log-ins; ends the one that ``end`` names, or with ``others`` all others."""
    own = sorted(_living(request), key=lambda each: (not each.is_this, -each.used.timestamp()))
    if request.method == "POST":
        asked = request.POST.get("end", "")
        ended = [each for each in own if not each.is_this and asked in {OTHERS, each.name}]
        _end(request.user, ended)
        if ended:
            messages.success(request, f"已结束其他{len(ended)}处登录。不是本人的，请马上修改密码。")
        else:
            messages.info(request, "没有可以结束的登录，可能已经结束。")
        return redirect("log_ins")
    context = {"title": "我的登录", "log_ins": own, "others": OTHERS}
    return render(request, "registration/log_ins.html", context)


def _living(request) -> Iterator[LogIn]:
    user: User = request.user
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        held = session.get_decoded()
        is_own = held.get(SESSION_KEY) == str(user.pk) and STARTED in held
        if not is_own or why_over(held):
            continue
        if any(constant_time_compare(held.get(HASH_SESSION_KEY, ""), each) for each in hashes):
            yield LogIn(
                name=fingerprint(session.session_key)[:20],
                key=session.session_key,
                started=_time(held[STARTED]),
                used=_time(held[USED]),
                address=held.get(ADDRESS, ""),
                browser=held.get(BROWSER, ""),
                is_this=session.session_key == request.session.session_key,
            )


@transaction.atomic
def _end(user: User, ended: list[LogIn]) -> None:
    Session.objects.filter(session_key__in=[each.key for each in ended]).delete()
    for each in ended:
        words = f"结束本人另一处登录：{each.address} {each.browser}".rstrip()
        audit.note(audit.Kind.LOG_OUT, words, user=user)


def _time(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
