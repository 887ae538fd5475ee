"""A year's plan as PDF, as a workbook, and from an edited workbook again."""

import base64
import binascii
import io

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress import roles
from congress.models import Township
from congress.numerals import full_date
from congress.paper import paper
from congress.pdf import render_pdf
from congress.periods import today
from congress.record_views import WORKBOOK_TYPE
from congress.workbook import Errors, WorkbookError
from delegates.decisions import only
from groups import plan_workbook, planning
from groups.forms.plan import ReasonForm
from groups.models import PlanItem
from groups.plan_workbook import PlanChanges

from .plan import OnePlan, groups_of_year, items_of_year, plans_of_year

#: A plan is a small table; what was sent travels through the page until it is confirmed.
MOST_BYTES = 500 * 1024
TOO_BIG = "计划表不超过500KB，请核对是否选错了文件。"
CHANGED_MEANWHILE = "刚才有人改动了计划，还没有写入任何内容；请重新核对下面的变化，再确认。"


@require_safe
@only(roles.reads_group_work)
def plan_pdf(request, year: int):
    """The plans that the user may see, or the one that ``plan`` names, on A4 across."""
    items = list(items_of_year(request.user, year))
    plans = [each for each in plans_of_year(request.user, year, items) if each.items]
    if "plan" in request.GET:
        plans = [each for each in plans if each.key == request.GET["plan"]]
    if not plans:
        raise Http404
    whose = str(plans[0].group or "") if len(plans) == 1 else ""
    return paper(
        request,
        f"{year}年度{whose}工作计划",
        lambda township: _pdf(township, year, plans, whose),
        reverse("plan_year", args=[year]),
    )


def _pdf(township: Township, year: int, plans: list[OnePlan], whose: str) -> bytes:
    name = f"{township.name}{whose or '人大'}"
    context = {
        "township": township,
        "title": f"{name}{year}年度工作计划",
        "plans": plans,
        "issued": _issued(plans),
        "day": today(),
    }
    return render_pdf(render_to_string("groups/papers/year_plan.html", context))


def _issued(plans: list[OnePlan]) -> str:
    """When the last of them was issued; empty while one is still open."""
    days = [each.issue.issued_on for each in plans if each.issue]
    return f"{full_date(max(days))}下发" if len(days) == len(plans) else ""


@require_safe
@only(roles.reads_group_work)
def plan_workbook_out(request, year: int):
    """The items the user may see, to be edited in Excel and sent back."""
    content = io.BytesIO()
    plan_workbook.write(content, _items(request.user, year))
    content.seek(0)
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"{year}年度工作计划.xlsx",
        content_type=WORKBOOK_TYPE,
    )


def _items(user, year: int) -> list[PlanItem]:
    items = PlanItem.objects.visible_to(user).filter(year=year).select_related("group")
    return list(items.order_by("number", "pk"))


class SheetForm(forms.Form):
    file = forms.FileField(
        label="计划表",
        help_text="先下载本年度的计划表，在Excel中改好再上传；上传后先核对，确认后才写入",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "请先选择计划表。",
            "empty": "这个文件是空的，请重新选择。",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file


@only(roles.edits_group_work)
def plan_workbook_in(request, year: int):
    """Send an edited sheet; what it would change is shown, and done once it is confirmed."""
    form = SheetForm()
    if request.method == "POST":
        if "content" in request.POST:
            return _confirm(request, year)
        form = SheetForm(request.POST, request.FILES)
        if form.is_valid():
            return _preview(request, year, form.cleaned_data["file"].read())
    context = {
        "title": f"上传{year}年度计划表",
        "year": year,
        "form": form,
        "crumbs": _crumbs(year),
    }
    return render(request, "groups/plan_upload.html", context)


def _crumbs(year: int) -> list[tuple[str, str]]:
    return [("年度计划", reverse("plan")), (f"{year}年", reverse("plan_year", args=[year]))]


def _read(user, year: int, content: bytes) -> tuple[PlanChanges, Errors]:
    groups = [*([None] if roles.keeps_records(user) else []), *groups_of_year(user, year)]
    return plan_workbook.read(io.BytesIO(content), year, _items(user, year), groups)


def _preview(request, year: int, content: bytes, form=None, warning: str = "", status: int = 200):
    context = {
        "title": f"核对{year}年度计划表",
        "year": year,
        "warning": warning,
        "crumbs": _crumbs(year),
    }
    try:
        changes, errors = _read(request.user, year, content)
    except WorkbookError as error:
        context["sentence"] = str(error)
    else:
        context |= {
            "changes": changes,
            "errors": errors,
            "content": base64.b64encode(content).decode(),
            "form": form or (ReasonForm() if changes.issues else None),
        }
    return render(request, "groups/plan_upload_preview.html", context, status=status)


def _confirm(request, year: int):
    try:
        content = base64.b64decode(request.POST["content"], validate=True)
    except (binascii.Error, ValueError):
        return redirect("plan_upload", year)
    if len(content) > MOST_BYTES:
        return redirect("plan_upload", year)
    with transaction.atomic():
        planning.take_turns()
        try:
            changes, errors = _read(request.user, year, content)
        except WorkbookError:
            return redirect("plan_upload", year)
        if errors or changes.fingerprint != request.POST.get("seen"):
            return _preview(request, year, content, warning=CHANGED_MEANWHILE, status=409)
        form = ReasonForm(request.POST)
        if changes.issues and not form.is_valid():
            return _preview(request, year, content, form)
        planning.apply(
            by=request.user,
            added=changes.added,
            changed=[item for item, _, _ in changes.changed],
            deleted=changes.deleted,
            reason=form.cleaned_data["reason"] if changes.issues else "",
        )
    messages.success(
        request,
        f"已写入{year}年度计划：修改{len(changes.changed)}项，增加{len(changes.added)}项，"
        f"删除{len(changes.deleted)}项。",
    )
    return redirect("plan_year", year)
