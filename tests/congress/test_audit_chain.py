"""Whoever writes into the log past the program is refused or found."""

import datetime
import json
import secrets

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from congress import append_only, audit
from congress.audit import capture, chain
from congress.audit.verifying import verdict
from congress.models import AuditEntry, Village

pytestmark = pytest.mark.django_db

COPIED = (
    "at, kind, username, name, role, address, subject_type, subject_key, words, reason, changes"
)
#: What is done to a log of six entries, and what is said of it.
TAMPERING = {
    "words changed": ("UPDATE congress_auditentry SET words = '改' WHERE sequence = 3", "第3条"),
    "actor changed": ("UPDATE congress_auditentry SET username = 'x' WHERE sequence = 3", "第3条"),
    "time changed": (
        "UPDATE congress_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE sequence = 2",
        "第2条",
    ),
    "values changed": (
        "UPDATE congress_auditentry SET changes = '{}' WHERE kind = 'change'",
        "写入标记不对",
    ),
    "address changed": ("UPDATE congress_auditentry SET address = '' WHERE sequence = 4", "第4条"),
    "key changed": ("UPDATE congress_auditentry SET id = 999999 WHERE sequence = 4", "第4条"),
    "one deleted": ("DELETE FROM congress_auditentry WHERE sequence = 3", "缺少第3条至第3条。"),
    "the first deleted": (
        "DELETE FROM congress_auditentry WHERE sequence = 1",
        "缺少第1条至第1条。",
    ),
    "the last deleted": ("DELETE FROM congress_auditentry WHERE sequence = 6", "日志被截短或换掉"),
    "all deleted": ("DELETE FROM congress_auditentry", "日志被截短或换掉"),
    "deleted and numbered anew": (
        "DELETE FROM congress_auditentry WHERE sequence = 3;"
        "UPDATE congress_auditentry SET sequence = 3 WHERE sequence = 4;"
        "UPDATE congress_auditentry SET sequence = 4 WHERE sequence = 5;"
        "UPDATE congress_auditentry SET sequence = 5 WHERE sequence = 6",
        "第3条",
    ),
    "two exchanged": (
        "UPDATE congress_auditentry SET sequence = -1 WHERE sequence = 2;"
        "UPDATE congress_auditentry SET sequence = 2 WHERE sequence = 3;"
        "UPDATE congress_auditentry SET sequence = 3 WHERE sequence = -1",
        "第2条",
    ),
    "one put in": (
        f"INSERT INTO congress_auditentry ({COPIED}, mark, digest)"
        f" SELECT {COPIED}, '', '' FROM congress_auditentry WHERE sequence = 2",
        "第7条",
    ),
    "one put in with a made-up mark": (
        f"INSERT INTO congress_auditentry ({COPIED}, mark, digest)"
        f" SELECT {COPIED}, '{'0' * 96}', '' FROM congress_auditentry WHERE sequence = 2",
        "第7条",
    ),
    "one put in and chained": (
        f"INSERT INTO congress_auditentry ({COPIED}, mark, digest, sequence)"
        f" SELECT {COPIED}, '', '{'0' * 64}', 7 FROM congress_auditentry WHERE sequence = 2",
        "第7条（编号",
    ),
    "a chained one loosened": (
        "UPDATE congress_auditentry SET sequence = NULL, digest = '' WHERE sequence = 3",
        "缺少第3条至第3条。",
    ),
    "an archive pretended": (
        "INSERT INTO congress_auditarchive (at, before, through, digest, sha256, mark)"
        " SELECT at, at, 3, digest, '', '' FROM congress_auditentry WHERE sequence = 3;"
        "DELETE FROM congress_auditentry WHERE sequence <= 3",
        "归档至第3条的记录是伪造的或被改动。",
    ),
}
#: These the triggers let pass, so that they are only found.
NOT_REFUSED = {
    "one put in", "one put in with a made-up mark", "one put in and chained",
    "an archive pretended",
}  # fmt: skip


def run(statements):
    with connection.cursor() as cursor:
        for statement in statements.split(";"):
            cursor.execute(statement)


def lift(*modules):
    connection.check_constraints()
    for module in modules:
        module.lift(connection)


@pytest.fixture
def log(office):
    """Six entries, all chained; its count and digest."""
    lift(append_only)
    AuditEntry.objects.all().delete()
    append_only.install(connection)
    with audit.acting(office, "10.0.0.7"):
        for number in range(4):
            audit.note(audit.Kind.EXPORT, f"导出{number}条", reason="上报")
        village = Village.objects.create(name="东村", population=9, position=1)
        village.population = 5
        village.save()
    found = verdict()
    assert (found.head.count, found.findings) == (6, ())
    return found.head


@pytest.mark.parametrize("case", TAMPERING)
def test_tampering_is_found(log, case):
    statements, sentence = TAMPERING[case]
    lift(append_only)
    run(statements)
    append_only.install(connection)

    found = verdict(log).findings
    assert any(sentence in each for each in found), found


@pytest.mark.parametrize("case", [case for case in TAMPERING if case not in NOT_REFUSED])
def test_tampering_is_refused(log, case):
    with pytest.raises(IntegrityError, match="审计日志只能增加"), transaction.atomic():
        run(TAMPERING[case][0])
    assert verdict(log).findings == ()


def test_an_entry_is_not_put_in_twice(log):
    copied = f"{COPIED}, user_key, mark"
    with pytest.raises(IntegrityError), transaction.atomic():
        run(
            f"INSERT INTO congress_auditentry ({copied}, digest)"
            f" SELECT {copied}, '' FROM congress_auditentry WHERE sequence = 2"
        )


def test_triggers_that_are_gone_are_told(log):
    lift(append_only, capture)
    found = verdict(log).findings
    assert "数据表congress_auditentry失去保护，可以修改和删除；请运行 manage.py migrate。" in found
    assert "数据表voters_visit的改动没有记入日志；请运行 manage.py migrate。" in found


def test_signed_reports_and_trails_stay_protected():
    """``test_append_only`` holds what the triggers do, each app's tests that they do it."""
    trails = {
        "delegates_identityreveal", "delegates_merge", "delegates_mergeundone",
        "groups_planchange", "groups_planissue",
        "reports_narrativerevision", "reports_reportstep", "reports_reportversion",
        "voters_ballotcorrection", "voters_contactreveal", "voters_feedbackstep",
    }  # fmt: skip
    assert trails <= append_only._rules.keys()
    assert {append_only._rules[table].allows for table in trails} == {"FALSE"}
    assert append_only.unprotected(connection) == []


def test_the_command_says_what_was_found_and_whether_it_is_shorter(log, capsys):
    call_command("verify_audit", "--expect", str(log))
    assert capsys.readouterr().out == f"共6条；条数和链值：{log}\n"
    call_command("verify_audit", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "count": 6, "head": log.digest, "archived": 0, "findings": [],
    }  # fmt: skip

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", "--expect", f"7:{secrets.token_hex(32)}")
    assert ended.value.code == 1
    assert "现在没有：日志被截短或换掉。" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="照抄上次核对的最后一行"):
        call_command("verify_audit", "--expect", "7")


# Archives


@pytest.fixture
def old_log(log, monkeypatch):
    """The six entries are four years old; two more are of today."""
    lift(append_only)
    AuditEntry.objects.all().delete()
    append_only.install(connection)
    long_ago = timezone.now() - datetime.timedelta(days=4 * 365)
    with monkeypatch.context() as then:
        then.setattr("django.utils.timezone.now", lambda: long_ago)
        for number in range(6):
            audit.note(audit.Kind.EXPORT, f"导出{number}条")
    for number in range(2):
        audit.note(audit.Kind.PRINT, f"打印{number}张")
    chain.seal_pending()
    return verdict().head


LONG_AGO = str(datetime.date.today() - datetime.timedelta(days=3 * 365 + 10))


def archive(path, before=LONG_AGO):
    call_command("archive_audit", "--before", before, "--output", str(path))


def test_old_entries_go_into_a_file_and_the_chain_holds(old_log, tmp_path, capsys):
    path = tmp_path / "log.jsonl"
    first = list(AuditEntry.objects.order_by("sequence").values_list("words", flat=True))[:6]
    before = verdict().head
    archive(path)

    assert "已归档至第" in capsys.readouterr().out
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["words"] for line in lines[1:]] == first
    assert path.stat().st_mode & 0o777 == 0o600
    found = verdict(before)
    assert (found.findings, found.archived, found.head.count) == ((), 6, before.count + 1)
    call_command("verify_audit", str(path))
    assert capsys.readouterr().out.startswith("归档完整，截至第6条")


@pytest.mark.parametrize("damage", ["changed", "cut", "line gone"])
def test_a_damaged_archive_is_found(old_log, tmp_path, damage):
    path = tmp_path / "log.jsonl"
    archive(path)
    lines = path.read_text().splitlines()
    lines = {
        "changed": [*lines[:2], lines[2].replace('"export"', '"print"'), *lines[3:]],
        "cut": lines[:-1],
        "line gone": [*lines[:2], *lines[3:]],
    }[damage]
    path.write_text("\n".join(lines) + "\n")

    with pytest.raises(SystemExit) as refused:
        call_command("verify_audit", str(path))
    assert refused.value.code != 0


def test_what_must_be_kept_is_not_archived(old_log, tmp_path):
    path = tmp_path / "log.jsonl"
    with pytest.raises(SystemExit, match="日志至少保存1095天"):
        archive(path, str(datetime.date.today() - datetime.timedelta(days=300)))
    with pytest.raises(SystemExit, match="以前的日志，不用归档"):
        archive(path, "2001-01-01")
    assert not path.exists()
    path.write_text("别的文件")
    with pytest.raises(SystemExit, match="已经存在"):
        archive(path)
    assert path.read_text() == "别的文件"
    assert verdict(old_log).findings == ()


def test_what_was_archived_is_not_put_back(old_log, tmp_path):
    run("CREATE TEMPORARY TABLE kept AS SELECT * FROM congress_auditentry WHERE sequence = 2")
    archive(tmp_path / "log.jsonl")
    run("INSERT INTO congress_auditentry SELECT * FROM kept")
    assert any("第2条已经归档" in each for each in verdict().findings)


def test_a_refused_page_is_told(delegate, logged_in):
    address = reverse("auditentry_list")
    assert logged_in(delegate).get(address).status_code == 403

    entry = AuditEntry.objects.get(kind="refusal")
    assert (entry.username, entry.words) == ("delegate", f"没有权限：GET {address}")
