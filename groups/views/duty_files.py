"""履职档案: the file of one delegate, and the overview of all."""

import io
import uuid

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress import roles
from congress.models import User
from congress.paper import paper
from congress.record_views import WORKBOOK_TYPE
from congress.tables import write_workbook
from delegates.decisions import only
from delegates.duty_file import days_so_far, duty_files
from delegates.models import Delegate, ScoreRules
from groups.duty_paper import duty_file_paper
from groups.duty_readers import persons_of, readable_persons
from groups.duty_shown import (
    COLUMNS,
    attended_parts,
    done_parts,
    headline,
    linked,
    shown_parts,
    summaries,
)
from groups.forms.duty_files import ChosenPeriod, OverviewForm, PeriodForm

PAGE_SIZE = 50
OVERVIEW = "履职档案"


def _person_or_404(user: User, pk: int) -> Delegate:
    return get_object_or_404(readable_persons(user), pk=pk)


def _crumbs(user: User) -> list[tuple[str, str]]:
    return [] if roles.is_delegate(user) else [(OVERVIEW, reverse("duty_files"))]


@require_safe
@only(roles.reads_duty_files)
def duty_file(request, pk: int):
    """Of this year, or of the period in the address."""
    person = _person_or_404(request.user, pk)
    form = PeriodForm(request.GET)
    chosen = form.chosen
    file = linked(duty_files([person], chosen.period, request.user)[0], request.user)
    context = {
        "title": f"{person}履职档案",
        "crumbs": _crumbs(request.user),
        "form": form,
        "chosen": chosen,
        "facts": [*headline(file), ("时期", chosen.words)],
        "attended": attended_parts(file),
        "done": done_parts(file),
        "parts": shown_parts(file),
        "person_url": person.get_absolute_url() if _opens_person(request.user) else "",
        "correction_url": _correction(request.user, person, chosen),
        "score_url": _score(request.user, person, chosen),
        "pdf_url": f"{reverse('delegate_duty_pdf', args=[pk])}?{chosen.query}",
    }
    return render(request, "groups/duty_file.html", context)


def _correction(user: User, person: Delegate, chosen: ChosenPeriod) -> str:
    """Where the person asks for a correction of the year that is shown; for nobody else."""
    if person.account_id != user.pk:
        return ""
    year = days_so_far(chosen.period)[1].year
    return f"{reverse('correctionrequest_add')}?year={year}"


def _score(user: User, person: Delegate, chosen: ChosenPeriod) -> str:
    """Where the points of the year are told, if it has any, to those who read them."""
    year = days_so_far(chosen.period)[1].year
    if person.account_id != user.pk and not roles.reads_all(user):
        return ""
    if ScoreRules.objects.in_force(year) is None:
        return ""
    return reverse("delegate_score", args=[person.pk, year])


def _opens_person(user: User) -> bool:
    return roles.reads_all(user) or roles.is_delegate(user)


@require_safe
@only(roles.reads_duty_files)
def duty_file_pdf(request, pk: int):
    person = _person_or_404(request.user, pk)
    chosen = PeriodForm(request.GET).chosen
    [file] = duty_files([person], chosen.period, request.user)
    return paper(
        request,
        f"{person}履职档案",
        lambda township: duty_file_paper(file, chosen.words, township),
        reverse("delegate_duty_file", args=[pk]),
    )


@require_safe
@only(roles.reads_duty_files)
def overview(request):
    """All files of a period with their main counts; a delegate is led on to the own."""
    if roles.is_delegate(request.user):
        person = Delegate.objects.filter(account=request.user).first()
        if person:
            return redirect("delegate_duty_file", person.pk)
    form = OverviewForm(request.user, request.GET)
    chosen = form.chosen
    files = duty_files(persons_of(request.user, form), chosen.period, request.user)
    lines = summaries(files, request.GET.get("sort", ""))
    if request.GET.get("export") == "xlsx":
        return _workbook(lines, chosen)
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": OVERVIEW,
        "form": form,
        "chosen": chosen,
        "submission": uuid.uuid4(),
        "headings": _headings(request.GET.get("sort", "")),
        "page_obj": page,
        "is_paginated": page.has_other_pages(),
        "rows": [(_address(line, chosen), _cells(line)) for line in page.object_list],
    }
    return render(request, "groups/duty_files.html", context)


def _address(line, chosen: ChosenPeriod) -> str:
    address = reverse("delegate_duty_file", args=[line.file.person.pk])
    return f"{address}?{chosen.query}"


def _cells(line) -> list[dict]:
    return [{"column": column, "text": column.text_of(line)} for column in COLUMNS]


def _headings(sort: str) -> list[dict]:
    """Counts are sorted the greatest first."""
    headings = []
    for column in COLUMNS:
        first = f"-{column.key}" if column.numeric else column.key
        other = column.key if column.numeric else f"-{column.key}"
        directions = {column.key: "ascending", f"-{column.key}": "descending"}
        following = other if sort == first else first
        headings.append(
            {
                "column": column,
                "next": following if column.key else "",
                "direction": directions.get(sort) if column.key else None,
            }
        )
    return headings


def _workbook(lines, chosen: ChosenPeriod) -> FileResponse:
    file = io.BytesIO()
    write_workbook(file, OVERVIEW, COLUMNS, lines)
    file.seek(0)
    name = f"{OVERVIEW}（{chosen.words}）.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK_TYPE)
