"""The outline of a report, and the township's template: parts moved, left out, renamed, added."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from congress.editing import EditedMeanwhile
from congress.roles import keeps_records, runs_the_year
from reports.drafting import outlining
from reports.models import AnnualReport
from reports.outline import outline_of

from .found import crumbs, found_report, only

CHANGED = "提纲刚被他人改过，这一步没有做；请看过现在的提纲再改。"


def report_outline(request, slug: str):
    only(keeps_records(request.user))
    return _outline(request, found_report(request, slug))


def outline_template(request):
    """Of which each new report takes a copy."""
    only(runs_the_year(request.user))
    return _outline(request, None)


@require_POST
def report_outline_template(request, slug: str):
    """The outline of this report becomes the template."""
    only(runs_the_year(request.user))
    report = found_report(request, slug)
    outlining.make_template(user=request.user, report=report)
    messages.success(request, "已设为提纲模板，以后新建的报告都用这个提纲。")
    return redirect("outline_template")


def _outline(request, report: AnnualReport | None) -> HttpResponse:
    address = (
        reverse("report_outline", args=[report.slug]) if report else reverse("outline_template")
    )
    if request.method == "POST":
        return redirect(f"{address}{_changed(request, report)}")
    outline = outline_of(report)
    context = {
        "title": f"{report}的提纲" if report else "提纲模板",
        "crumbs": crumbs(report) if report else crumbs(),
        "report": report,
        "outline": outline,
        "seen": outlining.fingerprint(outline),
        "may_edit": report is None or report.is_open,
        "may_set": runs_the_year(request.user),
    }
    return render(request, "reports/outline.html", context)


def _changed(request, report: AnnualReport | None) -> str:
    """Do what was asked; where on the page to go on."""
    asked = request.POST
    common = {"user": request.user, "report": report, "seen": asked.get("seen", "")}
    key = asked.get("key", "")
    changes = {
        "up": lambda: outlining.move(**common, key=key, by=-1),
        "down": lambda: outlining.move(**common, key=key, by=1),
        "leave_out": lambda: outlining.leave_out(**common, key=key, is_left_out=True),
        "put_back": lambda: outlining.leave_out(**common, key=key, is_left_out=False),
        "rename": lambda: outlining.rename(**common, key=key, heading=asked.get("heading", "")),
        "remove": lambda: outlining.remove(**common, key=key),
        "add": lambda: outlining.add(
            **common, chapter=asked.get("chapter", ""), heading=asked.get("heading", "")
        ),
        "reset": lambda: outlining.reset(**common),
    }
    if asked.get("do") not in changes:
        raise Http404
    try:
        added = changes[asked["do"]]()
    except EditedMeanwhile:
        messages.error(request, CHANGED)
        return ""
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return ""
    return f"#{added or key}" if added or key else ""
