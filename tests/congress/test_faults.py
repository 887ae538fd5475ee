"""Faults of the machine and of the program: told with a number, nothing typed is lost."""

import errno
import logging
import re
import shutil
import sqlite3
import uuid
from contextlib import contextmanager
from html.parser import HTMLParser
from types import SimpleNamespace

import gunicorn.config
import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client

from congress import dashboard, faults, health
from congress.gunicorn import MaskedLog
from congress.log_lines import LogLine
from congress.models import Village

pytestmark = pytest.mark.django_db

PAGE = "/villages/add/"


@contextmanager
def database_failing(error):
    def fail(*_):
        raise error

    with connection.execute_wrapper(fail):
        yield


def away():
    return OperationalError("connection to server at 10.0.0.1 failed for 王小明")


def sqlite_error(name):
    error = OperationalError("database or disk is full")
    error.__cause__ = sqlite3.OperationalError()
    error.__cause__.sqlite_errorname = name
    return error


def postgresql_error(state):
    error = OperationalError("could not extend file")
    error.__cause__ = PostgresqlError()
    error.__cause__.sqlstate = state
    return error


class PostgresqlError(Exception):
    sqlstate = ""


@pytest.fixture
def client(office):
    client = Client(raise_request_exception=False)
    client.force_login(office)
    return client


def heading(response):
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


def number_of(response):
    return re.search(r"编号：<strong>(\w{6})</strong>", response.content.decode())[1]


def hidden_fields(response):
    found = {}

    class Fields(HTMLParser):
        def handle_starttag(self, tag, attrs):
            attrs = dict(attrs)
            if tag == "input" and attrs.get("type") == "hidden":
                found.setdefault(attrs["name"], []).append(attrs["value"])

    Fields().feed(response.content.decode())
    return found


def test_database_away_is_told_with_a_number_and_when_to_come_back(client):
    with database_failing(away()):
        response = client.get(PAGE)

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert response["Cache-Control"] == "no-store"
    assert heading(response) == "数据库暂时连不上"
    assert number_of(response)
    assert client.get(PAGE).status_code == 200


def test_what_was_typed_comes_back_and_is_saved_once(client):
    sent = {
        "name": "石羊村",
        "submission": str(uuid.uuid4()),
        "population": "1200",
        "position": "3",
    }
    with database_failing(away()):
        answer = client.post(PAGE, sent)

    kept = hidden_fields(answer)
    assert kept == {name: [value] for name, value in sent.items()}
    assert 'action="/villages/add/"' in answer.content.decode()
    for _ in range(2):
        saved = client.post(PAGE, kept)
        assert saved.status_code == 302, saved.context["form"].errors
    assert [village.name for village in Village.objects.all()] == ["石羊村"]


def test_passwords_are_not_repeated():
    client = Client(raise_request_exception=False)
    with database_failing(away()):
        answer = client.post("/login/", {"username": "office", "password": "geheim-geheim"})

    assert answer.status_code == 503
    assert "geheim" not in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (sqlite_error("SQLITE_FULL"), 503, "服务器的磁盘满了"),
        (postgresql_error("53100"), 503, "服务器的磁盘满了"),
        (OSError(errno.ENOSPC, "No space left on device"), 503, "服务器的磁盘满了"),
        (sqlite_error("SQLITE_BUSY"), 503, "同时保存的人太多"),
        (postgresql_error("40P01"), 503, "同时保存的人太多"),
        (sqlite_error("SQLITE_ERROR"), 500, "系统出错"),
        (sqlite_error("SQLITE_IOERR"), 503, "数据库暂时连不上"),
        # From the driver itself, as it closes a cursor of a server that has ended.
        (psycopg.errors.AdminShutdown("13900001234"), 503, "数据库暂时连不上"),
        (psycopg.errors.UndefinedTable("visits"), 500, "系统出错"),
        (ValueError("13900001234"), 500, "系统出错"),
    ],
)
def test_the_title_says_what_stands_in_the_way(client, error, status, title):
    with database_failing(error):
        response = client.get(PAGE)

    assert (response.status_code, heading(response)) == (status, title)


def test_the_log_has_the_number_and_the_place_but_nobodys_data(client, caplog):
    with database_failing(away()):
        answer = client.post(f"{PAGE}?q=张三", {"name": "李四家的事", "submission": "x"})

    (record,) = [each for each in caplog.records if each.name == "django.request"]
    line = LogLine("{levelname} {message}", style="{").format(record)
    assert line.split("\n")[0] == f"ERROR Service Unavailable: {PAGE} 编号 {number_of(answer)}"
    assert "OperationalError: connection to server at 10.0.0.1 failed for …" in line
    assert not re.search("张三|李四|王小明", line)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Not Found: /visits/12/edit/", "Not Found: /visits/12/edit/"),
        ('"GET /visits/?q=张三&page=2 HTTP/1.1" 200 512', '"GET /visits/?… HTTP/1.1" 200 512'),
        ("Bad request: /search/%E5%BC%A0%E4%B8%89/", "Bad request: /search/…/"),
        ("row (2020-777, 张三丰, 13812341234)", "row (2020-777, …, …)"),
        ("110101199003071234 and 11010119900307123X", "… and …"),
    ],
)
def test_a_log_line_repeats_nothing_that_was_typed(message, told):
    record = logging.LogRecord("x", logging.WARNING, "", 1, "%s", (message,), None)

    assert LogLine("{levelname} {message}", style="{").format(record) == f"WARNING {told}"


def test_gunicorn_writes_its_own_log_so_too():
    log = MaskedLog(gunicorn.config.Config())

    record = logging.LogRecord(
        "gunicorn.error",
        logging.ERROR,
        "",
        1,
        "Error handling request %s",
        ("/visits/?q=张",),
        None,
    )
    lines = [handler.format(record) for handler in log.error_log.handlers]
    assert [line.endswith("Error handling request /visits/?…") for line in lines] == [True]


def test_a_log_line_tells_each_cause_without_values():
    try:
        try:
            int("a13900001234")
        except ValueError as error:
            raise KeyError("雷兴隆") from error
    except KeyError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "broken", (), None)
        record.exc_info = (KeyError, error, error.__traceback__)

    told = LogLine("{message}", style="{").format(record).split("\n")
    assert [line for line in told if "Error:" in line] == [
        "ValueError: invalid literal for int() with base 10: 'a…'",
        "KeyError: '…'",
    ]


def test_a_program_that_asks_gets_json(client):
    with database_failing(away()):
        response = client.post(PAGE, {}, headers={"Accept": "application/json"})

    told = response.json()
    assert (response.status_code, told["error"]) == (503, "数据库暂时连不上")
    assert re.fullmatch(r"\w{6}", told["number"])


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (PermissionDenied(), 403, "没有权限"),
        (faults.SuspiciousOperation(), 400, "请求不正确"),
        (faults.RequestDataTooBig(), 413, "提交的内容太大"),
    ],
)
def test_refusals_are_told_in_chinese(client, monkeypatch, error, status, title):
    def refuse(*_, **__):
        raise error

    monkeypatch.setattr(dashboard, "render", refuse)

    response = client.get("/")

    assert (response.status_code, heading(response)) == (status, title)


def test_a_page_that_is_not_there_and_one_that_is_too_old(office, client):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(office)

    assert heading(client.get("/nowhere/")) == "没有找到"
    assert heading(strict.post(PAGE, {})) == "页面已过期"


# Health


def health_of(client):
    response = client.get("/healthz")
    return response.status_code, response.content.decode()


def test_all_is_well_without_log_in(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    assert health_of(Client()) == (200, "正常\n")


def test_health_names_what_is_wrong(settings, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    monkeypatch.setattr(health, "_migrations", lambda: {("congress", "9999_later")})
    monkeypatch.setattr(health, "_folders", lambda: [tmp_path])
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=10**6))

    assert health_of(Client()) == (
        503,
        "数据库没有升级；文件目录不能写入；磁盘空间不足\n",
    )


def test_health_says_that_the_database_is_away(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with database_failing(away()):
        told = health_of(Client())

    assert told == (503, "数据库不能访问\n")


def test_health_asks_over_plain_http_too(settings):
    settings.SECURE_SSL_REDIRECT = True

    assert Client().get("/healthz").status_code in (200, 503)
    assert Client().get("/login/").status_code == 301
