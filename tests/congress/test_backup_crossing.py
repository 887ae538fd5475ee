"""From the tests' database, whichever it is, into an SQLite file and back: nothing is lost."""

import json
import tarfile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from congress.audit.chain import Head
from congress.audit.verifying import verdict
from congress.backup.rows import kept_models
from congress.models import AuditEntry, Township
from reports.models import AnnualReport
from tests import factory
from tests.congress.backup_world import CONTENT, backup, everything, office_in


def head_in(path):
    """The audit log's count and digest as a backup has them."""
    with tarfile.open(path) as tar:
        return Head.read(json.load(tar.extractfile("manifest.json"))["log"])


def keys_given_twice():
    """Tables whose next row would get the key of one that stands (SQLite counts by itself)."""
    if connection.vendor == "sqlite":
        return []
    found = []
    for model in kept_models(apps):
        table, key = model._meta.db_table, model._meta.pk
        if key.get_internal_type() not in {"AutoField", "BigAutoField"}:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{table}', '{key.column}'))")
            (following,) = cursor.fetchone()
        if model._base_manager.filter(pk__gte=following).exists():
            found.append(table)
    return found


@pytest.mark.django_db(transaction=True)
def test_an_office_crosses_to_a_file_and_back(tmp_path, settings, capsys):
    settings.MEDIA_ROOT = tmp_path / "media"
    factory.make_township(name="XX镇")
    chair = factory.make_user("chair", name="主席")
    factory.make_document_file(factory.make_document(title="关于𬱖㛃"), chair, content=CONTENT)
    factory.make_item(factory.make_visit(voter_name="阿卜杜拉·买买提"))
    report = AnnualReport.objects.create(
        year=2020, start=factory.day("2020-01-01"), cut_off=factory.day("2020-08-20")
    )
    factory.make_version(report, chair)
    before = everything()

    out = backup(tmp_path / "first")
    head = head_in(out)
    assert head.count
    call_command("verify_backup", str(out))
    (tmp_path / "file").mkdir()
    with office_in(tmp_path / "file"):
        call_command("restore", str(out))
        assert everything() == before
        back = backup(tmp_path / "second")
    Township.objects.update(name="YY镇")
    call_command("restore", str(back), replace=True, yes_replace="YY镇")

    assert everything() == before
    assert keys_given_twice() == []
    assert verdict(head).findings == ()
    assert f"备份可以恢复：{out.name}，内容与备份时一致。" in capsys.readouterr().out
    assert AuditEntry.objects.latest("pk").kind == "restore"
    assert factory.make_user("next").pk > chair.pk
