"""What was done before the session could not be written down is told as done."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from congress.log_in.lifetime import USED
from congress.models import Village
from congress.roles import Role
from tests import factory

pytestmark = pytest.mark.django_db

PASSWORD = "reception-2020"


@pytest.fixture
def clerk():
    return factory.make_user("clerk", Role.OFFICE, password=PASSWORD)


@pytest.fixture
def desk(clerk):
    """Logged in and last used two minutes ago: the next request notes it."""
    client = Client()
    client.force_login(clerk)
    session = client.session
    session[USED] = int(time.time()) - 120
    session.save()
    return client


def failing(statement):
    """The database goes away at the statements that begin so and write sessions."""

    def execute(run, sql, params, many, context):
        if sql.startswith(statement) and "django_session" in sql:
            raise OperationalError("the database system is shutting down")
        return run(sql, params, many, context)

    return connection.execute_wrapper(execute)


def village(name="柳树村"):
    return {
        "name": name,
        "population": 300,
        "position": 1,
        "submission": "8d7c1d52-8c1b-4a0e-9a57-6a4ef2d3a3a1",
    }


def test_a_record_is_told_as_saved_where_only_the_session_is_not(desk):
    with failing("UPDATE"):
        answer = desk.post("/villages/add/", village())

    assert (answer.status_code, answer.url) == (302, Village.objects.get().get_absolute_url())
    assert "柳树村" in desk.get(answer.url).content.decode()


def test_a_log_in_ended_meanwhile_by_another_window_spoils_no_answer(desk):
    def end(run, sql, params, many, context):
        if sql.startswith("INSERT") and "congress_village" in sql:
            Session.objects.all().delete()
        return run(sql, params, many, context)

    with connection.execute_wrapper(end):
        answer = desk.post("/villages/add/", village())

    assert answer.status_code == 302
    assert desk.get("/villages/").url == "/login/?next=/villages/"


@pytest.mark.parametrize("statement", ["INSERT", "UPDATE"])
def test_nobody_is_told_to_be_logged_in_who_is_not(clerk, statement):
    client = Client(raise_request_exception=False)
    with failing(statement):
        answer = client.post("/login/", {"username": "clerk", "password": PASSWORD})

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "数据库暂时连不上" in answer.content.decode()
    assert client.get("/").url == "/login/?next=/"
