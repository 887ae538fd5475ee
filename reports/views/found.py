"""What all pages of a report share: who may, which report, the way back, two editors at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from congress.models import Record
from congress.roles import reads_all
from reports.models import AnnualReport


def crumbs(*reports: AnnualReport) -> list[tuple[str, str]]:
    return [
        ("工作报告", reverse("report_list")),
        *((str(each), each.get_absolute_url()) for each in reports),
    ]


def only(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def found_report(request, slug: str) -> AnnualReport:
    """The report of that address, if this user may see it."""
    only(reads_all(request.user))
    return get_object_or_404(AnnualReport.objects.visible_to(request.user), slug=slug)


def is_closed(request, report: AnnualReport) -> bool:
    """Whether the report lies with the chair or is signed, and so stays as it is; says so."""
    if report.is_open:
        return False
    messages.error(request, "报告已提交签发或者已经签发，不能修改；退回或起草新版本后再改。")
    return True


def conflict(request, template: str, context: dict, form, current: Record) -> HttpResponse:
    """Both versions side by side; what was typed stays, saving again is then a decision."""
    data = form.data.copy()
    data["version"] = current.version
    mine = type(form)(data, instance=current, user=request.user)
    context |= {"form": mine, "differences": mine.differences(current)}
    return render(request, template, context, status=409)
