"""Pages of the annual report: years, the report as it will print, its texts and settings."""

import datetime
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from congress import editing
from congress.models import Township
from congress.pdf import PdfUnavailableError
from congress.periods import Period, today
from congress.roles import keeps_records, reads_all, runs_the_year
from voters.models import CountyProposal

from .county_texts import offered_proposals, take_over
from .forms import NarrativeForm, OtherViewForm, ReportForm, ReportSettingsForm
from .models import AnnualReport, Narrative
from .places import help_for, is_place
from .rendering import document_of, html_file, pdf_file

CRUMBS = ("工作报告", "report_list")


def _crumbs(*reports: AnnualReport) -> list[tuple[str, str]]:
    label, name = CRUMBS
    return [(label, reverse(name)), *((str(each), each.get_absolute_url()) for each in reports)]


def _only(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _report(request, year: int) -> AnnualReport:
    _only(reads_all(request.user))
    return get_object_or_404(AnnualReport.objects.visible_to(request.user), year=year)


@require_safe
def report_list(request):
    _only(reads_all(request.user))
    context = {
        "title": "工作报告",
        "reports": AnnualReport.objects.visible_to(request.user),
        "may_add": runs_the_year(request.user),
    }
    return render(request, "reports/annualreport_list.html", context)


@require_safe
def report_detail(request, year: int):
    """The report as it will print, with an edit link at each narrative."""
    report = _report(request, year)
    if not Township.objects.exists():
        messages.info(request, "请先填写乡镇概况，再看工作报告。")
        return redirect("township")
    view = OtherViewForm(request.GET or None, report=report, initial=_as_it_stands(report))
    chosen = _chosen(view)
    document = document_of(report, **chosen)
    context = {
        "title": str(report),
        "crumbs": _crumbs(),
        "report": report,
        "document": document,
        "edits": {edit.place: edit for edit in report.narratives.select_related("edited_by")},
        "editing": True,
        "may_edit": keeps_records(request.user),
        "offered": offered_proposals(report) if keeps_records(request.user) else (),
        "may_set": runs_the_year(request.user),
        "view": view,
        "is_other_view": bool(chosen),
        "query": request.GET.urlencode() if chosen else "",
    }
    return render(request, "reports/annualreport_detail.html", context)


def _as_it_stands(report: AnnualReport) -> dict:
    return {"cut_off": report.cut_off, "style": report.figure_style}


def _chosen(view: OtherViewForm) -> dict:
    """Cut-off day and style that the address asks for; nothing where it cannot be read."""
    if not view.is_valid():
        return {}
    return {name: value for name, value in view.cleaned_data.items() if value}


@require_safe
def report_pdf(request, year: int):
    report = _report(request, year)
    view = _view_asked_for(request, report)
    if not view.is_valid():
        return redirect(_page_that_says_why(request, report))
    try:
        content = pdf_file(document_of(report, **_chosen(view)))
    except PdfUnavailableError as error:
        messages.error(request, str(error))
        return redirect(report)
    return _download(content, "application/pdf", f"{report.year}年人大工作汇报.pdf")


@require_safe
def report_html(request, year: int):
    report = _report(request, year)
    view = _view_asked_for(request, report)
    if not view.is_valid():
        return redirect(_page_that_says_why(request, report))
    content = html_file(document_of(report, **_chosen(view)))
    return _download(content, "text/html; charset=utf-8", f"{report.year}年人大工作汇报.html")


def _view_asked_for(request, report: AnnualReport) -> OtherViewForm:
    if not Township.objects.exists():
        raise Http404
    return OtherViewForm(request.GET, report=report)


def _page_that_says_why(request, report: AnnualReport) -> str:
    """A cut-off or style that cannot be read gives no file that looks like the right one."""
    return f"{report.get_absolute_url()}?{request.GET.urlencode()}"


def _download(content, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def report_add(request):
    """A report of a year; the year begins on 1 January and stands as of today."""
    _only(runs_the_year(request.user))
    year = today().year
    form = ReportForm(
        request.POST or None,
        user=request.user,
        initial={
            "year": year,
            "start": datetime.date(year, 1, 1),
            "cut_off": min(today(), Period.of_year(year).last),
        },
    )
    if request.method == "POST" and form.is_valid():
        address, is_first = editing.save_once(
            request.user, form.cleaned_data["submission"], form.save
        )
        if is_first:
            messages.success(request, f"已建立{form.instance}。")
        return redirect(address)
    context = {
        "title": "建立工作报告",
        "crumbs": _crumbs(),
        "form": form,
        "cancel_url": reverse("report_list"),
    }
    return render(request, "congress/record_form.html", context)


def report_settings(request, year: int):
    _only(runs_the_year(request.user))
    report = _report(request, year)
    form = ReportSettingsForm(request.POST or None, instance=report, user=request.user)
    context = {
        "title": f"{year}年工作报告的设置",
        "crumbs": _crumbs(AnnualReport(year=year)),
        "form": form,
        "cancel_url": report.get_absolute_url(),
    }
    if request.method == "POST" and form.is_valid():
        try:
            editing.save_if_unchanged(report, form.cleaned_data["version"], form.save)
        except editing.EditedMeanwhile:
            return _conflict(request, context, form, AnnualReport.objects.get(pk=report.pk))
        messages.success(request, "已保存报告设置。")
        return redirect(report)
    return render(request, "congress/record_form.html", context)


def narrative(request, year: int, place: str):
    """Write, change or empty the text at one place of the report."""
    _only(keeps_records(request.user))
    report = _report(request, year)
    if not is_place(place):
        raise Http404
    stored = report.narratives.filter(place=place).first()
    form = _narrative_form(request, stored or Narrative(report=report, place=place))
    context = {
        "title": f"报告文字：{place}",
        "crumbs": _crumbs(report),
        "form": form,
        "help": help_for(place),
        "stored": stored,
        "cancel_url": report.get_absolute_url(),
    }
    if request.method != "POST":
        return render(request, "reports/narrative_form.html", context)
    if stored and "version" not in request.POST:
        return _conflict(request, context, form, stored)
    if not stored and "version" in request.POST:
        context["was_removed"] = True
        return render(request, "reports/narrative_form.html", context, status=409)
    if not form.is_valid():
        return render(request, "reports/narrative_form.html", context)
    try:
        _save(form, stored)
    except (editing.EditedMeanwhile, IntegrityError):
        current = report.narratives.filter(place=place).first()
        if current is None:
            context["was_removed"] = True
            context["form"] = _narrative_form(request, Narrative(report=report, place=place))
            return render(request, "reports/narrative_form.html", context, status=409)
        return _conflict(request, context, form, current)
    messages.success(request, f"已保存“{place}”。")
    return redirect(Narrative(report=report, place=place))


@require_POST
def narrative_take_over(request, year: int, pk: int):
    """A suggestion to the county becomes a text of the report."""
    _only(keeps_records(request.user))
    report = _report(request, year)
    proposal = get_object_or_404(CountyProposal.objects.visible_to(request.user), pk=pk)
    try:
        taken = take_over(user=request.user, report=report, proposal=proposal)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(report)
    messages.success(request, f"“{proposal}”已写入“{taken.place}”，可以接着修改文字。")
    return redirect(taken)


def _narrative_form(request, record: Narrative) -> NarrativeForm:
    if request.method != "POST":
        return NarrativeForm(instance=record, user=request.user)
    data = request.POST.copy()
    if not record.pk:
        data.setdefault("submission", str(uuid.uuid4()))
    return NarrativeForm(data, instance=record, user=request.user)


def _save(form: NarrativeForm, stored: Narrative | None) -> None:
    text = form.cleaned_data["text"]
    if stored and text:
        editing.save_if_unchanged(stored, form.cleaned_data["version"], form.save)
    elif stored:
        with transaction.atomic():
            same = Narrative.objects.filter(pk=stored.pk, version=form.cleaned_data["version"])
            if not same.delete()[0]:
                raise editing.EditedMeanwhile
    elif text:
        editing.save_once(form.user, form.cleaned_data["submission"], form.save)


def _conflict(request, context: dict, form, current) -> HttpResponse:
    """Both versions side by side; what was typed stays, saving again is then a decision."""
    data = form.data.copy()
    data["version"] = current.version
    mine = type(form)(data, instance=current, user=request.user)
    context |= {"form": mine, "differences": mine.differences(current)}
    template = (
        "reports/narrative_form.html"
        if isinstance(current, Narrative)
        else "congress/record_form.html"
    )
    return render(request, template, context, status=409)
