"""What is answered instead of a page: what happened, whether it was saved, what to do next.

These answers ask neither the database nor the log-in, as it may be the database that is away. A
fault of the program or the machine bears a number; the line of the log that tells its cause has
the same one (``congress/log_lines.py``).
"""

import errno
import sys
from collections.abc import Iterator
from enum import Enum

import psycopg
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string

from .legible import legible_code

_NUMBER_LENGTH = 6
#: Seconds after which a browser or a program may ask again.
RETRY_AFTER = 30

_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
#: The driver's own come as they are where it closes what a lost connection has left open.
_NO_CONNECTION = (
    OperationalError,
    InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)
_UNREADABLE = (SuspiciousOperation, MultiPartParserError, UnreadablePostError)


class Trouble(Enum):
    """Why something could not be done for now: title and what became of it."""

    AWAY = ("数据库暂时连不上", "数据库恢复后会自动接上，一般不到一分钟。")
    BUSY = ("同时保存的人太多", "几个人同时在保存，这一次没有轮到。")
    FULL = ("服务器的磁盘满了", "请告诉系统管理员腾出空间；腾出以后不用重启，可以接着办。")


#: SQLite's name of the error, and PostgreSQL's SQLSTATE (appendix A of its manual).
_TROUBLE_OF_CODE = {
    "SQLITE_FULL": Trouble.FULL,
    "53100": Trouble.FULL,
    "SQLITE_BUSY": Trouble.BUSY,
    "40001": Trouble.BUSY,
    "40P01": Trouble.BUSY,
    "55P03": Trouble.BUSY,
    # A table or column that is not there does not come back by waiting.
    "SQLITE_ERROR": None,
}


def bad_request(request, exception=None) -> HttpResponse:
    if trouble_of(exception):  # a session that could not be begun
        return server_error(request)
    if isinstance(exception, _TOO_MUCH):
        words = (
            "一次提交的内容超过了允许的大小，这一步没有保存。"
            "请返回上一页，附件压缩后再传，或者分几次添加。"
        )
        return _answer(request, 413, "提交的内容太大", words)
    words = "送来的内容不完整或不正确，这一步没有保存。请返回上一页，刷新后再试。"
    return _answer(request, 400, "请求不正确", words)


def forbidden(request, exception=None) -> HttpResponse:
    words = "您的角色不能打开这个页面。需要使用的，请联系系统管理员。"
    return _answer(request, 403, "没有权限", words)


def csrf_failure(request, reason="") -> HttpResponse:
    words = "页面打开太久或登录已变化，这次没有保存。请返回上一页，刷新后再提交。"
    return _answer(request, 403, "页面已过期", words, is_kept=True)


def not_found(request, exception=None) -> HttpResponse:
    return _answer(request, 404, "没有找到", "这个页面不存在，或者不在您能查看的范围内。")


def server_error(request) -> HttpResponse:
    """Answers the exception that is being handled: 503 where waiting helps, otherwise 500."""
    request.fault_number = new_number()
    trouble = trouble_of(sys.exception())
    if trouble:
        title, words = trouble.value
        response = _answer(request, 503, title, f"{_not_saved(request)}{words}")
        response["Retry-After"] = RETRY_AFTER
        return response
    words = f"{_not_saved(request)}仍不成功的，请把编号告诉系统管理员。"
    return _answer(request, 500, "系统出错", words)


def new_number() -> str:
    return legible_code(_NUMBER_LENGTH)


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What in the machine stood in the way; None where it is the program's own fault."""
    found = None
    for each in causes(error):
        if isinstance(each, OSError) and each.errno in (errno.ENOSPC, errno.EDQUOT):
            return Trouble.FULL
        code = getattr(each, "sqlite_errorname", None) or getattr(each, "sqlstate", None)
        if code in _TROUBLE_OF_CODE:
            return _TROUBLE_OF_CODE[code]
        if isinstance(each, _NO_CONNECTION):
            found = Trouble.AWAY
    return found


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came of, as a traceback tells them."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _not_saved(request) -> str:
    if request.method in ("GET", "HEAD"):
        return "这个页面现在打不开，已经保存的内容都在。请稍后刷新本页。"
    if _kept(request):
        return "这一步没有保存。填写的内容还在，请不要关闭本页，稍后点“再试一次”，不会重复登记。"
    return "这一步没有保存。请稍后返回上一页再提交，填写的内容还在；附件须重新选择。"


def _kept(request) -> list[tuple[str, str]]:
    """What was sent, to be sent again: no password, and no form whose files would be missing."""
    if request.method != "POST":
        return []
    try:
        fields, files = request.POST, request.FILES
    except _UNREADABLE:
        return []
    if files or any("password" in name for name in fields):
        return []
    return [(name, value) for name, values in fields.lists() for value in values]


def _answer(request, status: int, title: str, words: str, is_kept=False) -> HttpResponse:
    """``is_kept``: what was sent is filled in again where the browser kept it (``kept.js``)."""
    number = getattr(request, "fault_number", "")
    if "application/json" in request.headers.get("Accept", ""):
        told = {"error": title, "said": words, "number": number}
        response = JsonResponse(told, status=status)
    else:
        context = {"title": title, "words": words, "number": number, "is_kept": is_kept}
        if status >= 500:
            context |= {"address": request.get_full_path(), "kept": _kept(request)}
        response = HttpResponse(render_to_string("fault.html", context), status=status)
    response["Cache-Control"] = "no-store"
    return response
