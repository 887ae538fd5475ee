"""What is signed and what only grows: SQL past the program is refused by the database itself.

The audit log's own table of tampering, refused and found, stands in ``test_audit_chain``.
"""

import pytest
from django.db import IntegrityError, connection, transaction

from congress import append_only, audit
from congress.audit import capture
from congress.audit.chain import leave_anchor
from congress.audit.verifying import verdict
from congress.management.backup_proof import faults
from congress.models import AuditArchive
from congress.periods import now
from reports.models import AnnualReport, ReportStep
from tests import factory

pytestmark = pytest.mark.django_db

#: Table: what somebody with the database would like to change, and what the database says.
PROTECTED = {
    "reports_reportversion": ("figures = '[]'", "签发的版本不能修改、删除。"),
    "reports_reportstep": ("note = '改'", "报告办理记录不能修改、删除。"),
    "voters_feedbackstep": ("note = '改'", "办理记录不能修改、删除。"),
    "congress_auditentry": ("words = '改'", "审计日志只能增加，不能修改、删除。"),
    "congress_auditarchive": ("through = 9", "归档的记录只能增加，不能修改、删除。"),
}
#: What is changed in a signed version where the triggers were dropped first.
SIGNED = {
    "the page": "html = '<p>假的</p>'",
    "the PDF": "pdf = {bytes}",
    "the Word file": "docx = {bytes}",
    "the PDF's hash": "pdf_sha256 = '" + "0" * 64 + "'",
    "the page's hash": "html_sha256 = '" + "0" * 64 + "'",
}


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def rows(chair, secretary):
    """One row at least in each of the tables."""
    factory.make_township()
    report = AnnualReport.objects.create(
        year=2020, start=factory.day("2020-01-01"), cut_off=factory.day("2020-08-20")
    )
    version = factory.make_version(report, chair)
    ReportStep.objects.create(
        report=report, before="submitted", after="signed", version=version, by=chair, at=now()
    )
    item = factory.make_item(factory.make_visit(), "handling", lead_unit=factory.make_unit())
    item.steps.create(user=secretary, from_state="assigned", to_state="handling")
    audit.note(audit.Kind.EXPORT, "导出54条")
    leave_anchor(AuditArchive(at=now(), before=now(), through=0, digest="0" * 64, sha256=""))


@pytest.mark.parametrize("table", PROTECTED)
@pytest.mark.parametrize("how", ["UPDATE", "DELETE"])
def test_sql_is_refused(rows, table, how):
    change, sentence = PROTECTED[table]
    statement = f"UPDATE {table} SET {change}" if how == "UPDATE" else f"DELETE FROM {table}"
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        run(statement)
    assert str(refusal.value).splitlines()[0] == sentence


@pytest.mark.parametrize("table", PROTECTED)
def test_dropping_the_protection_is_told(rows, table):
    connection.check_constraints()
    append_only.lift(connection)
    sentence = f"数据表{table}失去保护，可以修改和删除；请运行 manage.py migrate。"
    assert sentence in verdict().findings


@pytest.mark.parametrize("what", SIGNED)
def test_a_signed_report_that_was_changed_is_found(rows, what):
    assert faults() == []
    connection.check_constraints()
    for module in (append_only, capture):
        module.lift(connection)
    change = SIGNED[what]
    if "{bytes}" in change:
        run(f"UPDATE reports_reportversion SET {change.format(bytes='%s')}", b"another")
    else:
        run(f"UPDATE reports_reportversion SET {change}")
    for module in (append_only, capture):
        module.install(connection)
    (sentence,) = faults()
    assert sentence.endswith("文件与签发时的校验值不同。")
