"""The steps of a report: submitted, taken back, returned, signed, drafted anew.

Signing has two parts. ``prepare`` checks, renders the files and takes its time; ``sign`` is one
short transaction that makes sure that nothing has changed since and adds the version.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from congress import audit
from congress.editing import EditedMeanwhile
from congress.models import User
from congress.periods import now
from congress.roles import runs_the_year, signs_reports
from reports.checks import Finding, findings
from reports.docx import docx_file
from reports.models import AnnualReport, ReportStep, ReportVersion
from reports.rendering import document_of, html_file, pdf_file

from .codes import new_code, verification
from .freezing import Frozen, freeze

State = AnnualReport.State


@dataclass(frozen=True)
class Move:
    """A step: from which state to which, and who may take it; ``asks`` on a page of its own."""

    key: str
    label: str
    before: State
    after: State
    allowed: Callable[[User], bool]
    asks: bool = False

    @property
    def address(self) -> str:
        """The name of its page."""
        return f"report_{self.key}"


MOVES = {
    move.key: move
    for move in (
        Move(
            *("submit", "提交签发", State.DRAFT, State.SUBMITTED),
            lambda user: runs_the_year(user) or signs_reports(user),
        ),
        Move("sign", "签发", State.SUBMITTED, State.SIGNED, signs_reports, asks=True),
        Move("return", "退回修改", State.SUBMITTED, State.DRAFT, signs_reports, asks=True),
        Move("take_back", "撤回", State.SUBMITTED, State.DRAFT, runs_the_year),
        Move("draft_anew", "起草新版本", State.SIGNED, State.DRAFT, runs_the_year),
    )
}


def moves_open_to(user: User, report: AnnualReport) -> list[Move]:
    """The steps that this user may take with the report now."""
    return [move for move in MOVES.values() if move.before == report.state and move.allowed(user)]


@transaction.atomic
def submit(*, user: User, report: AnnualReport) -> AnnualReport:
    """提交签发: from now on nobody changes texts or settings."""
    report = _locked(report, user, "submit")
    _require_no_errors(findings(report), "submit")
    return _taken(report, user, "submit")


@transaction.atomic
def take_back(*, user: User, report: AnnualReport) -> AnnualReport:
    """撤回, before it is signed."""
    return _taken(_locked(report, user, "take_back"), user, "take_back")


@transaction.atomic
def return_to_draft(*, user: User, report: AnnualReport, reason: str) -> AnnualReport:
    """退回修改, with the chair's reason."""
    report = _locked(report, user, "return")
    if not reason.strip():
        raise ValidationError({"reason": "请写明退回的原因。"})
    return _taken(report, user, "return", note=reason.strip())


@transaction.atomic
def draft_anew(*, user: User, report: AnnualReport) -> AnnualReport:
    """起草新版本: what was signed stands, a later version will supersede it."""
    return _taken(_locked(report, user, "draft_anew"), user, "draft_anew")


@dataclass(frozen=True)
class Prepared:
    """What is about to be signed: the report as it was read, and its files."""

    report: AnnualReport
    frozen: Frozen
    accepted: list[dict]
    code: str
    html: str
    pdf: bytes
    docx: bytes


def prepare(
    *, user: User, report: AnnualReport, seen: str, accepted: list[dict], site: str
) -> Prepared:
    """Render what is to be signed. Not for use inside a transaction.

    ``seen`` is the fingerprint of what the chair read, ``accepted`` are the warnings with their
    reasons (see ``AcceptanceForm``), ``site`` is the office's public address.
    Raises ``EditedMeanwhile`` where the records say something else by now, ``ValidationError``
    where the report may not be signed, ``PdfUnavailableError``.
    """
    _require_move(user, report, "sign")
    found = findings(report)
    _require_no_errors(found, "sign")
    _require_reasons(found, accepted)
    document = document_of(report)
    frozen = freeze(report, document)
    if frozen.fingerprint != seen:
        raise EditedMeanwhile
    code = new_code()
    proof = verification(code, site)
    return Prepared(
        report=report,
        frozen=frozen,
        accepted=accepted,
        code=code,
        html=html_file(document, proof=proof),
        pdf=pdf_file(document, proof=proof),
        docx=docx_file(document, proof=proof),
    )


@transaction.atomic
def sign(*, user: User, prepared: Prepared) -> ReportVersion:
    """签发: the version stands for ever. Raises ``EditedMeanwhile`` like ``prepare``."""
    report = _locked(prepared.report, user, "sign")
    document = document_of(report)
    if freeze(report, document) != prepared.frozen:
        raise EditedMeanwhile
    person = getattr(user, "delegate", None)
    version = ReportVersion.objects.create(
        report=report,
        number=report.versions.count() + 1,
        code=prepared.code,
        title=document.title,
        start=report.start,
        cut_off=report.cut_off,
        figures=prepared.frozen.figures,
        records=prepared.frozen.records,
        accepted=prepared.accepted,
        text="\n".join(prepared.frozen.lines),
        html=prepared.html,
        pdf=prepared.pdf,
        docx=prepared.docx,
        html_sha256=hashlib.sha256(prepared.html.encode()).hexdigest(),
        pdf_sha256=hashlib.sha256(prepared.pdf).hexdigest(),
        docx_sha256=hashlib.sha256(prepared.docx).hexdigest(),
        signed_by=user,
        signer_name=user.name,
        signer_title=person.occupation if person else "",
        signed_at=now(),
    )
    _taken(report, user, "sign", version=version)
    audit.note(
        audit.Kind.SIGNATURE,
        f"签发《{version.title}》第{version.number}版，PDF校验码{version.pdf_sha256}",
        subject=version,
        user=user,
    )
    return version


def _require_move(user: User, report: AnnualReport, key: str) -> None:
    """Raises ``PermissionDenied`` or a sentence unless the step may be taken now."""
    move = MOVES[key]
    if not move.allowed(user):
        raise PermissionDenied
    if report.state != move.before:
        raise ValidationError(f"报告现在是“{report.get_state_display()}”，不能{move.label}。")


def _require_no_errors(found: Iterable[Finding], key: str) -> None:
    if wrong := [each.sentence for each in found if each.is_error]:
        said = f"有{len(wrong)}项错误，改正后才能{MOVES[key].label}："
        raise ValidationError(said + "".join(wrong))


def _require_reasons(found: Iterable[Finding], accepted: list[dict]) -> None:
    explained = {(each["check"], each["sentence"]) for each in accepted if each["reason"].strip()}
    left = [each.sentence for each in found if (each.check_key, each.sentence) not in explained]
    if left:
        raise ValidationError(f"有{len(left)}项提醒，写明理由后才能签发：{''.join(left)}")


def _locked(report: AnnualReport, user: User, key: str) -> AnnualReport:
    report = AnnualReport.objects.select_for_update().get(pk=report.pk)
    _require_move(user, report, key)
    return report


def _taken(
    report: AnnualReport,
    user: User,
    key: str,
    note: str = "",
    version: ReportVersion | None = None,
) -> AnnualReport:
    """The step and its trail; who has a form of the report open is told that it changed."""
    move = MOVES[key]
    report.state = move.after
    report.version += 1
    report.save(update_fields=["state", "version"])
    ReportStep.objects.create(
        report=report,
        before=move.before,
        after=move.after,
        note=note,
        version=version,
        by=user,
        at=now(),
    )
    return report
