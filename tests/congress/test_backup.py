"""A backup holds the whole office, is proved beforehand, comes back whole or not at all."""

import gzip
import hashlib
import io
import json
import shutil
import tarfile
import threading

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import IntegrityError, connection, connections
from django.utils import timezone

from congress.audit import capture
from congress.backup import BackupError, restoring
from congress.backup.archive import unpack
from congress.backup.databases import sqlite_file, working_on
from congress.models import AuditEntry, Document, DocumentFile, Township, User, Village
from tests import factory
from tests.congress.backup_world import (
    CONTENT,
    TITLE,
    backup,
    copy_of,
    everything,
    fill_with_year,
    new_office,
    office_in,
)

#: Offices on files: what PostgreSQL does is in test_backup_crossing.
pytestmark = [pytest.mark.django_db] if connection.vendor == "sqlite" else []
KEY = "a key of the township, kept apart"


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker, migrated_file, tmp_path_factory):
    """The folder of an office with its records, and its backup; tests work on copies."""
    folder = tmp_path_factory.mktemp("year") / "office"
    with django_db_blocker.unblock(), new_office(folder, migrated_file):
        fill_with_year()
        Session.objects.create(session_key="k" * 32, session_data="x", expire_date=timezone.now())
        backup(folder.parent / "kept")
    return folder


@pytest.fixture
def kept(year):
    """The backup of the year."""
    (path,) = (year.parent / "kept").iterdir()
    return path


@pytest.fixture
def empty(year, migrated_file, tmp_path):
    """An installation that has only been migrated."""
    with new_office(tmp_path / "empty", migrated_file) as folder:
        yield folder


def restore(path, **options):
    call_command("restore", str(path), **options)


def refused(command, path, **options):
    """The sentence with which a command ends."""
    with pytest.raises(SystemExit) as ended:
        call_command(command, str(path), **options)
    return ended.value.code


def parts_of(path):
    with tarfile.open(path) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def packed_again(parts, path):
    with tarfile.open(path, "w:gz") as tar:
        for name, content in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


# There and back


def test_the_year_comes_back_as_it_was(year, kept, empty, tmp_path):
    with copy_of(year, tmp_path / "before"):
        before = everything()

    restore(kept)

    assert everything() == before
    assert (len(before["proof"]), before["upload"]) == (2, CONTENT)
    assert Document.objects.get(title=TITLE).files.count() == 1
    last = AuditEntry.objects.latest("pk")
    assert (last.kind, last.words[:2]) == ("restore", "从2")


def test_nobody_stays_logged_in(year, kept, empty):
    restore(kept)

    assert not Session.objects.exists()
    assert b"k" * 32 not in parts_of(kept)["database.sqlite3"]


def test_what_may_only_grow_is_protected_again(kept, empty):
    restore(kept)

    with pytest.raises(IntegrityError, match="审计日志只能增加"):
        AuditEntry.objects.update(words="改")


def test_a_database_without_tables_is_filled(kept, tmp_path):
    (tmp_path / "bare").mkdir()
    with office_in(tmp_path / "bare"):
        restore(kept)

        assert DocumentFile.objects.get().file.read() == CONTENT


def test_rows_alone_make_the_same_office(year, kept, empty, tmp_path):
    """As they cross from PostgreSQL: without the file of SQLite."""
    with copy_of(year, tmp_path / "before"):
        before = everything()
    parts = parts_of(kept)
    manifest = json.loads(parts["manifest.json"]) | {"vendor": "postgresql"}
    parts["manifest.json"] = json.dumps(manifest).encode()

    restore(packed_again(parts, tmp_path / "rows.tar.gz"))

    assert everything() == before
    assert factory.make_user("next").pk > User.objects.get(username="chair").pk


# What is in the file


def test_the_file_says_what_it_holds_and_no_secret(kept, settings):
    parts = parts_of(kept)
    manifest = json.loads(parts["manifest.json"])

    assert kept.stat().st_mode & 0o777 == 0o600
    assert set(manifest["parts"]) == set(parts) - {"manifest.json"}
    assert manifest["tables"]["congress_township"]["rows"] == 1
    assert manifest["tables"]["congress_documentfile"]["rows"] == 1
    assert {"django", "python", "vendor", "database", "migrations"} <= set(manifest)
    told = b"".join(parts.values()).decode("utf-8", "ignore")
    for secret in (settings.SECRET_KEY, *settings.PERSONAL_DATA_KEYS):
        assert secret not in told


def test_a_backup_while_others_write_is_of_one_moment(year, migrated_file, tmp_path):
    """Villages come in pairs, each pair in one transaction: no backup holds half of one."""
    with copy_of(year, tmp_path / "busy") as folder:
        stop = threading.Event()
        written = []

        def write():
            with office_in(folder):
                while not stop.is_set():
                    first = len(written) * 2
                    Village.objects.bulk_create(
                        Village(name=f"成对{first + number}", population=1, position=999)
                        for number in range(2)
                    )
                    written.append(first)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            path = backup(tmp_path / "backups")
        finally:
            stop.set()
            writer.join()

    assert len(written) > 1
    with new_office(tmp_path / "restored", migrated_file):
        restore(path)

        assert Village.objects.filter(name__startswith="成对").count() % 2 == 0


def test_only_the_newest_are_kept(year, tmp_path):
    with copy_of(year, tmp_path / "office"):
        folder = tmp_path / "backups"
        folder.mkdir()
        for day in ("20200101-020000", "20200102-020000"):
            (folder / f"congress-XX镇-{day}.tar.gz").touch()
        (folder / "congress-YY镇-20200101-020000.tar.gz").touch()
        newest = backup(folder, "--keep", "2")

    assert sorted(path.name for path in folder.iterdir()) == [
        "congress-XX镇-20200102-020000.tar.gz",
        newest.name,
        "congress-YY镇-20200101-020000.tar.gz",
    ]


def test_a_lost_upload_is_told_and_the_rest_is_saved(year, tmp_path, capsys):
    with copy_of(year, tmp_path / "office"):
        shutil.rmtree(tmp_path / "office" / "media")
        path = backup(tmp_path / "backups")

        assert "1个附件在存储中找不到" in capsys.readouterr().err
        call_command("verify_backup", str(path))
        assert "已有1个附件" in capsys.readouterr().err


# Refusals


def test_an_office_with_records_is_not_overwritten(year, kept, tmp_path):
    with copy_of(year, tmp_path / "office"):
        Township.objects.update(name="YY镇")
        sentence = refused("restore", kept)

        assert sentence.startswith("系统里已有账号或记录（YY镇），没有恢复。")
        assert Township.objects.get().name == "YY镇"


@pytest.mark.parametrize("answers", [["XX镇"], ["YY镇", "是"], ["YY镇", ""]])
def test_replacing_is_asked_twice_in_words(year, kept, tmp_path, monkeypatch, answers):
    with copy_of(year, tmp_path / "office"):
        Township.objects.update(name="YY镇")
        monkeypatch.setattr("builtins.input", lambda words: answers.pop(0))

        assert "没有恢复，什么也没有改动" in refused("restore", kept, replace=True)
        assert Township.objects.get().name == "YY镇"


def test_replacing_takes_away_what_was_there(year, kept, tmp_path, monkeypatch):
    with copy_of(year, tmp_path / "office"):
        before = everything()
        Township.objects.update(name="YY镇")
        with connections["default"].cursor() as cursor:
            cursor.execute("UPDATE congress_documentfile SET file = 'attachments/aa/other'")
        other = tmp_path / "office" / "media" / "attachments" / "aa" / "other"
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(b"personal data of the old state")
        answers = ["YY镇", "删除现有的全部内容"]
        monkeypatch.setattr("builtins.input", lambda words: answers.pop(0))

        restore(kept, replace=True)

        assert everything() == before
        assert not other.exists()


def test_a_restoration_that_breaks_off_changes_nothing(year, kept, tmp_path, monkeypatch):
    def fail(*_):
        raise BackupError("磁盘已满")

    with copy_of(year, tmp_path / "office"):
        shutil.rmtree(tmp_path / "office" / "media")
        Township.objects.update(name="YY镇")
        monkeypatch.setattr(restoring, "copy_sqlite", fail)

        sentence = refused("restore", kept, replace=True, yes_replace="YY镇")

        assert sentence == "磁盘已满"
        assert Township.objects.get().name == "YY镇"
        assert not [path for path in (tmp_path / "office" / "media").rglob("*") if path.is_file()]


def changed_byte(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def with_part(content, name, change):
    with gzip.open(io.BytesIO(content)) as unzipped, tarfile.open(fileobj=unzipped) as tar:
        parts = {member.name: tar.extractfile(member).read() for member in tar}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for part, bytes_of_part in change(parts).items():
            member = tarfile.TarInfo(part)
            member.size = len(bytes_of_part)
            tar.addfile(member, io.BytesIO(bytes_of_part))
    return out.getvalue()


def later(parts):
    manifest = json.loads(parts["manifest.json"])
    manifest["migrations"].append(["congress", "9999_of_next_year"])
    return parts | {"manifest.json": json.dumps(manifest).encode()}


def without(parts, name):
    return {part: content for part, content in parts.items() if part != name}


ROWS = "rows/congress_township.jsonl"
DAMAGED = "备份文件损坏或不完整，不能使用；请换一份备份。"
NO_BACKUP = "这不是本程序的备份文件，或者文件开头损坏。"
DAMAGES = {
    "empty": (lambda content: b"", NO_BACKUP),
    "another file": (lambda content: b"%PDF-1.7 " + content, NO_BACKUP),
    "cut in half": (lambda content: content[: len(content) // 2], DAMAGED),
    "the end lost": (lambda content: content[:-9], DAMAGED),
    "one bit": (lambda content: changed_byte(content, len(content) // 2), DAMAGED),
    "a part changed": (
        lambda content: with_part(content, ROWS, lambda parts: parts | {ROWS: b"{}\n"}),
        DAMAGED,
    ),
    "a part left out": (
        lambda content: with_part(content, ROWS, lambda parts: without(parts, ROWS)),
        DAMAGED,
    ),
    "a part put in": (
        lambda content: with_part(content, ROWS, lambda parts: parts | {"rows/x": b""}),
        DAMAGED,
    ),
    "a part outside": (
        lambda content: with_part(content, ROWS, lambda parts: {"../x": b""} | parts),
        DAMAGED,
    ),
    "no manifest": (
        lambda content: with_part(content, ROWS, lambda parts: without(parts, "manifest.json")),
        DAMAGED,
    ),
    "of a later program": (
        lambda content: with_part(content, ROWS, later),
        "这份备份是较新版本的程序做的（本程序没有 congress.9999_of_next_year），"
        "请先把本程序升级到同一版本或更新的版本。",
    ),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_what_is_damaged_is_refused(kept, empty, tmp_path, kind):
    damage, sentence = DAMAGES[kind]
    path = tmp_path / "damaged"
    path.write_bytes(damage(kept.read_bytes()))

    assert refused("verify_backup", path) == sentence
    assert refused("restore", path) == sentence
    assert not Township.objects.exists()
    assert not User.objects.exists()


def test_a_file_that_is_not_there_is_named(empty, tmp_path):
    path = tmp_path / "none"

    assert refused("restore", path) == f"不能读取备份文件“{path}”，请核对路径和权限。"


# Under a key


@pytest.fixture(scope="module")
def sealed(year, django_db_blocker):
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKUP_KEY", KEY)
        with copy_of(year, year.parent / "sealing"):
            return backup(year.parent / "sealed", "--encrypt")


def test_a_sealed_backup_opens_under_its_key_only(sealed, empty, monkeypatch):
    monkeypatch.delenv("BACKUP_KEY", raising=False)
    assert refused("restore", sealed).startswith("这份备份已加密")
    monkeypatch.setenv("BACKUP_KEY", KEY + "?")
    assert refused("restore", sealed).startswith("不能解密备份")
    assert not Township.objects.exists()
    assert CONTENT not in sealed.read_bytes()

    monkeypatch.setenv("BACKUP_KEY", KEY)
    restore(sealed)

    assert DocumentFile.objects.get().file.read() == CONTENT


@pytest.mark.parametrize("kept_bytes", [-1, -30, 60])
def test_a_sealed_backup_without_its_end_is_refused(sealed, empty, monkeypatch, kept_bytes):
    monkeypatch.setenv("BACKUP_KEY", KEY)
    short = empty / "short"
    short.write_bytes(sealed.read_bytes()[:kept_bytes])

    with pytest.raises(BackupError):
        unpack(short, empty / "x", KEY)


def test_a_short_key_is_refused(year, tmp_path, monkeypatch):
    monkeypatch.setenv("BACKUP_KEY", "short")
    with pytest.raises(SystemExit) as ended:
        call_command("backup", "--output", str(tmp_path), "--encrypt")

    assert "至少20个字符" in ended.value.code
    assert list(tmp_path.iterdir()) == []


# The proof


def test_a_good_backup_is_proved_beside_an_office_that_stays_as_it_is(kept, empty, capsys):
    call_command("verify_backup", str(kept))

    assert capsys.readouterr().out == f"备份可以恢复：{kept.name}，内容与备份时一致。\n"
    assert not Township.objects.exists()


def test_the_proof_finds_records_that_are_not_those_of_the_moment(kept, empty, tmp_path):
    """Parts and their hashes agree, the database's own copy holds something else."""
    parts = parts_of(kept)
    copy = tmp_path / "database.sqlite3"
    copy.write_bytes(parts["database.sqlite3"])
    with working_on(sqlite_file(copy)), connections["default"].cursor() as cursor:
        cursor.execute("DROP TRIGGER append_only_update_reports_reportversion")
        capture.lift(connections["default"])
        cursor.execute("UPDATE reports_reportversion SET pdf = x'00'")
        cursor.execute("UPDATE voters_visit SET persons = persons + 1 WHERE id = 1")
        cursor.execute("DELETE FROM congress_documentfile")
    manifest = json.loads(parts["manifest.json"])
    parts["database.sqlite3"] = copy.read_bytes()
    manifest["parts"]["database.sqlite3"] = {
        "size": copy.stat().st_size,
        "sha256": hashlib.sha256(copy.read_bytes()).hexdigest(),
    }
    parts["manifest.json"] = json.dumps(manifest).encode()

    sentence = refused("verify_backup", packed_again(parts, tmp_path / "forged.tar.gz"))

    found = sentence.splitlines()
    assert found[0] == "备份有5处不符："
    assert found[1:4] == [
        "数据表congress_documentfile：备份时1行，恢复后0行。",
        "数据表reports_reportversion：1行，内容与备份时不同。",
        f"数据表voters_visit：{manifest['tables']['voters_visit']['rows']}行，内容与备份时不同。",
    ]
    assert found[4].startswith("2020年工作情况汇报")
    assert found[5].endswith("文件与签发时的校验值不同。")
