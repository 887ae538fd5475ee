"""Everybody sees where the own account is logged in, and ends what is not the own doing."""

import re

import pytest
from django.test import Client

from congress.log_in.browsers import browser_named
from congress.log_in.lifetime import USED
from congress.models import AuditEntry
from congress.roles import Role
from tests import factory

pytestmark = pytest.mark.django_db

PASSWORD = "reception-2020"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
TELEPHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0"


@pytest.fixture
def clerk():
    return factory.make_user("clerk", Role.OFFICE, name="王敏", password=PASSWORD)


def log_in(address, agent=WINDOWS, username="clerk"):
    client = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=agent)
    answer = client.post("/login/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def listed(client):
    """Browser with address, and what can be done, of each row."""
    page = client.get("/log-ins/").content.decode()
    rows = re.findall("<tr>(.*?)</tr>", page, re.DOTALL)[1:]
    cells = [[re.sub(r"<[^>]+>|\s", "", each) for each in row.split("</td>")] for row in rows]
    return [(where, what) for where, _, _, what, _ in cells]


def is_in(client):
    return client.get("/").status_code == 200


def names(client):
    return re.findall('name="end" value="([0-9a-f]{20})"', client.get("/log-ins/").content.decode())


def test_the_own_and_only_the_own_are_listed_the_present_one_first(clerk):
    factory.make_user("colleague", Role.OFFICE, password=PASSWORD)
    log_in("203.0.113.9", username="colleague")
    log_in("203.0.113.7", TELEPHONE)
    desk = log_in("203.0.113.8")

    assert listed(desk) == [
        ("Chrome（Windows）203.0.113.8", "本次登录"),
        ("微信（安卓手机）203.0.113.7", "结束"),
    ]


def test_no_key_of_a_session_is_shown(clerk):
    other, desk = log_in("203.0.113.7"), log_in("203.0.113.8")
    page = desk.get("/log-ins/").content.decode()

    assert [each.session.session_key in page for each in (other, desk)] == [False, False]


def test_one_is_ended_and_written_down(clerk):
    other, desk = log_in("203.0.113.7", TELEPHONE), log_in("203.0.113.8")
    (name,) = names(desk)

    answer = desk.post("/log-ins/", {"end": name}, follow=True)

    assert "已结束其他1处登录" in answer.content.decode()
    assert (is_in(other), is_in(desk)) == (False, True)
    told = AuditEntry.objects.filter(words__startswith="结束本人").values_list("name", "words")
    assert list(told) == [("王敏", "结束本人另一处登录：203.0.113.7 微信（安卓手机）")]
    # A second click finds nothing.
    assert "可能已经结束" in desk.post("/log-ins/", {"end": name}, follow=True).content.decode()


def test_all_others_are_ended(clerk):
    others = [log_in("203.0.113.7"), log_in("203.0.113.8")]
    desk = log_in("203.0.113.9")

    desk.post("/log-ins/", {"end": "others"})

    assert [is_in(each) for each in others] == [False, False]
    assert "没有在别处登录" in desk.get("/log-ins/").content.decode()


def test_nobody_ends_anothers(clerk):
    factory.make_user("colleague", Role.OFFICE, password=PASSWORD)
    log_in("203.0.113.7")
    desk, stranger = log_in("203.0.113.8"), log_in("203.0.113.9", username="colleague")
    (name,) = names(desk)

    for end in (name, "others", "", "x" * 5000):
        stranger.post("/log-ins/", {"end": end})

    assert len(listed(desk)) == 2


def test_what_is_over_is_not_listed(clerk):
    idle, desk = log_in("203.0.113.7"), log_in("203.0.113.8")
    session = idle.session
    session[USED] -= 3600
    session.save()

    assert len(listed(desk)) == 1


def test_a_new_password_and_the_end_of_the_account_end_all_others(clerk):
    other, desk = log_in("203.0.113.7"), log_in("203.0.113.8")
    new = "Reception-2021"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert desk.post("/password/", fields).status_code == 302

    assert len(listed(desk)) == 1
    assert is_in(other) is False
    clerk.refresh_from_db()
    clerk.is_active = False
    clerk.save()
    assert is_in(desk) is False


def test_the_list_costs_the_same_for_one_and_for_three(clerk, queries_of):
    desk = log_in("203.0.113.8")
    desk.get("/log-ins/")
    alone = queries_of(desk, "/log-ins/")
    log_in("203.0.113.6")
    log_in("203.0.113.7")

    assert queries_of(desk, "/log-ins/") == alone


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (WINDOWS, "Chrome（Windows）"),
        (TELEPHONE, "微信（安卓手机）"),
        (f"{WINDOWS} Edg/140.0", "Edge（Windows）"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "Safari（iPhone）"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox（Linux）"),
        ("<script>", "其他浏览器"),
        ("", "其他浏览器"),
    ],
)
def test_browsers_in_words(agent, name):
    assert browser_named(agent) == name
