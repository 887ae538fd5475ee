"""A long action before the user's eyes: how far it is, then the result by itself."""

import threading
from types import SimpleNamespace

import pytest
from django.conf import settings as project

from congress import background
from congress.background import DONE, FAILED, Job
from congress.private_notes import new_token, owner_of
from reports import ledger_views
from reports.ledgers import import_ledgers

LEDGERS = project.BASE_DIR / "reports" / "demonstration" / "xx-town-2020.xlsx"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def job(page, log_in, secretary):
    """A job of the log-in in the window, as another worker process would run it."""
    log_in(page, secretary)
    (cookie,) = page.context.cookies()
    session = SimpleNamespace(session_key=cookie["value"])
    owner = owner_of(SimpleNamespace(user=secretary, session=session))
    job = Job(new_token(), owner, "批量交办", ("意见建议", "/items/"))
    job.save()
    page.goto(job.get_absolute_url())
    return job


def test_the_page_follows_and_leads_to_the_result(page, job, check_axe):
    page.get_by_role("heading", name="正在批量交办").wait_for()
    bar = page.get_by_role("progressbar", name="进度")
    assert bar.evaluate("bar => bar.position") == -1
    check_axe(page)

    job.tell(340, 1000, "正在交办")
    page.get_by_text("已完成340，共1000").wait_for()
    assert page.get_by_text("正在交办").is_visible()
    assert bar.evaluate("bar => [bar.value, bar.max]") == [340, 1000]
    check_axe(page)

    job.note(state=DONE, words="已交办1000条。", address="/villages/")
    page.wait_for_url("/villages/")
    assert page.get_by_text("已交办1000条。").is_visible()


def test_the_page_says_why_there_is_no_result(page, job, check_axe):
    job.note(state=FAILED, sentences=["2020-001号已经办结。", "2020-002号已经并案。"])

    page.get_by_role("heading", name="批量交办没有完成").wait_for()
    assert page.get_by_role("alert").inner_text().split() == [
        "2020-001号已经办结。",
        "2020-002号已经并案。",
    ]
    assert page.get_by_role("link", name="回到“意见建议”").is_visible()
    check_axe(page)


def test_an_import_is_waited_for(page, log_in, secretary, monkeypatch):
    go_on = threading.Event()

    def import_slowly(file, user, progress):
        progress("正在写入记录")
        assert go_on.wait(30)
        return import_ledgers(file, user)

    monkeypatch.setattr(background, "SHORT_SECONDS", 0)
    monkeypatch.setattr(ledger_views, "import_ledgers", import_slowly)
    log_in(page, secretary)
    page.goto("/ledgers/")
    page.get_by_label("台账工作簿").set_input_files(LEDGERS)
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("button", name="确认导入").click()

    page.get_by_role("heading", name="正在导入台账").wait_for()
    page.get_by_text("正在写入记录").wait_for()
    go_on.set()
    page.get_by_role("heading", name="台账已导入").wait_for()
    assert page.get_by_text("已全部写入。").is_visible()
