"""The steps of a report to its signature."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from congress import editing
from congress.pdf import PdfUnavailableError
from congress.qr_code import full_address
from congress.roles import runs_the_year, signs_reports
from delegates.decisions import decide, sent
from reports.checks import AcceptanceForm, findings, warnings
from reports.models import AnnualReport
from reports.rendering import document_of
from reports.signing import actions
from reports.signing.forms import ReturnForm, SignForm
from reports.signing.freezing import freeze

from .found import crumbs, found_report, only

CHANGED = "打开这个页面以后，记录或文字有变动，尚未签发。下面是现在的报告，请重新核对。"


def _move(request, slug: str, act, done: str):
    report = found_report(request, slug)
    try:
        act(user=request.user, report=report)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    else:
        messages.success(request, done)
    return redirect(report)


@require_POST
def report_submit(request, slug: str):
    return _move(request, slug, actions.submit, "已提交，等主席签发。签发或退回以前不能修改。")


@require_POST
def report_take_back(request, slug: str):
    return _move(request, slug, actions.take_back, "已撤回，可以继续修改。")


@require_POST
def report_draft_anew(request, slug: str):
    return _move(request, slug, actions.draft_anew, "可以修改了。已签发的版本不变。")


def report_return(request, slug: str):
    only(signs_reports(request.user))
    report = found_report(request, slug)
    return decide(
        request,
        form=ReturnForm(sent(request)),
        act=lambda reason: actions.return_to_draft(user=request.user, report=report, reason=reason),
        title="退回修改",
        about=report,
        meaning="退回后由秘书修改，再提交签发。",
        confirm="退回",
        done=lambda given: "已退回。",
        crumbs=crumbs(report),
    )


def report_sign(request, slug: str):
    """The report as it will be signed, and the button; only what was shown is signed."""
    only(signs_reports(request.user))
    report = found_report(request, slug)
    form = SignForm(sent(request))
    if form.is_valid():
        if address := editing.saved_before(form.cleaned_data["submission"]):
            return redirect(address)
        acceptance = AcceptanceForm(warnings(report), request.POST)
        if acceptance.is_valid():
            return _sign(request, report, form.cleaned_data, acceptance.accepted)
        return _shown(request, report, acceptance=acceptance)
    if report.state != AnnualReport.State.SUBMITTED:
        messages.error(request, f"报告现在是“{report.get_state_display()}”，不能签发。")
        return redirect(report)
    return _shown(request, report)


def _sign(request, report: AnnualReport, given: dict, accepted: list[dict]):
    user = request.user
    try:
        prepared = actions.prepare(
            user=user,
            report=report,
            seen=given["seen"],
            accepted=accepted,
            site=full_address(request, "/").rstrip("/"),
        )
        address, _ = editing.save_once(
            user, given["submission"], lambda: actions.sign(user=user, prepared=prepared)
        )
    except editing.EditedMeanwhile:
        return _shown(request, report, meanwhile=CHANGED)
    except (ValidationError, PdfUnavailableError) as error:
        messages.error(request, "".join(getattr(error, "messages", [str(error)])))
        return redirect(report)
    messages.success(request, "已签发。")
    return redirect(address)


def _shown(request, report: AnnualReport, *, meanwhile: str = "", acceptance=None):
    document = document_of(report)
    seen = freeze(report, document).fingerprint
    found = findings(report)
    context = {
        "title": f"签发{report}",
        "crumbs": crumbs(report),
        "report": report,
        "document": document,
        "seen": SignForm(initial={"seen": seen, "submission": uuid.uuid4()}),
        "errors": [finding for finding in found if finding.is_error],
        "acceptance": acceptance or AcceptanceForm([each for each in found if not each.is_error]),
        "meanwhile": meanwhile,
    }
    status = 409 if meanwhile else 200
    return render(request, "reports/report_sign.html", context, status=status)


def standing_of(request, report: AnnualReport) -> dict:
    """Of the report's page: what may be done next, how it came here, what was signed."""
    return {
        "moves": actions.moves_open_to(request.user, report),
        "steps": report.steps.select_related("by", "version"),
        "versions": report.versions.in_brief(),
        "may_redraft": runs_the_year(request.user),
    }
