"""签发前检查: what must be mended before a report is signed, and what must be explained."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from congress.models import Township
from reports.checks import CHECKS, findings

from .found import crumbs, found_report


@require_safe
def report_checks(request, slug: str):
    report = found_report(request, slug)
    if not Township.objects.exists():
        messages.info(request, "请先填写乡镇概况，再检查工作报告。")
        return redirect("township")
    found = findings(report)
    spotted = {finding.check_key for finding in found}
    context = {
        "title": f"{report}签发前检查",
        "crumbs": crumbs(report),
        "report": report,
        "errors": [finding for finding in found if finding.is_error],
        "warnings": [finding for finding in found if not finding.is_error],
        "in_order": [check for check in CHECKS.values() if check.key not in spotted],
    }
    return render(request, "reports/checks/page.html", context)
