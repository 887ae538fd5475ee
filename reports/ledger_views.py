"""Pages that take a ledger workbook in, and give one out."""

import io
import logging
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress import background
from congress.audit import Kind
from congress.background import DONE, FAILED
from congress.cells import FIRST_YEAR, LAST_YEAR
from congress.disclosure import FULL, disclosed
from congress.ledger_plan import Change, LedgerConflict
from congress.periods import today
from congress.roles import require_keeper
from congress.workbook import CellError, WorkbookError
from congress.workbook_file import MAX_FILE_BYTES, TOO_BIG, WorkbookFile
from voters.models import Visit

from . import ledger_store
from .ledger_store import Upload
from .ledgers import (
    NothingToExport,
    Progress,
    export,
    export_masked,
    import_ledgers,
    masked_cell,
    plan_import,
)
from .models import AnnualReport

logger = logging.getLogger(__name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_CHANGES = 200

CONFLICT = "导入时有人改动了同样的记录，没有写入任何内容；请重新核对。"
UNEXPECTED = "导入没有完成，没有写入任何内容；请把台账交给系统管理员检查。"
NOT_AS_PREVIEWED = "数据有了变化，台账中有内容要改正，没有写入任何内容；请重新核对。"


class LedgerForm(forms.Form):
    file = forms.FileField(
        label="台账工作簿",
        help_text="Excel工作簿（.xlsx），不超过20MB；上传后先核对，确认后才写入",
        widget=forms.ClearableFileInput(attrs={"accept": f".xlsx,{XLSX}"}),
        error_messages={
            "required": "请先选择台账工作簿。",
            "empty": "这个文件是空的，请重新选择。",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(TOO_BIG)
        try:
            WorkbookFile(file)
        except WorkbookError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class YearForm(forms.Form):
    year = forms.IntegerField(
        label="年度",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"required": "请填写年度。", "invalid": "年度应为四位数字，如2020。"},
    )


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("台账导入导出", reverse("ledgers")), *more]


def _upload(request, token: str) -> Upload:
    require_keeper(request.user)
    upload = Upload.find(request, token)
    if upload is None:
        raise Http404
    return upload


def ledgers(request):
    """Choose a workbook to import, or a year to export."""
    require_keeper(request.user)
    form = LedgerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        upload = ledger_store.keep(request, file, file.name)
        return redirect("ledger_preview", upload.token)
    return _ledgers_page(request, form, YearForm(initial={"year": _usual_year()}))


def _ledgers_page(request, form: LedgerForm, year_form: YearForm):
    context = {"title": "台账导入导出", "form": form, "year_form": year_form}
    return render(request, "reports/ledger_form.html", context)


def _usual_year() -> int:
    report = AnnualReport.objects.order_by("-year").first()
    return report.year if report else today().year


@require_safe
def ledger_preview(request, token: str):
    """What the import would do: counts, errors, and what would change."""
    upload = _upload(request, token)
    if background.find(request, upload.token):
        return redirect("ledger_result", token)
    context = {"title": "核对台账", "crumbs": _crumbs(), "upload": upload}
    try:
        with upload.workbook.open("rb") as file:
            plan = plan_import(file, request.user)
    except WorkbookError as error:
        context["sentence"] = str(error)
    else:
        context |= {
            "plan": plan,
            "summaries": plan.summaries(),
            "errors": [_masked(error, "value") for error in plan.errors],
            "changes": [_masked(change, "old", "new") for change in plan.changes[:SHOWN_CHANGES]],
            "more_changes": max(len(plan.changes) - SHOWN_CHANGES, 0),
        }
    return render(request, "reports/ledger_preview.html", context)


def _masked(found: Change | CellError, *names: str) -> Change | CellError:
    cells = {name: masked_cell(found.sheet, found.column, getattr(found, name)) for name in names}
    return replace(found, **cells)


@require_POST
def ledger_confirm(request, token: str):
    """Import what was previewed, checked once more; in the background where the page can wait."""
    upload = _upload(request, token)
    user = request.user

    def work(tell):
        return _import(upload, user, lambda words: tell(0, 0, words))

    background.start(request, once=upload.token, title="导入台账", back=_crumbs()[0], work=work)
    return redirect("ledger_result", token)


def _import(upload: Upload, user, progress: Progress) -> tuple[str, str]:
    """Work of a background job."""
    try:
        with upload.workbook.open("rb") as file:
            plan = import_ledgers(file, user, progress)
    except WorkbookError as error:
        raise ValidationError(str(error)) from error
    except LedgerConflict as error:
        raise ValidationError(CONFLICT) from error
    except Exception as error:
        logger.exception("ledger import failed")
        raise ValidationError(UNEXPECTED) from error
    if plan.errors:
        raise ValidationError(NOT_AS_PREVIEWED)
    upload.result = [asdict(summary) for summary in plan.summaries()]
    upload.save()
    upload.workbook.unlink()
    return "已全部写入。", reverse("ledger_result", args=[upload.token])


@require_safe
def ledger_result(request, token: str):
    """How far the import is, and in the end what it did."""
    upload = _upload(request, token)
    job = background.find(request, upload.token)
    if job is None:
        return redirect("ledger_preview", token)
    titles = {DONE: "台账已导入", FAILED: "台账没有导入"}
    context = {
        "title": titles.get(job.state, job.heading),
        "crumbs": _crumbs(),
        "upload": upload,
        "job": job,
        "is_done": job.state == DONE,
        "may_retry": upload.workbook.exists(),
    }
    return render(request, "reports/ledger_result.html", context)


@require_POST
def ledger_retry(request, token: str):
    """Back to the preview after an import that wrote nothing."""
    upload = _upload(request, token)
    job = background.find(request, upload.token)
    if job and job.state == FAILED and upload.workbook.exists():
        job.remove()
    return redirect("ledger_preview", token)


@require_POST
def ledger_discard(request, token: str):
    upload = _upload(request, token)
    if not background.find(request, upload.token):
        upload.remove()
    return redirect("ledgers")


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_export(request):
    """The workbook of a year with masked voters; with ?full=1, for a reason, as it is imported."""
    require_keeper(request.user)
    year_form = YearForm(request.GET)
    if not year_form.is_valid():
        return _ledgers_page(request, LedgerForm(), year_form)
    year = year_form.cleaned_data["year"]
    try:
        if FULL not in request.GET:
            return _ledger_file(
                f"{year}年台账（已隐去个人信息）", partial(export_masked, year, user=request.user)
            )
        return disclosed(
            request,
            lambda mark: _ledger_file(
                f"{year}年台账", partial(export, year, mark=mark, user=request.user)
            ),
            kind=Kind.EXPORT,
            what=f"{year}年台账工作簿（含姓名、电话）",
            count=Visit.objects.visible_to(request.user).filter(day__date__year=year).count(),
            back=reverse("ledgers"),
        )
    except NothingToExport as error:
        year_form.add_error("year", str(error))
        return _ledgers_page(request, LedgerForm(), year_form)


def _ledger_file(name: str, write: Callable[[BinaryIO], None]) -> FileResponse:
    content = io.BytesIO()
    write(content)
    content.seek(0)
    return FileResponse(content, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
