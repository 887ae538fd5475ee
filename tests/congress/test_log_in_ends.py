"""A log-in that nobody uses ends, and every log-in after a working day; the log says why."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congress.log_in.lifetime import NOTED_EVERY, STARTED, USED
from congress.models import AuditEntry
from congress.roles import Role
from tests import factory

pytestmark = pytest.mark.django_db

IDLE = 15 * 60
DAY = 8 * 3600


@pytest.fixture
def clerk(client):
    user = factory.make_user("clerk", Role.OFFICE, name="王敏")
    client.force_login(user)
    return user


def let_pass(client, used=0, started=0):
    """Move the log-in so many seconds into the past."""
    session = client.session
    session[USED] -= used
    session[STARTED] -= started
    session.save()


def is_logged_in(client):
    return "_auth_user_id" in client.session


def last_words():
    return AuditEntry.objects.order_by("pk").values_list("name", "words").last()


def test_a_log_in_without_use_ends_and_leads_back(client, clerk):
    let_pass(client, used=IDLE + NOTED_EVERY)

    answer = client.get("/visits/?q=1")

    assert answer.url == "/login/?next=%2Fvisits%2F%3Fq%3D1&why=idle"
    assert not is_logged_in(client)
    assert last_words() == ("王敏", "15分钟没有操作，自动退出")
    assert "很久没有操作，已自动退出。" in client.get(answer.url).content.decode()


def test_use_keeps_it_alive_for_a_working_day_only(client, clerk):
    for _ in range(3):
        let_pass(client, used=IDLE - 1, started=IDLE - 1)
        assert client.get("/").status_code == 200
    let_pass(client, started=DAY - 3 * (IDLE - 1))

    assert client.get("/").url == "/login/?next=%2F&why=limit"
    assert last_words() == ("王敏", "登录满8小时，自动退出")


def test_the_limits_are_settable(client, clerk, settings):
    settings.IDLE_SECONDS = 300
    let_pass(client, used=300 + NOTED_EVERY)

    assert client.get("/").status_code == 302
    assert last_words() == ("王敏", "5分钟没有操作，自动退出")


def test_what_a_page_asks_by_itself_is_no_use(client, clerk):
    let_pass(client, used=IDLE - 1)
    before = client.session[USED]

    client.get("/jobs/00000000000000000000000000000000/status/")
    assert client.session[USED] == before

    client.post("/stay/")
    assert client.session[USED] >= before + IDLE - 1


def test_a_form_sent_too_late_leads_back_to_its_page(client, clerk):
    let_pass(client, used=DAY)

    answer = client.post(
        "/villages/add/",
        {"name": "新村"},
        headers={"referer": "http://testserver/villages/add/?a=1"},
    )

    assert answer.url == "/login/?next=%2Fvillages%2Fadd%2F%3Fa%3D1&why=idle"


def test_a_foreign_sender_leads_nowhere(client, clerk):
    let_pass(client, used=DAY)

    answer = client.post("/villages/add/", headers={"referer": "https://evil.example/x"})

    assert answer.url == "/login/?next=&why=idle"


def test_the_page_itself_may_end_it(client, clerk):
    answer = client.post("/stay/", {"end": "/visits/"})

    assert answer.json() == {"log_in": "/login/?next=%2Fvisits%2F&why=idle"}
    assert not is_logged_in(client)
    assert last_words() == ("王敏", "15分钟没有操作，自动退出")


def test_public_pages_stay_open_to_whoever_is_logged_out(client, clerk):
    let_pass(client, used=DAY)

    assert client.get("/login/").status_code == 200
    assert not is_logged_in(client)


def writes(queries):
    return [each["sql"] for each in queries if each["sql"].startswith("UPDATE")]


def test_use_is_written_down_once_a_minute(client, clerk):
    client.get("/todo/")
    let_pass(client, used=NOTED_EVERY)
    with CaptureQueriesContext(connection) as first:
        client.get("/todo/")
    with CaptureQueriesContext(connection) as second:
        client.get("/todo/")

    assert (len(writes(first)), len(writes(second))) == (1, 0)


def test_sessions_that_have_ended_are_cleared_away(client, clerk):
    Session.objects.update(expire_date=timezone.now() - datetime.timedelta(seconds=1))

    Client().force_login(clerk)

    assert Session.objects.count() == 1
