"""A roster as it arrives: sent, its columns matched, each row previewed, then taken in."""

import contextlib
from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from congress import roles
from congress.editing import fingerprint
from congress.private_notes import PrivateNote, new_token, owner_of
from congress.workbook_file import MAX_WHOLE_BYTES, WHOLE_TOO_BIG, WorkbookError
from delegates.decisions import only
from groups.models import RosterColumn
from groups.roster.headings import MEANINGS
from groups.roster.judging import NO_GROUPS, NO_TERM, Judge, Outcome, term_in_force
from groups.roster.reading import RosterFile, read_roster, shown
from groups.roster.saving import match_columns, take_in

CHANGED_MEANWHILE = "核对之后记录有了变化，没有写入任何内容；请再核对一次。"
NOT_LEFT_OUT = "有不能导入的行：请先在原表中改好重新上传，或者勾选“这些行先不导入”。"
#: Rows shown as they will be stored; as many are told of those that are refused.
MOST_SHOWN = 300
#: Shown of each row; the rest is told with the delegate.
SHOWN = tuple(heading for heading in MEANINGS if heading != "状态")


@dataclass
class RosterUpload(PrivateNote):
    FOLDER: ClassVar[str] = "rosters"

    name: str


class RosterForm(forms.Form):
    file = forms.FileField(
        label="花名册",
        help_text="Excel工作簿（.xlsx），不超过5MB；有标题、合并的单元格、合计行的也可以",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请先选择花名册。", "empty": "这个文件是空的，请重新选择。"},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_WHOLE_BYTES:
            raise forms.ValidationError(WHOLE_TOO_BIG)
        try:
            read_roster(file, RosterColumn.remembered())
        except WorkbookError as error:
            raise forms.ValidationError(str(error)) from error
        return file


def _crumbs() -> list[tuple[str, str]]:
    return [("代表", reverse("delegate_list")), ("导入花名册", reverse("roster"))]


@only(roles.keeps_records)
def roster(request):
    """Choose a roster; it is read, and shown before anything is written."""
    form = RosterForm(request.POST or None, request.FILES or None)
    obstacle = _obstacle()
    if request.method == "POST" and not obstacle and form.is_valid():
        file = form.cleaned_data["file"]
        RosterUpload.remove_old()
        upload = RosterUpload(new_token(), owner_of(request), file.name)
        upload.keep(".xlsx", file)
        upload.save()
        return redirect("roster_preview", upload.token)
    context = {
        "title": "导入花名册",
        "form": form,
        "obstacle": obstacle,
        "crumbs": _crumbs()[:1],
        "cancel_url": reverse("delegate_list"),
    }
    return render(request, "groups/roster_form.html", context)


def _obstacle() -> str:
    """What must be there before a roster can be taken in."""
    term = term_in_force()
    if term is None:
        return NO_TERM
    return "" if term.groups.exists() else NO_GROUPS


def _upload_or_404(request, token: str) -> RosterUpload:
    upload = RosterUpload.find(request, token)
    if upload is None:
        raise Http404
    return upload


@only(roles.keeps_records)
def roster_preview(request, token: str):
    """What would become of each row; columns may be matched otherwise, then it is taken in."""
    upload = _upload_or_404(request, token)
    if _obstacle():
        return redirect("roster")
    if request.method == "POST" and "match" in request.POST:
        columns = _read(upload).columns
        chosen = {each.key: request.POST.get(f"column_{each.number}") for each in columns}
        match_columns(by=request.user, columns=columns, chosen=chosen)
        messages.success(request, "已按所选的栏目重新核对，下次导入也按此对应。")
        return redirect("roster_preview", token)
    if request.method == "POST":
        return _take_in(request, upload)
    return _preview(request, upload)


def _read(upload: RosterUpload) -> RosterFile:
    try:
        with upload.file(".xlsx").open("rb") as content:
            return read_roster(content, RosterColumn.remembered())
    except FileNotFoundError as error:
        raise Http404 from error


def _judged(read: RosterFile) -> list[Outcome]:
    return [] if read.missing else Judge(term_in_force()).judge(read.rows)


def _seen(outcomes: list[Outcome]) -> str:
    return fingerprint(
        [(each.row.number, each.word, each.row.values, each.row.errors) for each in outcomes]
    )


def _preview(request, upload: RosterUpload, warning: str = "", status: int = 200):
    try:
        read = _read(upload)
    except WorkbookError as error:
        messages.error(request, str(error))
        return redirect("roster")
    outcomes = _judged(read)
    has_identities = any(column.meaning == "身份证号" for column in read.columns)
    headings = [each for each in SHOWN if each != "身份证号" or has_identities]
    refused = [outcome for outcome in outcomes if outcome.is_refused]
    taken = [outcome for outcome in outcomes if outcome.does_something]
    context = {
        "title": "核对花名册",
        "crumbs": _crumbs(),
        "upload": upload,
        "roster": read,
        "meanings": list(MEANINGS),
        "warning": warning,
        "refused": refused,
        "taken": taken,
        "alike": [outcome for outcome in taken if outcome.likenesses],
        "unchanged": len(outcomes) - len(refused) - len(taken),
        "headings": headings,
        "rows": [(outcome, _cells(outcome, headings)) for outcome in outcomes[:MOST_SHOWN]],
        "more_rows": max(len(outcomes) - MOST_SHOWN, 0),
        "seen": _seen(outcomes),
    }
    return render(request, "groups/roster_preview.html", context, status=status)


def _cells(outcome: Outcome, headings: list[str]) -> list[dict]:
    """Each column of a row as it would be kept, and what was written where that differs."""
    written = {note.column: note.written for note in outcome.row.notes}
    stored = {note.column: note.written for note in outcome.changes}
    blamed = {column for column, _ in outcome.row.errors}
    return [
        {
            "heading": heading,
            "text": shown(heading, outcome.row[heading]),
            "written": written.get(heading, ""),
            "stored": stored.get(heading),
            "is_blamed": heading in blamed,
        }
        for heading in headings
    ]


def _take_in(request, upload: RosterUpload):
    read = _read(upload)
    try:
        with transaction.atomic():
            outcomes = _judged(read)
            if _seen(outcomes) != request.POST.get("seen"):
                return _preview(request, upload, CHANGED_MEANWHILE, 409)
            if any(outcome.is_refused for outcome in outcomes) and "leave_out" not in request.POST:
                return _preview(request, upload, NOT_LEFT_OUT)
            count = take_in(by=request.user, term=term_in_force(), outcomes=outcomes)
    except IntegrityError:
        return _preview(request, upload, CHANGED_MEANWHILE, 409)
    upload.remove()
    alike = sum(bool(outcome.likenesses) for outcome in outcomes)
    if alike:
        messages.success(
            request, f"已导入{count}行，其中{alike}人可能与另一份记录是同一人，请在下面逐对比较。"
        )
        return redirect("duplicates")
    messages.success(request, f"已导入{count}行。")
    return redirect("delegate_list")


@require_POST
@only(roles.keeps_records)
def roster_discard(request, token: str):
    with contextlib.suppress(FileNotFoundError):
        _upload_or_404(request, token).remove()
    return redirect("roster")
