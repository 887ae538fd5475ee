"""Upload, preview, confirmation and result; and the workbook of a year to take away."""

import io
import json
import os
import re
import time
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress import background
from congress.background import Job
from congress.models import AuditEntry, Township
from congress.workbook_file import (
    ENCRYPTED,
    ENCRYPTED_STREAM,
    NOT_A_WORKBOOK,
    OLE_SIGNATURE,
    TOO_BIG,
)
from reports import ledger_views
from reports.ledger_store import Upload
from reports.ledgers import plan_import
from voters.ledgers.reception import TOLD_TO_OTHERS
from voters.models import FeedbackItem, Visit

from . import ledger_files
from .ledger_files import XX_TOWN, cells_of, day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(logged_in, office):
    return logged_in(office)


def upload(client, content=None, name="台账.xlsx"):
    content = XX_TOWN.read_bytes() if content is None else content
    return client.post(reverse("ledgers"), {"file": SimpleUploadedFile(name, content)})


def kept_files(settings):
    return sorted(path.suffix for path in Path(settings.MEDIA_ROOT, "ledgers").iterdir())


def words(response):
    """Text of the page's main part, without its tags."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_preview_then_confirm_then_result(client, office, settings):
    response = upload(client)
    preview = client.get(response.url)
    assert [
        (each.name, each.added, each.changed, each.unchanged)
        for each in preview.context["summaries"]
    ][4:7] == [("接待日", 24, 0, 0), ("接待登记", 54, 0, 0), ("意见建议", 33, 0, 0)]
    assert "没有发现错误。确认后一次写入全部内容" in words(preview)
    assert not Township.objects.exists()

    result = client.post(f"{response.url}confirm/", follow=True)
    assert result.context["title"] == "台账已导入"
    assert "已全部写入。" in words(result)
    assert result.context["upload"].result[5] == {
        "name": "接待登记",
        "added": 54,
        "changed": 0,
        "unchanged": 0,
    }
    assert Visit.objects.count() == 54
    assert set(Visit.objects.values_list("logged_by", flat=True)) == {office.pk}
    assert kept_files(settings) == [".json"]


def test_a_second_click_imports_nothing_again(client):
    address = upload(client).url
    first = client.post(f"{address}confirm/")
    Visit.objects.filter(number="2020-001").update(persons=9)
    second = client.post(f"{address}confirm/")
    assert (first.url, second.url) == (f"{address}result/", f"{address}result/")
    assert Visit.objects.get(number="2020-001").persons == 9
    assert client.get(address).url == f"{address}result/"


def test_preview_tells_what_would_change(client):
    client.post(f"{upload(client).url}confirm/")
    ledger = ledger_files.xx_town()
    ledger.row("接待登记", 登记号="2020-001")["来访人数"] = 7
    preview = client.get(upload(client, ledger.file().getvalue()).url)
    assert [str(change.old) + "→" + change.new for change in preview.context["changes"]] == ["4→7"]
    assert "接待登记 2 来访人数 4 7" in words(preview)


def test_errors_are_listed_and_there_is_nothing_to_confirm(client):
    ledger = ledger_files.xx_town()
    ledger.row("接待登记", 登记号="2020-001")["村"] = "<b>没有的村</b>"
    address = upload(client, ledger.file().getvalue()).url
    preview = client.get(address)
    assert "接待登记 2 村 &lt;b&gt;没有的村&lt;/b&gt; “村”表中没有这个村，请核对。" in words(
        preview
    )
    assert "有1处要改正，还没有写入任何内容" in words(preview)
    assert "确认导入" not in words(preview)

    result = client.post(f"{address}confirm/", follow=True)
    assert result.context["title"] == "台账没有导入"
    assert not Township.objects.exists()
    assert client.post(f"{address}retry/").url == address
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "这个文件是空的，请重新选择。"),
        (b"name,phone\n", NOT_A_WORKBOOK),
        (OLE_SIGNATURE + ENCRYPTED_STREAM, ENCRYPTED),
        (bytes(20 * 1024 * 1024 + 1), TOO_BIG),
    ],
)
def test_a_file_that_is_no_ledger_gets_one_sentence(client, settings, content, sentence):
    response = upload(client, content)
    assert response.context["form"].errors == {"file": [sentence]}
    assert sentence in words(response)
    assert not Path(settings.MEDIA_ROOT, "ledgers").exists()


def test_a_file_damaged_further_in_gets_one_sentence_in_the_preview(client, monkeypatch):
    address = upload(client).url
    (workbook,) = Path(Upload.folder()).glob("*.xlsx")
    workbook.write_bytes(b"PK")
    assert "不能导入 文件已损坏，无法读取。" in words(client.get(address))


def test_nobody_else_sees_the_upload(client, logged_in, secretary, office, chair):
    address = upload(client).url
    assert logged_in(secretary).get(address).status_code == 404
    assert logged_in(office).get(address).status_code == 404
    assert logged_in(chair).get(address).status_code == 403
    assert client.get(reverse("ledger_preview", args=["a" * 32])).status_code == 404
    assert client.get(reverse("ledger_preview", args=["..%2Fdb"])).status_code == 404


def test_who_may_open_the_page(cast, logged_in):
    answers = {
        name: logged_in(user).get(reverse("ledgers")).status_code for name, user in cast.items()
    }
    assert {name for name, status in answers.items() if status == 200} == {"office", "secretary"}
    assert set(answers.values()) == {200, 403}


def test_reading_the_page_changes_nothing(client, django_assert_max_num_queries):
    address = upload(client).url
    with django_assert_max_num_queries(42) as queries:
        client.get(address)
        client.get(f"{address}result/")
    assert [each["sql"] for each in queries if not each["sql"].startswith("SELECT")] == []


def test_what_is_confirmed_is_checked_again(client):
    """A village that the file left to the database went away between preview and confirmation."""
    client.post(f"{upload(client).url}confirm/")
    ledger = ledger_files.xx_town()
    ledger.add("接待登记", *ledger["接待登记"][0].values())
    ledger["接待登记"][-1].update(登记号="2020-099", 接待日期=day("2020-08-17"), 组别=1)
    ledger.add("接待日", day("2020-08-17"), 1, "镇政府会议室", "何长庚、李堃", "已举行", None, None)
    address = upload(client, ledger.file().getvalue()).url
    assert not client.get(address).context["plan"].errors
    ledger["接待日"][-1]["状态"] = "取消"
    (workbook,) = Path(Upload.folder()).glob("*.xlsx")
    workbook.write_bytes(ledger.file().getvalue())
    result = client.post(f"{address}confirm/", follow=True)
    assert ledger_views.NOT_AS_PREVIEWED in words(result)
    assert not Visit.objects.filter(number="2020-099").exists()


def test_an_import_that_breaks_off_writes_nothing_and_says_so(client, monkeypatch):
    def broken(*args):
        raise RuntimeError

    address = upload(client).url
    monkeypatch.setattr(ledger_views, "import_ledgers", broken)
    result = client.post(f"{address}confirm/", follow=True)
    assert ledger_views.UNEXPECTED in words(result)
    assert not Township.objects.exists()


def test_an_import_whose_worker_ended_is_over(client, monkeypatch):
    address = upload(client).url
    monkeypatch.setattr(background, "_run", lambda job, work: job.tell(0, 0, "正在写入记录"))
    waiting = client.post(f"{address}confirm/", follow=True)
    assert waiting.context["title"] == "正在导入台账"
    assert "正在写入记录 进度" in words(waiting)
    (note,) = Job.folder().iterdir()
    note.write_text(json.dumps(json.loads(note.read_text()) | {"at": time.time() - 1000}))
    over = client.get(f"{address}result/")
    assert over.context["title"] == "台账没有导入"
    assert "导入台账中途停止；请先核对有没有办好，再决定是否重新办理。 重新核对" in words(over)
    assert client.post(f"{address}retry/").url == address
    assert client.get(address).context["title"] == "核对台账"


def test_discarding_removes_the_file(client, settings):
    address = upload(client).url
    assert client.post(f"{address}discard/").url == reverse("ledgers")
    assert kept_files(settings) == []
    assert client.get(address).status_code == 404


def test_files_are_private_and_go_after_a_day(client, settings):
    upload(client)
    old = list(Path(Upload.folder()).iterdir())
    assert {oct(path.stat().st_mode & 0o777) for path in old if path.suffix == ".xlsx"} == {"0o600"}
    for path in old:
        os.utime(path, (0, 0))
    upload(client)
    assert kept_files(settings) == [".json", ".xlsx"]
    assert not any(path.exists() for path in old)


def test_the_year_to_take_away(client):
    client.post(f"{upload(client).url}confirm/")
    address = reverse("ledger_export", query={"year": 2020, "full": 1})
    assert "事由" in client.get(address).content.decode()
    response = client.post(address, {"reason": "备份台账"})
    content = io.BytesIO(b"".join(response.streaming_content))
    assert response["Content-Disposition"].endswith("2020%E5%B9%B4%E5%8F%B0%E8%B4%A6.xlsx")
    entry = AuditEntry.objects.get(kind="export")
    words = "导出2020年台账工作簿（含姓名、电话），54条"
    assert (entry.words, entry.reason) == (words, "备份台账")
    book = openpyxl.load_workbook(content)
    assert book["接待登记"].oddFooter.center.text.endswith(f"-{entry.pk}")
    cells = cells_of(content)
    assert ["事由", "备份台账"] in cells.pop("导出说明")
    assert cells == cells_of(XX_TOWN)
    plan = plan_import(content)
    assert (list(plan.errors), plan.changes) == ([], [])
    assert client.get(reverse("ledgers")).context["year_form"]["year"].value() == 2020


def test_a_masked_year_is_for_reading_only(client):
    client.post(f"{upload(client).url}confirm/")
    response = client.get(reverse("ledger_export"), {"year": 2020})
    content = io.BytesIO(b"".join(response.streaming_content))

    visits = openpyxl.load_workbook(content)["接待登记"]
    rows = list(visits.iter_rows(values_only=True))
    name, phone = rows[0].index("来访人"), rows[0].index("电话")
    assert all(row[name].endswith("**") for row in rows[1:])
    assert all("****" in row[phone] for row in rows[1:] if row[phone])
    errors = [str(error) for error in plan_import(content).errors]
    assert any("已隐去个人信息，不能导入" in error for error in errors)


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        ("", "请填写年度。"),
        ("二〇", "年度应为四位数字，如2020。"),
        ("2020", "还没有乡镇概况和届次，没有可以导出的台账。"),
    ],
)
def test_an_export_that_cannot_be(client, year, sentence):
    response = client.get(reverse("ledger_export"), {"year": year})
    assert response.context["year_form"].errors == {"year": [sentence]}


@pytest.mark.django_db(transaction=True)
def test_in_the_background_the_page_waits_for_the_result(client):
    address = upload(client).url
    response = client.post(f"{address}confirm/", {"background": "1"})
    assert response.url == f"{address}result/"
    (job,) = [note.stem for note in Job.folder().glob("*.json")]
    for _ in range(200):
        status = client.get(reverse("job_status", args=[job])).json()
        if status["over"]:
            break
        time.sleep(0.05)
    assert status == {"words": "已全部写入。", "done": 0, "total": 0, "over": True}
    assert client.get(f"{address}result/").context["title"] == "台账已导入"
    assert client.get(reverse("job_page", args=[job])).url == f"{address}result/"
    assert Visit.objects.count() == 54


def test_what_was_told_in_confidence_to_others_is_neither_shown_nor_changed(client, chair):
    client.post(f"{upload(client).url}confirm/")
    Visit.objects.filter(number="2020-001").update(confidential=True)
    Visit.objects.get(number="2020-001").informed.set([chair])
    hidden = Visit.objects.get(number="2020-001")
    item = FeedbackItem.objects.filter(visit=hidden).first()
    ledger = ledger_files.xx_town()
    ledger.row("接待登记", 登记号="2020-001")["反映内容"] = "改成别的"

    preview = client.get(upload(client, ledger.file().getvalue()).url)

    errors = [(error.column, error.value) for error in preview.context["errors"]]
    assert errors == [("登记号", "2020-001"), ("编号", item.number)]
    assert preview.content.decode().count(TOLD_TO_OTHERS) == 2
    assert hidden.words not in preview.content.decode()


def test_the_preview_shows_no_number_in_full(client):
    client.post(f"{upload(client).url}confirm/")
    Visit.objects.filter(number="2020-001").update(phone="13970015678", voter_name="欧阳天佑")
    ledger = ledger_files.xx_town()
    row = ledger.row("接待登记", 登记号="2020-001")
    row |= {"电话": "13970025678", "来访人": "司马天佑", "当场答复": "请打13970035678。"}

    preview = client.get(upload(client, ledger.file().getvalue()).url)

    told = [(change.column, change.old, change.new) for change in preview.context["changes"]]
    assert told == [
        ("来访人", "欧阳**", "司马**"),
        ("电话", "139****5678", "139****5678"),
        ("当场答复", told[2][1], "请打139****5678。"),
    ]
    row["村"] = row["电话"]
    page = client.get(upload(client, ledger.file().getvalue()).url)
    assert [error.value for error in page.context["errors"]] == ["139****5678"]
