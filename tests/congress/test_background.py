"""Long actions: run once, told while they run, over with a result or with sentences."""

import json
import os
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from congress import background
from congress.background import Job, start
from congress.models import Village
from tests import factory

pytestmark = pytest.mark.django_db
BACK = ("意见建议", "/items/")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(logged_in, office):
    return logged_in(office)


@pytest.fixture
def begin(rf, office):
    """Return a function that starts work as a page of that log-in does."""

    def start_job(client, work, once="a", user=office, **data):
        request = rf.post("/", data)
        request.user, request.session = user, client.session
        return start(request, once=once, title="批量交办", back=BACK, work=work)

    return start_job


@pytest.fixture
def gate():
    """A piece of work that tells how far it is, then waits until the test lets it go on."""

    class Gate:
        told = threading.Event()
        opened = threading.Event()

        def work(self, tell):
            tell(340, 1000, "正在交办")
            self.told.set()
            assert self.opened.wait(30)
            return "已交办1000条。", reverse("village_list")

    gate = Gate()
    yield gate
    gate.opened.set()


def finished(job):
    """Wait for the thread that runs the job."""
    for thread in threading.enumerate():
        if thread.name == job.token:
            thread.join(30)


def status(client, job):
    return client.get(reverse("job_status", args=[job.token])).json()


def sentences(response):
    return [str(sentence) for sentence in response.context["job"].sentences]


def assign(tell):
    tell(0, 2, "正在交办")
    factory.make_village()
    return "已交办2条。", reverse("village_list")


def test_without_javascript_the_work_is_done_before_the_answer(client, begin):
    job = begin(client, assign)

    assert Village.objects.count() == 1
    assert status(client, job) == {"words": "已交办2条。", "done": 0, "total": 2, "over": True}
    result = client.get(job.get_absolute_url(), follow=True)
    assert result.redirect_chain == [(reverse("village_list"), 302)]
    assert [str(message) for message in result.context["messages"]] == ["已交办2条。"]


def test_sentences_for_the_user_are_shown(client, begin):
    def refuse(tell):
        raise ValidationError(["2020-001号已经办结。", "<b>2020-002号</b>已经并案。"])

    page = client.get(begin(client, refuse).get_absolute_url())

    assert page.context["title"] == "批量交办没有完成"
    assert sentences(page) == ["2020-001号已经办结。", "<b>2020-002号</b>已经并案。"]
    text = page.content.decode()
    assert "<p>&lt;b&gt;2020-002号&lt;/b&gt;已经并案。</p>" in text
    assert '<a class="btn btn-primary" href="/items/">回到“意见建议”</a>' in text


def test_what_went_wrong_is_logged_and_told_plainly(client, begin, caplog):
    def break_off(tell):
        with transaction.atomic():
            factory.make_village()
            raise RuntimeError("disk on fire")

    job = begin(client, break_off)

    assert sentences(client.get(job.get_absolute_url())) == [
        "批量交办没有完成，没有保存任何内容；请稍后再试，仍不成功请告诉系统管理员。"
    ]
    assert "disk on fire" in caplog.text
    assert not Village.objects.exists()


def test_done_once_however_often_it_is_sent(client, begin):
    first, second = begin(client, assign), begin(client, assign)

    assert (second.token, second.words) == (first.token, "已交办2条。")
    assert Village.objects.count() == 1
    begin(client, assign, once="b")
    assert Village.objects.count() == 2


def test_nobody_else_sees_it(client, begin, logged_in, office, secretary):
    job = begin(client, assign)

    for stranger in (logged_in(office), logged_in(secretary)):
        assert stranger.get(job.get_absolute_url()).status_code == 404
        assert stranger.get(reverse("job_status", args=[job.token])).status_code == 404
    assert "/login/" in Client().get(job.get_absolute_url()).url
    assert client.get(reverse("job_page", args=["a" * 32])).status_code == 404
    assert client.get(reverse("job_page", args=["..%2Fa"])).status_code == 404
    other = begin(logged_in(secretary), assign, user=secretary)
    assert other.token != job.token
    assert Village.objects.count() == 2


def test_in_the_background_it_tells_how_far_it_is(client, begin, gate, monkeypatch):
    monkeypatch.setattr(background, "SHORT_SECONDS", 0)
    job = begin(client, gate.work, background="1")
    assert gate.told.wait(30)

    assert status(client, job) == {"words": "正在交办", "done": 340, "total": 1000, "over": False}
    page = client.get(job.get_absolute_url())
    text = page.content.decode()
    assert page.context["title"] == "正在批量交办"
    assert '<progress id="progress" max="1000" value="340"></progress>' in text
    assert '<label class="visually-hidden" for="progress">进度</label>' in text
    assert '<p role="status">正在交办</p>' in text
    assert "已完成340，共1000" in text
    assert f'<a href="{job.get_absolute_url()}">刷新进展</a>' in text

    gate.opened.set()
    finished(job)
    assert status(client, job)["over"] is True
    assert client.get(job.get_absolute_url()).url == reverse("village_list")


def test_short_work_is_over_before_its_page_is_shown(client, begin, gate, monkeypatch):
    monkeypatch.setattr(background, "SHORT_SECONDS", 30)
    gate.opened.set()

    assert begin(client, gate.work, background="1").words == "已交办1000条。"


@pytest.mark.django_db(transaction=True)
def test_progress_is_read_while_the_work_holds_the_write_lock(client, begin, gate, monkeypatch):
    """On SQLite nobody else can write until the work's transaction ends."""
    monkeypatch.setattr(background, "SHORT_SECONDS", 0)

    def work(tell):
        with transaction.atomic():
            factory.make_village()
            return gate.work(tell)

    job = begin(client, work, background="1")
    assert gate.told.wait(30)
    assert status(client, job)["done"] == 340
    assert client.get(job.get_absolute_url()).status_code == 200
    assert not Village.objects.exists()

    gate.opened.set()
    finished(job)
    assert status(client, job)["words"] == "已交办1000条。"
    assert Village.objects.count() == 1


def test_work_whose_worker_ended_is_over(client, begin, monkeypatch):
    monkeypatch.setattr(background, "_run", lambda job, work: job.tell(1, 3, "正在交办"))
    job = begin(client, assign)
    note = job.file(".json")
    note.write_text(json.dumps(json.loads(note.read_text()) | {"at": time.time() - 1000}))

    page = client.get(job.get_absolute_url())
    assert page.context["title"] == "批量交办没有完成"
    assert sentences(page) == ["批量交办中途停止；请先核对有没有办好，再决定是否重新办理。"]
    assert status(client, job)["over"] is True


def test_telling_each_row_costs_few_notes(client, begin, monkeypatch):
    monkeypatch.setattr(background, "PAUSE_SECONDS", 1000)
    noted = []

    def work(tell):
        for done in range(4):
            tell(done, 3, "正在交办" if done < 2 else "正在记录")
            (path,) = Job.folder().iterdir()
            noted.append(json.loads(path.read_text())["done"])
        return "已交办。", "/"

    begin(client, work)

    assert noted == [0, 0, 2, 3]


def test_notes_are_private_and_go_after_a_day(client, begin):
    old = begin(client, assign).file(".json")
    os.utime(old, (0, 0))
    new = begin(client, assign, once="b").file(".json")

    assert list(Job.folder().iterdir()) == [new]
    assert oct(Job.folder().stat().st_mode & 0o777) == "0o700"
