"""The office sees which backups it has, how old the last proved one is, and what to do next."""

import datetime
import shutil

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from congress import append_only
from congress.audit import capture
from congress.audit.verifying import verdict
from congress.backup.record import FAULTY, IN_TIME, MAKE, OLD, VERIFY, freshness
from congress.models import AuditEntry, BackupCheck, Township, Village
from tests import factory
from tests.congress.backup_world import backup, new_office

pytestmark = pytest.mark.django_db
DASHBOARD, LIST = reverse("dashboard"), reverse("backupcheck_list")


@pytest.fixture
def files(tmp_path, migrated_file):
    """An office in files of its own; the folder of its backups."""
    with new_office(tmp_path / "office", migrated_file):
        factory.make_township()
        yield tmp_path / "backups"


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def of_now():
    """(result, words) of the newest backup that is known."""
    check = BackupCheck.objects.first()
    return check.result, check.words


# How old


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (8, False), (9, True)])
def test_age_is_that_of_the_records_not_of_the_verification(days, is_old):
    factory.make_township()
    factory.make_backup_check(days_ago(days))

    found = freshness()
    assert (found.days, found.is_old) == (days, is_old)
    assert found.words == (f"{days}天前" if days else "今天")


def test_the_limit_is_the_townships():
    factory.make_township(backup_days=2)
    factory.make_backup_check(days_ago(3))
    assert freshness().is_old
    Township.objects.update(backup_days=3)
    assert not freshness().is_old


def test_a_younger_one_that_is_not_proved_does_not_count():
    factory.make_backup_check(days_ago(5))
    factory.make_backup_check(sha256="b" * 64, result="none", verified_at=None)
    factory.make_backup_check(days_ago(1), sha256="c" * 64, result="faulty")
    assert freshness().days == 5


@pytest.mark.parametrize(
    ("days", "fields", "advice"),
    [
        (None, {}, MAKE),
        (9, {}, OLD.format(8)),
        (9, {"result": "none", "verified_at": None}, VERIFY.format("congress-XX镇.tar.gz")),
        (
            0,
            {"result": "faulty", "words": "附件缺失。\n另有"},
            FAULTY.format("congress-XX镇.tar.gz", "附件缺失。"),
        ),
    ],
)
def test_what_to_do_next_is_said(days, fields, advice):
    if days is not None:
        factory.make_backup_check(days_ago(days), **fields)
    assert (freshness().is_old, freshness().advice) == (True, advice)


def test_the_next_day_is_named_while_all_is_well():
    factory.make_backup_check()
    day = timezone.localdate() + datetime.timedelta(days=8)
    assert freshness().advice == IN_TIME.format(day)


# What the pages show


@pytest.mark.parametrize("role", ["secretary", "administrator"])
def test_today_turns_red_and_green(role, logged_in, request):
    client = logged_in(request.getfixturevalue(role))
    page = client.get(DASHBOARD).content.decode()
    assert '<span class="state overdue">还没有核验过的备份</span>' in page
    factory.make_backup_check(days_ago(3))
    page = client.get(DASHBOARD).content.decode()
    assert '<span class="state done">3天前</span>' in page


def test_the_list_is_empty_then_shows_each(administrator, logged_in, django_assert_num_queries):
    client = logged_in(administrator)
    assert MAKE in client.get(LIST).content.decode()
    factory.make_backup_check(days_ago(20), result="faulty", words="附件缺失。")
    page = client.get(LIST).content.decode()
    assert "1.5MB" in page
    assert FAULTY.format("congress-XX镇.tar.gz", "附件缺失。") in page
    address = BackupCheck.objects.get().get_absolute_url()
    assert "a" * 64 in client.get(address).content.decode()


def test_others_see_nothing_of_it(office, logged_in):
    assert "核验过的备份" not in logged_in(office).get(DASHBOARD).content.decode()


# What the commands write down


def test_made_verified_removed(files, capsys):
    path = backup(files)
    check = BackupCheck.objects.get()
    assert (check.name, check.size, check.result) == (path.name, path.stat().st_size, "none")

    call_command("verify_backup", str(path))
    assert of_now() == ("good", "")
    assert freshness().days == 0
    entry = AuditEntry.objects.latest("pk")
    assert (entry.kind, entry.words) == ("backup", f"核验备份{path.name}：可以恢复")
    assert entry.subject_key == str(check.pk)

    path.rename(files / path.name.replace("-20", "-19"))
    BackupCheck.objects.update(name=path.name.replace("-20", "-19"))
    backup(files, "--keep", "1")
    assert BackupCheck.objects.get().result == "none"


def test_a_damaged_file_of_a_known_name_is_no_longer_relied_on(files):
    path = backup(files)
    call_command("verify_backup", str(path))
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(SystemExit):
        call_command("verify_backup", str(path))
    assert of_now() == ("faulty", "备份文件损坏或不完整，不能使用；请换一份备份。")
    assert freshness().last is None


def test_a_strange_file_is_written_into_the_log_only(files, tmp_path):
    (tmp_path / "x").write_bytes(b"x")
    with pytest.raises(SystemExit):
        call_command("verify_backup", str(tmp_path / "x"))
    assert not BackupCheck.objects.exists()
    assert AuditEntry.objects.latest("pk").words.startswith("核验备份x：不能依靠")


def test_an_old_backup_keeps_its_age_and_forgets_no_younger_one(files, tmp_path):
    """Restored today, its records are still those of their day; the log goes on unbroken."""
    Village.objects.create(name="东村", population=9, position=1)
    old = backup(files)
    moment = BackupCheck.objects.get().made_at
    shutil.move(old, tmp_path / old.name)
    Village.objects.create(name="西村", population=9, position=2)
    young = backup(files / "young")

    call_command("restore", str(tmp_path / old.name), replace=True, yes_replace="XX镇")

    assert Village.objects.get().name == "东村"
    restored = BackupCheck.objects.get(name=old.name, size=(tmp_path / old.name).stat().st_size)
    assert (restored.made_at, restored.result) == (moment, "good")
    assert BackupCheck.objects.filter(result="none", size=young.stat().st_size).exists()
    found = verdict()
    assert found.findings == ()
    assert list(AuditEntry.objects.order_by("pk").values_list("kind", flat=True))[-1] == "restore"


# What a backup proves of the audit log


def test_a_backup_shows_that_the_log_was_cut_off_since(files, capsys):
    path = backup(files)
    call_command("verify_audit", "--backup", str(path))
    append_only.lift(connections["default"])
    capture.lift(connections["default"])
    AuditEntry.objects.filter(sequence__gte=2).delete()
    for module in (append_only, capture):
        module.install(connections["default"])
    call_command("verify_audit")
    capsys.readouterr()

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", "--backup", str(path))

    assert ended.value.code == 1
    assert "日志被截短或换掉" in capsys.readouterr().out


def test_another_key_is_named_and_the_former_one_proves_the_log(files, settings, capsys):
    path, former = backup(files), settings.SECRET_KEY
    settings.SECRET_KEY = "9876543210" * 5
    call_command("restore", str(path), replace=True, yes_replace="XX镇")
    assert "SECRET_KEY_FALLBACKS" in capsys.readouterr().err
    assert any("写入标记不对" in sentence for sentence in verdict().findings)

    settings.SECRET_KEY_FALLBACKS = [former]
    assert verdict().findings == ()
