"""Five failures lock an account, more lock an address; nothing tells which names exist."""

import datetime
import re

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.utils import timezone

from congress.client_address import client_address
from congress.log_in import lock
from congress.models import AuditEntry
from congress.roles import Role
from tests import factory

pytestmark = pytest.mark.django_db

PASSWORD = "reception-2020"
OFFICE = "203.0.113.7"


@pytest.fixture
def clerk():
    return factory.make_user("clerk", Role.OFFICE, name="王敏", password=PASSWORD)


def try_in(username="clerk", password="wrong", address=OFFICE):
    return Client(REMOTE_ADDR=address).post(
        "/login/", {"username": username, "password": password, "next": "/visits/"}
    )


def fail(times, **those):
    return [try_in(**those).status_code for _ in range(times)]


def a_quarter_passes():
    ago = timezone.now() - datetime.timedelta(minutes=15, seconds=1)
    AccessAttempt.objects.update(attempt_time=ago)


def test_the_fifth_failure_locks_the_account_for_a_quarter(clerk):
    assert fail(5) == [200, 200, 200, 200, 429]
    until = timezone.localtime(lock.locked_until(clerk))
    assert until - timezone.now() <= datetime.timedelta(minutes=15)

    locked = try_in(password=PASSWORD, address="198.51.100.9")
    assert locked.status_code == 429
    assert f"请在{until:%H:%M}以后再试" in re.sub("<[^>]+>", "", locked.content.decode())

    a_quarter_passes()
    assert lock.locked_until(clerk) is None
    assert try_in(password=PASSWORD).url == "/visits/"


def test_trying_on_does_not_make_the_wait_longer(clerk):
    fail(5)
    until = lock.locked_until(clerk)
    assert fail(3) == [429, 429, 429]

    assert lock.locked_until(clerk) == until


def test_who_gets_in_starts_anew(clerk):
    fail(4)
    assert try_in(password=PASSWORD).status_code == 302

    assert fail(4) == [200, 200, 200, 200]


def test_one_persons_slips_do_not_shut_out_the_office(clerk):
    factory.make_user("colleague", Role.OFFICE, password=PASSWORD)
    fail(5)

    assert try_in(username="colleague", password=PASSWORD).status_code == 302


def test_an_address_is_locked_after_its_own_limit(clerk, settings):
    settings.ADDRESS_FAILURES = 7
    answers = [try_in(username=f"name{number}").status_code for number in range(7)]
    assert answers == [200] * 6 + [429]

    assert try_in(password=PASSWORD).status_code == 429
    assert try_in(password=PASSWORD, address="198.51.100.9").status_code == 302
    call_command("unlock_account", address=OFFICE)
    assert try_in(password=PASSWORD).status_code == 302


def in_words(response):
    words = response.content.decode()
    words = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", words)
    return words.replace("nobody", "clerk")


def test_a_name_that_exists_is_answered_like_any_other(clerk):
    known = [in_words(try_in()) for _ in range(6)]
    unknown = [in_words(try_in(username="nobody")) for _ in range(6)]

    def without_time(answers):
        return [re.sub("<time.*?</time>", "", each) for each in answers]

    assert without_time(known) == without_time(unknown)


def test_neither_name_nor_password_is_kept_by_the_counter(clerk):
    try_in(username="my-secret-password", password="another-secret")

    kept = str(list(AccessAttempt.objects.values()))
    assert "secret" not in kept
    assert "visits" not in kept


def test_the_audit_log_tells_of_it(clerk):
    fail(6)
    try_in(username="my-secret-password")
    a_quarter_passes()
    try_in(password=PASSWORD)

    told = (
        AuditEntry.objects.exclude(kind__in=["creation", "change"])
        .order_by("pk")
        .values_list("kind", "username", "address", "words")
    )
    wrong = ("failure", "clerk", OFFICE, "登录失败：密码不对")
    assert list(told) == [
        *[wrong] * 4,
        ("lock", "clerk", OFFICE, "登录失败次数过多，暂停登录15分钟"),
        wrong,
        ("failure", "clerk", OFFICE, "登录失败：锁定期间再次尝试"),
        ("failure", "", OFFICE, "登录失败：没有这个用户名"),
        ("log_in", "clerk", OFFICE, "登录"),
    ]


def test_a_lock_is_lifted_by_command(clerk, capsys):
    fail(5)
    call_command("unlock_account", "clerk")
    call_command("unlock_account", "clerk")

    assert capsys.readouterr().out == "已解除账号clerk的锁定。\n账号clerk没有被锁定。\n"
    assert try_in(password=PASSWORD).status_code == 302
    assert AuditEntry.objects.filter(kind="lock", address="命令行").count() == 1
    with pytest.raises(CommandError, match="没有用户名为“nobody”的账号"):
        call_command("unlock_account", "nobody")
    with pytest.raises(CommandError, match="二者选一"):
        call_command("unlock_account")


def test_there_is_no_other_door():
    assert Client().get("/admin/login/").status_code == 404


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "address"),
    [
        (False, "198.51.100.9", "127.0.0.1"),
        (True, "198.51.100.9", "198.51.100.9"),
        (True, "8.8.8.8, 198.51.100.9", "198.51.100.9"),
        (True, "198.51.100.9, unknown", "127.0.0.1"),
        (True, "2001:DB8:0::1", "2001:db8::1"),
        (True, "", "127.0.0.1"),
    ],
)
def test_only_the_own_web_server_says_who_comes(settings, behind_proxy, forwarded, address):
    settings.BEHIND_PROXY = behind_proxy
    request = RequestFactory(headers={"X-Forwarded-For": forwarded}).get("/")

    assert client_address(request) == address


def test_a_request_without_any_address_has_none():
    assert client_address(RequestFactory(REMOTE_ADDR="").get("/")) == ""
