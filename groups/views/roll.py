"""代表名册 of a day: the page, the workbook and the printable list."""

import io

from django.http import FileResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress import roles
from congress.audit import Kind
from congress.disclosure import disclosed
from congress.figure_tables import write_workbook
from congress.numerals import full_date
from congress.paper import paper
from congress.privacy import masked
from congress.record_views import WORKBOOK_TYPE
from delegates.decisions import only
from delegates.strokes import without_place
from groups.forms.roll import RollForm, StructureForm
from groups.roll.people import entries, in_order, sections
from groups.roll.sheets import boxed_names, roll_paper, write_roll
from groups.roll.structure import tables


def _form(request) -> RollForm:
    return RollForm(request.GET, may_see_phones=roles.keeps_records(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@only(roles.reads_all)
def roll(request):
    """Who is in office that day, in the order chosen, as it would be printed.

    As a workbook with telephone numbers only once a reason is given, which is what is posted.
    """
    form = _form(request)
    ordered = in_order(entries(form.scope), form.chosen_order)
    if request.GET.get("export") == "xlsx":

        def workbook(disclosure=None):
            file = io.BytesIO()
            write_roll(file, ordered, phones=form.tells_phones, mark=disclosure)
            return _workbook(file, f"代表名册{form.scope.day}.xlsx")

        if not form.tells_phones:
            return workbook()
        return _disclosed(request, workbook, Kind.EXPORT, form, len(ordered))
    names = "".join(entry.person.name for entry in ordered)
    context = {
        "title": "名册打印导出",
        "crumbs": [("代表", reverse("delegate_list"))],
        "form": form,
        "scope": form.scope,
        "day": full_date(form.scope.day),
        "order": form.chosen_order.words,
        "sections": [
            (heading, [(entry, masked(entry.person.phone)) for entry in part])
            for heading, part in sections(ordered, form.chosen_order)
        ],
        "count": len(ordered),
        "boxed": boxed_names(ordered),
        "without_place": without_place(names) if form.chosen_order.is_by_strokes else "",
    }
    return render(request, "groups/roll.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(roles.reads_all)
def roll_pdf(request):
    """With telephone numbers only once a reason is given."""
    form = _form(request)
    ordered = in_order(entries(form.scope), form.chosen_order)

    def printed(disclosure=None):
        return paper(
            request,
            f"代表名册{form.scope.day}",
            lambda township: roll_paper(
                township,
                form.scope,
                ordered,
                form.chosen_order,
                phones=form.tells_phones,
                disclosure=disclosure,
            ),
            "delegate_roll",
        )

    if not form.tells_phones:
        return printed()
    return _disclosed(request, printed, Kind.PRINT, form, len(ordered))


def _disclosed(request, make, kind, form: RollForm, count: int):
    what, back = f"代表名册{form.scope.day}（含联系电话）", reverse("delegate_roll")
    return disclosed(request, make, kind=kind, what=what, count=count, back=back)


@require_safe
@only(roles.reads_all)
def structure(request):
    """How many of the delegates of a day are of which class."""
    form = StructureForm(request.GET)
    found = tables(form.scope, form.other)
    if request.GET.get("export") == "xlsx":
        file = io.BytesIO()
        write_workbook(file, found)
        compared = f"对比{form.other.day}" if form.other else ""
        return _workbook(file, f"代表结构{form.scope.day}{compared}.xlsx")
    context = {
        "title": "代表结构",
        "crumbs": [("代表", reverse("delegate_list"))],
        "form": form,
        "scope": form.scope,
        "other": form.other,
        "tables": found,
        "total": found[-1].total[1],
        "is_empty": not found[-1].total[1].value,
    }
    return render(request, "groups/structure.html", context)


def _workbook(file: io.BytesIO, name: str) -> FileResponse:
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK_TYPE)
