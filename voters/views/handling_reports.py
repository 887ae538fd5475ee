"""A report on handling made public, and printed."""

from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.paper import paper
from congress.pdf import render_pdf
from congress.periods import today
from congress.roles import keeps_records, reads_calendar
from delegates.decisions import decide, only
from voters.actions import publish_report
from voters.forms import PublishForm
from voters.handling_rates import HandlingRates
from voters.models import HandlingReport


def _report_or_404(request, pk: int) -> HandlingReport:
    reports = HandlingReport.objects.visible_to(request.user).select_related("session__term")
    return get_object_or_404(reports, pk=pk)


@only(keeps_records)
def publish(request, pk: int):
    report = _report_or_404(request, pk)
    initial = {
        "published_on": report.published_on or today(),
        "published_where": report.published_where,
    }
    return decide(
        request,
        form=PublishForm(request.POST if request.method == "POST" else None, initial=initial),
        act=lambda **given: publish_report(user=request.user, report=report, **given),
        title="登记公布",
        about=report,
        meaning="代表建议办理情况的报告应当予以公开（代表法第五十一条）。"
        "登记公布后，各件的办理情况不再改动，代表和小组负责人都可以查看。",
        confirm="登记",
        done=lambda given: "已登记公布。",
        crumbs=[
            ("办理情况报告", reverse("handlingreport_list")),
            (str(report), report.get_absolute_url()),
        ],
    )


@require_safe
@only(reads_calendar)
def report_paper(request, pk: int):
    report = _report_or_404(request, pk)
    lines = list(report.lines.all())

    def make(township):
        context = {
            "township": township,
            "report": report,
            "lines": lines,
            "rates": HandlingRates.of(lines),
        }
        return render_pdf(render_to_string("voters/papers/handling_report.html", context))

    return paper(request, report.title, make, report.get_absolute_url())
