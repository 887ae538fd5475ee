"""Signed versions: what was signed, its files, and what changed since."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from reports.models import ReportVersion
from reports.rendering import document_of
from reports.signing.codes import shown
from reports.signing.difference import difference
from reports.signing.freezing import freeze, frozen_of

from .files import download
from .found import crumbs, found_report

#: Of a signed file, by the last part of its address.
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}
#: The frozen page has its styles inside and needs nothing else.
SEALED_OFF = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)


def _version(request, slug: str, number: int, versions=None) -> ReportVersion:
    report = found_report(request, slug)
    versions = ReportVersion.objects.in_brief() if versions is None else versions
    return get_object_or_404(versions.visible_to(request.user), report=report, number=number)


@require_safe
def report_version(request, slug: str, number: int):
    version = _version(request, slug, number)
    context = {
        "title": f"第{version.number}版",
        "crumbs": crumbs(version.report),
        "version": version,
        "code": shown(version.code),
        "versions": version.report.versions.in_brief(),
        "digests": [
            ("PDF", version.pdf_sha256),
            ("Word", version.docx_sha256),
            ("网页", version.html_sha256),
        ],
    }
    return render(request, "reports/version_detail.html", context)


@require_safe
@xframe_options_sameorigin
def report_version_page(request, slug: str, number: int):
    """The frozen page, for the frame that shows it: no script, nothing from elsewhere."""
    version = _version(request, slug, number, ReportVersion.objects.all())
    response = HttpResponse(version.html)
    response.headers["Content-Security-Policy"] = SEALED_OFF
    return response


@require_safe
def report_version_file(request, slug: str, number: int, form: str):
    """The very bytes that were signed."""
    if form not in TYPES:
        raise Http404
    version = _version(request, slug, number, ReportVersion.objects.all())
    content = getattr(version, form)
    content = content.encode() if form == "html" else bytes(content)
    return download(content, TYPES[form], f"{version.title}（第{version.number}版）.{form}")


@require_safe
def report_difference(request, slug: str, number: int):
    """What changed since, in today's records or to another version."""
    version = _version(request, slug, number, ReportVersion.objects.all())
    report = version.report
    chosen = request.GET.get("with") or "today"
    others = list(report.versions.in_brief().exclude(pk=version.pk))
    if chosen == "today":
        found = difference(frozen_of(version), freeze(report, document_of(report)))
    else:
        keys = [each.pk for each in others if str(each.number) == chosen]
        other = get_object_or_404(ReportVersion, pk__in=keys)
        first, second = sorted((version, other), key=lambda each: each.number)
        found = difference(frozen_of(first), frozen_of(second))
    context = {
        "title": f"第{number}版签发后的变动" if chosen == "today" else "两个版本的差异",
        "crumbs": [*crumbs(report), (f"第{number}版", version.get_absolute_url())],
        "version": version,
        "others": others,
        "chosen": chosen,
        "difference": found,
    }
    return render(request, "reports/version_difference.html", context)
