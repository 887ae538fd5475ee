"""The checks before a report is signed: errors stop it, warnings need a tick and a reason."""

from reports.models import AnnualReport

from .acceptance import AcceptanceForm, accepted_for
from .check import ERROR, WARNING, Check, Finding, ToMend
from .registry import CHECKS
from .subject import Subject

__all__ = [
    "CHECKS",
    "ERROR",
    "WARNING",
    "AcceptanceForm",
    "Check",
    "Finding",
    "ToMend",
    "accepted_for",
    "errors",
    "findings",
    "warnings",
]


def findings(report: AnnualReport) -> tuple[Finding, ...]:
    """What every check finds, errors first. Raises Township.DoesNotExist before set-up."""
    subject = Subject(report)
    found = [finding for check in CHECKS.values() for finding in check.findings(subject)]
    return tuple(sorted(found, key=lambda finding: finding.severity != ERROR))


def errors(report: AnnualReport) -> tuple[Finding, ...]:
    """What must be mended before the report can be signed."""
    return tuple(finding for finding in findings(report) if finding.is_error)


def warnings(report: AnnualReport) -> tuple[Finding, ...]:
    """What can be signed over, each with a reason."""
    return tuple(finding for finding in findings(report) if not finding.is_error)
