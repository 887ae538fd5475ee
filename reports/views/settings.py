"""Setting up a report: a new one, and its settings."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from congress import editing
from congress.periods import today
from congress.roles import runs_the_year
from reports.models import AnnualReport
from reports.setting_forms import ReportForm, ReportSettingsForm
from reports.upward_requests import requests_in_report

from .found import conflict, crumbs, found_report, is_closed, only

TEMPLATE = "congress/record_form.html"


def report_add(request):
    """A report of this year as of today, unless other days are chosen."""
    only(runs_the_year(request.user))
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, user=request.user, initial={"year": today().year})
    if form.is_bound:
        if form.is_valid():
            address, is_first = editing.save_once(
                request.user, form.cleaned_data["submission"], form.save
            )
            if is_first:
                messages.success(request, f"已建立{form.instance}。")
            return redirect(address)
        if address := editing.saved_before(form.cleaned_data.get("submission")):
            return redirect(address)
    context = {
        "title": "建立工作报告",
        "crumbs": crumbs(),
        "form": form,
        "cancel_url": reverse("report_list"),
    }
    return render(request, TEMPLATE, context)


def report_settings(request, slug: str):
    only(runs_the_year(request.user))
    report = found_report(request, slug)
    if is_closed(request, report):
        return redirect(report)
    form = ReportSettingsForm(request.POST or None, instance=report, user=request.user)
    context = {
        "title": f"{report}的设置",
        "crumbs": crumbs(AnnualReport.objects.get(pk=report.pk)),
        "form": form,
        "cancel_url": reverse("annualreport_detail", args=[slug]),
    }
    if request.method == "POST" and form.is_valid():
        try:
            editing.save_if_unchanged(report, form.cleaned_data["version"], form.save)
        except editing.EditedMeanwhile:
            current = AnnualReport.objects.get(pk=report.pk)
            return conflict(request, TEMPLATE, context, form, current)
        messages.success(request, "已保存报告设置。")
        if warning := requests_in_report(report):
            messages.warning(request, warning)
        return redirect(report)
    return render(request, TEMPLATE, context)
