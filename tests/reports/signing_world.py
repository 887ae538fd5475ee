"""A report on its way to the chair."""

from reports.models import AnnualReport
from reports.rendering import document_of
from reports.signing import actions
from reports.signing.freezing import freeze


def seen_in(report):
    return freeze(report, document_of(report)).fingerprint


def prepared(report, chair, **fields):
    values = {"seen": seen_in(report), "accepted": [], "site": "https://rd.example.cn"}
    return actions.prepare(user=chair, report=report, **values | fields)


def signed(report, secretary, chair):
    """The report's next version."""
    report.refresh_from_db()
    if report.state == AnnualReport.State.SIGNED:
        report = actions.draft_anew(user=secretary, report=report)
    report = actions.submit(user=secretary, report=report)
    return actions.sign(user=chair, prepared=prepared(report, chair))
