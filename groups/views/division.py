"""Dividing a term into groups: the board, the comparison, confirming, undoing, printing."""

import io

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress import roles
from congress.editing import EditedMeanwhile
from congress.fields import number_sent
from congress.models import Township
from congress.numerals import group_name
from congress.paper import paper
from congress.record_views import WORKBOOK_TYPE
from delegates.decisions import DecisionForm, decide, only, sent
from groups.division import paper as papers
from groups.division import saving
from groups.division.board import Board
from groups.division.board_page import page_of
from groups.division.comparing import compare
from groups.division.confirming import Confirmation, confirm, obstacles, undo
from groups.forms.division import BoardForm, ConfirmForm
from groups.models import Division


def _division_or_404(request, pk: int) -> Division:
    visible = Division.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("term"), pk=pk)


def _crumbs(division: Division) -> list[tuple[str, str]]:
    return [("小组划分", reverse("division_list")), (str(division), division.get_absolute_url())]


@only(roles.keeps_records)
def board(request, pk: int):
    """Villages and delegates on one page; the whole board is saved together."""
    division = _division_or_404(request, pk)
    if not division.is_draft:
        messages.info(request, saving.CONFIRMED)
        return redirect(division)
    form = BoardForm(sent(request), board=Board(division))
    if request.method != "POST" or not form.is_valid():
        return _show(request, form)
    try:
        saving.save(
            by=request.user,
            division=division,
            placing=form.typed,
            seen=form.cleaned_data["seen"],
        )
    except EditedMeanwhile:
        form = BoardForm(request.POST, board=Board(division))
        form.is_valid()
        merged, differing = form.adopt()
        return _show(request, form, merged, status=409, differing=differing)
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, form, form.typed)
    try:
        messages.success(request, f"已保存编组。{_then(request, division)}")
    except ValidationError as error:
        messages.warning(request, f"已保存编组。{''.join(error.messages)}")
    return redirect("division_board", pk)


def _then(request, division: Division) -> str:
    """Do what the button asked for beside saving; says it in words."""
    if "add_group" in request.POST:
        return f"已增加{saving.add_group(by=request.user, division=division)}。"
    if ordinal := number_sent(request.POST.get("remove_group")):
        saving.remove_group(by=request.user, division=division, ordinal=ordinal)
        return f"已撤去{group_name(ordinal)}。"
    if "fill" in request.POST:
        return saving.place_the_rest(by=request.user, division=division)
    return ""


def _show(request, form: BoardForm, placing=None, status: int = 200, **more):
    division = form.board.division
    context = {
        "title": f"{division}：编组",
        "division": division,
        "form": form,
        "page": page_of(form.board, placing or form.board.placing),
        "is_changed": placing is not None,
        "crumbs": _crumbs(division),
        **more,
    }
    return render(request, "groups/division_board.html", context, status=status)


@require_safe
@only(roles.reads_all)
def comparison(request, pk: int):
    """What changes, beside the groups before the first day."""
    division = _division_or_404(request, pk)
    the_board = Board(division)
    context = {
        "title": "与原来比较",
        "division": division,
        "may_place": division.is_draft and roles.keeps_records(request.user),
        "comparison": compare(the_board),
        "before": the_board.before,
        "crumbs": _crumbs(division),
    }
    return render(request, "groups/division_compare.html", context)


@only(roles.keeps_records)
def confirming(request, pk: int):
    """What will happen, what must be known, what is asked; then it happens as a whole."""
    division = _division_or_404(request, pk)
    if not division.is_draft:
        messages.info(request, f"{division}已经确认。")
        return redirect(division)
    confirmation = Confirmation(Board(division))
    form = ConfirmForm(sent(request), confirmation=confirmation)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            confirm(by=request.user, division=division, **form.arguments())
        except EditedMeanwhile:
            form = ConfirmForm(confirmation=Confirmation(Board(division)))
            messages.warning(request, "编组或名册刚才有了变化，还没有确认；请核对后再确认。")
            status = 409
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(
                request, f"已确认{division}：各小组、成员、覆盖村和活动室自该日起照此执行。"
            )
            return redirect(division)
    context = {
        "title": "确认划分",
        "division": division,
        "form": form,
        "confirmation": form.confirmation,
        "ticks": [each for each in form.visible_fields() if each.name.startswith("tick_")],
        "rooms": [each for each in form.visible_fields() if each.name.startswith("room_")],
        "comparison": compare(form.confirmation.board),
        "crumbs": _crumbs(division),
    }
    return render(request, "groups/division_confirm.html", context, status=status)


@only(roles.keeps_records)
def undoing(request, pk: int):
    division = _division_or_404(request, pk)
    if division.is_draft:
        messages.info(request, f"{division}还没有确认。")
        return redirect(division)
    found = obstacles(division)
    if found:
        messages.error(request, f"确认以后已有新的登记，不能撤销：{'；'.join(found)}。")
        return redirect(division)
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: undo(by=request.user, division=division),
        title="撤销确认",
        about=division,
        meaning="各小组、成员、覆盖村和活动室恢复到确认以前，这个划分重新成为草案，可以再改、再确认。",
        confirm="撤销确认",
        done=lambda given: f"已撤销确认，{division}现在是草案。",
        crumbs=_crumbs(division),
    )


@require_safe
@only(roles.reads_all)
def division_paper(request, pk: int):
    division = _division_or_404(request, pk)
    the_board = Board(division)
    return paper(
        request,
        f"{division.term}代表小组划分",
        lambda township: papers.as_pdf(the_board, township),
        division.get_absolute_url(),
    )


@require_safe
@only(roles.reads_all)
def division_workbook(request, pk: int):
    division = _division_or_404(request, pk)
    content = io.BytesIO()
    papers.write_workbook(content, Board(division))
    content.seek(0)
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"{papers.title_of(Board(division), Township.current())}.xlsx",
        content_type=WORKBOOK_TYPE,
    )
