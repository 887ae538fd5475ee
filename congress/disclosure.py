"""Exports and prints of personal data in full: by permission, for a reason, marked and logged.

A page that gives personal data only masked gives them in full by ``disclosed``: the same address
with ``?full=1`` asks for the reason first, and answers the form with the file. The file carries who
made it and when; the number on it is that of the entry in the audit log.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from congress import audit
from congress.audit import Kind
from congress.models import AuditEntry
from congress.periods import now
from congress.privacy import without_personal_numbers
from congress.reasons import ReasonForm
from congress.roles import exports_personal_data

#: In the address of a page that gives personal data, where they are wanted in full.
FULL = "full"


class DisclosureForm(ReasonForm):
    usual = ("存入纸质档案", "向承办单位当面交接", "统计核对", "备份台账")


@dataclass(frozen=True)
class Disclosure:
    """One file that left the program with personal data in full."""

    number: str
    by: str
    at: datetime.datetime
    kind: Kind
    what: str
    reason: str

    def __str__(self) -> str:
        """王敏 2020-08-20 15:04 导出 编号20200820-31."""
        moment = f"{self.at:%Y-%m-%d %H:%M}"
        return f"{self.by} {moment} {self.kind.label} 编号{self.number}"

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What the sheet 导出说明 says."""
        return [
            ("内容", self.what),
            ("编号", self.number),
            (f"{self.kind.label}人", self.by),
            ("时间", f"{self.at:%Y-%m-%d %H:%M}"),
            ("事由", self.reason),
            ("注意", "含个人信息，只用于上述事由，用完妥善保管或者销毁，不得外传。"),
        ]


def made(*, kind: Kind, what: str, count: int, reason: str, by: str, subject=None) -> Disclosure:
    """Write the entry of the audit log; the file is made after it, never without it."""
    reason = without_personal_numbers(reason)
    entry: AuditEntry = audit.note(
        kind, f"{kind.label}{what}，{count}条", subject=subject, reason=reason
    )
    moment = now()
    return Disclosure(f"{moment:%Y%m%d}-{entry.pk}", by, moment, kind, what, reason)


def disclosed(
    request,
    make: Callable[[Disclosure], HttpResponse],
    *,
    kind: Kind,
    what: str,
    count: int,
    back: str,
    subject=None,
) -> HttpResponse:
    """Ask for the reason; with it, note the disclosure and answer with what ``make`` gives.

    ``what`` names the file in words, ``count`` how many records it tells of. Raises
    ``PermissionDenied`` for whoever may not have personal data in full.
    """
    user = request.user
    if not exports_personal_data(user):
        raise PermissionDenied
    form = DisclosureForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        title = f"{kind.label}{what}"
        context = {"title": title, "form": form, "count": count, "kind": kind, "back": back}
        return render(request, "congress/disclosure_form.html", context)
    reason = form.cleaned_data["reason"]
    disclosure = made(
        kind=kind, what=what, count=count, reason=reason, by=user.name, subject=subject
    )
    response = make(disclosure)
    response.headers["Cache-Control"] = "no-store"
    return response
