"""Documents that were there before they had files of their own, series and kinds."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from congress import append_only
from congress.audit import capture
from tests.congress.made_files import PDF
from tests.congress.test_document_text import docx
from tests.factory import day

BEFORE, AFTER = (
    ("congress", "0006_inspection_reply_months"),
    ("congress", "0009_document_files_apart"),
)


def migrated(target):
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


@pytest.fixture
def before(transactional_db, settings, tmp_path):
    """The models of before; afterwards the database is as it was."""
    settings.MEDIA_ROOT = tmp_path
    for module in (append_only, capture):
        module.lift(connection)
    targets = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrated(BEFORE)
    MigrationExecutor(connection).migrate(targets)
    for module in (append_only, capture):
        module.install(connection)


def test_files_and_numbers_are_kept(before, tmp_path):
    old = before.get_model("congress", "Document")

    def made(number, title, level="own", file=None, **fields):
        values = {"issuer": "镇人大", "date": day("2020-01-13"), "level": level}
        document = old.objects.create(number=number, title=title, **values | fields)
        if file:
            document.file.save(file[0], ContentFile(file[1]))
        return document

    made("XX镇人[2020]第01号", "关于a/b的意见", file=("old name.DOCX", docx("每季度活动一次")))
    made("XX镇人〔2020〕1号", "重号", issuer="主席团")
    made("第2号", "公告", file=("x.html", b"<p>1</p>"))
    gone = made("YY（2020）3号", "计划安排", level="county", file=("gone.pdf", PDF))
    lost = gone.file.name
    (tmp_path / lost).unlink()

    after = migrated(AFTER)
    rows = after.get_model("congress", "Document").objects.order_by("pk")
    files = after.get_model("congress", "DocumentFile").objects.order_by("pk")

    assert list(rows.values_list("number", "series", "serial", "kind")) == [
        ("XX镇人〔2020〕1号", "XX镇人〔2020〕", 1, "opinion"),
        ("XX镇人〔2020〕1号", "", None, ""),
        ("第2号", "", None, "announcement"),
        ("YY〔2020〕3号", "YY〔2020〕", 3, "plan"),
    ]
    assert list(files.values_list("document__title", "name", "reading", "text")) == [
        ("关于a/b的意见", "关于a／b的意见.docx", "read", "每季度活动一次接待日每月15日"),
        ("公告", "公告.html", "none", ""),
        ("计划安排", "计划安排.pdf", "failed", ""),
    ]
    assert [each.user_id for each in files] == [None, None, None]
    assert [files[0].file.read()[:2], files[1].file.read()] == [b"PK", b"<p>1</p>"]
    assert files[2].file.name == lost

    back = migrated(BEFORE).get_model("congress", "Document")
    assert list(back.objects.order_by("pk").values_list("title", flat=True).exclude(file="")) == [
        "关于a/b的意见",
        "公告",
        "计划安排",
    ]
    assert back.objects.get(number="第2号").file.read() == b"<p>1</p>"
    back.objects.all().delete()
