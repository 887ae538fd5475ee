"""One-time codes: nobody is in by the password alone, no code opens twice, nothing goes around."""

import datetime
import re

import pyotp
import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from congress import key_rotation
from congress.accounts import links
from congress.accounts.findings import findings
from congress.log_in import code
from congress.models import AuditEntry, User
from congress.roles import Role
from tests import factory

pytestmark = pytest.mark.django_db

PASSWORD = "Reception-2020"


@pytest.fixture(autouse=True)
def half_minute(monkeypatch):
    """All happens in one half minute, unless a test lets time pass."""
    now = [timezone.now()]
    monkeypatch.setattr(code.timezone, "now", lambda: now[0])
    return now


@pytest.fixture
def chair():
    return factory.make_user("chenjg", Role.CHAIR, name="陈建国", password=PASSWORD)


@pytest.fixture
def administrator(client):
    user = factory.make_user("keeper", Role.ADMINISTRATOR, password="Keeper-of-2020")
    client.force_login(user)
    return user


def typed(secret, later=0):
    """What the telephone shows so many half minutes later."""
    now = code.timezone.now() + datetime.timedelta(seconds=30 * later)
    return pyotp.TOTP(secret).at(now)


@pytest.fixture
def secret(chair):
    """Set up by the code of the half minute before."""
    secret = code.new_secret()
    code.begin(chair, secret, typed(secret, -1))
    chair.refresh_from_db()
    return secret


def first_step(password=PASSWORD, page=""):
    client = Client()
    answer = client.post("/login/", {"username": "chenjg", "password": password, "next": page})
    return client, answer


def second_step(client, what):
    return client.post("/login/code/", {"code": what})


def is_in(client):
    return client.get("/").status_code == 200


def test_nobody_is_in_by_the_password_alone(secret):
    client, answer = first_step(page="/visits/")
    assert answer.url == "/login/code/"
    assert is_in(client) is False

    answer = second_step(client, typed(secret))
    assert answer.url == "/visits/"
    assert is_in(client) is True


def test_who_uses_none_is_in_by_the_password(chair):
    client, answer = first_step()
    assert (answer.url, is_in(client)) == ("/", True)


@pytest.mark.parametrize("off", [-2, 2])
def test_a_code_of_another_time_is_refused(secret, off):
    client, _ = first_step()
    assert "口令不对，或者已经用过" in second_step(client, typed(secret, off)).content.decode()
    assert is_in(client) is False


def test_spaces_and_full_width_digits_are_understood(secret):
    client, _ = first_step()
    wide = typed(secret).translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
    assert second_step(client, f" {wide[:3]} {wide[3:]} ").status_code == 302


def test_no_code_opens_twice(secret):
    one, _ = first_step()
    other, _ = first_step()
    second_step(one, typed(secret))
    second_step(other, typed(secret))
    assert (is_in(one), is_in(other)) == (True, False)

    # Nor one of before, by a clock that is behind; the next one does.
    second_step(other, typed(secret, -1))
    assert is_in(other) is False
    second_step(other, typed(secret, 1))
    assert is_in(other) is True


def test_the_second_step_stands_for_minutes_and_for_that_password(secret, chair, half_minute):
    late, _ = first_step()
    half_minute[0] += datetime.timedelta(minutes=5, seconds=1)
    assert second_step(late, typed(secret)).url == "/login/?why=code"
    assert "登录没有完成" in late.get("/login/?why=code").content.decode()

    changed, _ = first_step()
    chair.set_password("Another-2020")
    chair.save()
    assert second_step(changed, typed(secret)).url == "/login/?why=code"

    ended, _ = first_step("Another-2020")
    User.objects.update(is_active=False)
    assert second_step(ended, typed(secret)).url == "/login/?why=code"
    assert Client().get("/login/code/").url == "/login/?why=code"


def test_wrong_codes_lock_the_account_as_wrong_passwords_do(secret):
    client, _ = first_step("wrong")
    client, _ = first_step()
    answers = [second_step(client, "000000").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]

    # The right password, asked again, forgives nothing; nor does a right code help now.
    assert second_step(client, typed(secret)).status_code == 429
    assert first_step()[1].status_code == 429
    told = AuditEntry.objects.filter(kind__in=["failure", "lock", "log_in"]).order_by("pk")
    assert list(told.values_list("username", "words")) == [
        ("chenjg", "登录失败：密码不对"),
        *[("chenjg", "登录失败：动态口令不对")] * 3,
        ("chenjg", "登录失败次数过多，暂停登录15分钟"),
        ("chenjg", "登录失败：动态口令不对"),
        ("chenjg", "登录失败：锁定期间再次尝试"),
    ]
    assert "000000" not in str(list(AccessAttempt.objects.values()))


def set_up(client):
    page = client.get("/log-ins/code/").content.decode()
    secret = re.search(r'class="address">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    return secret, client.post("/log-ins/code/", {"code": typed(secret)})


def shown(answer):
    return re.findall("<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>", answer.content.decode())


def test_it_is_set_up_with_the_telephone(chair):
    client, _ = first_step()
    wrong = client.post("/log-ins/code/", {"code": "000000"})
    assert "口令不对" in wrong.content.decode()
    secret, answer = set_up(client)
    recovery = shown(answer)

    assert (len(recovery), len(set(recovery))) == (8, 8)
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    chair.refresh_from_db()
    assert secret not in chair.code_sealed
    assert AuditEntry.objects.filter(words="启用本人动态口令", username="chenjg").count() == 1
    # A second click shows no other codes; the page never shows the secret again.
    again = client.post("/log-ins/code/", {"code": typed(secret, 1)})
    assert (shown(again), secret in again.content.decode()) == ([], False)
    assert code.recovery_left(chair) == 8


def test_a_recovery_code_opens_once(chair):
    _, answer = set_up(first_step()[0])
    recovery = shown(answer)

    one, _ = first_step()
    assert second_step(one, recovery[3].lower()).status_code == 302
    other, _ = first_step()
    second_step(other, recovery[3])
    assert (is_in(one), is_in(other)) == (True, False)
    assert "没有用过的恢复码还有7个" in one.get("/log-ins/code/").content.decode()
    assert AuditEntry.objects.filter(words="用恢复码代替动态口令，还剩7个").count() == 1


def test_new_recovery_codes_and_the_end_need_a_code(secret, chair, client):
    client.force_login(chair)
    for do in ("renew", "end"):
        client.post("/log-ins/code/", {"do": do, "code": "000000"})
    assert code.recovery_left(User.objects.get()) == 8
    new = shown(client.post("/log-ins/code/", {"do": "renew", "code": typed(secret)}))
    assert len(new) == 8
    client.post("/log-ins/code/", {"do": "end", "code": new[0]})

    assert User.objects.get().uses_code is False
    assert first_step()[1].url == "/"


def test_who_must_use_one_sets_it_up_before_anything_else(chair):
    User.objects.update(must_use_code=True)
    client, _ = first_step()
    assert client.get("/visits/").url == "/log-ins/code/"
    assert client.post("/township/", {}).url == "/log-ins/code/"
    assert [each.words for each in findings()] == [
        "须用动态口令，还没有设好；请本人登录，按提示用手机设好。"
    ]

    secret, _ = set_up(client)
    assert is_in(client) is True
    assert findings() == []
    client.post("/log-ins/code/", {"do": "end", "code": typed(secret, 1)})
    assert User.objects.get().uses_code is True


def test_administrators_ask_for_it_and_reset_it(secret, chair, administrator, client):
    page = f"/accounts/{chair.pk}/edit/"
    fields = {"name": "陈建国", "role": "chair", "email": "", "must_use_code": "on"}
    assert client.post(page, fields | {"version": chair.version}).status_code == 302
    chair.refresh_from_db()
    assert (chair.must_use_code, chair.uses_code) == (True, True)

    page = f"/accounts/{chair.pk}/code/"
    assert "请填写这一项" in client.post(page, {}).content.decode()
    client.post(page, {"reason": "手机丢失"})
    client.post(page, {"reason": "手机丢失"})

    chair.refresh_from_db()
    assert chair.uses_code is False
    told = AuditEntry.objects.filter(words__startswith="解除").values_list(
        "username", "words", "reason"
    )
    words = "解除账号chenjg（陈建国，主席、副主席）的动态口令"
    assert list(told) == [("keeper", words, "手机丢失")]
    assert first_step()[1].url == "/"


def test_a_one_time_link_does_not_go_around_it(secret, chair):
    chair.link_made_at = timezone.now()
    chair.save()
    client = Client()
    new = {"new_password1": "Another-2020", "new_password2": "Another-2020"}
    assert client.post(links.path_for(chair), new).url == "/login/"
    answer = client.post("/login/", {"username": "chenjg", "password": "Another-2020"})

    assert (answer.url, is_in(client)) == ("/login/code/", False)


def test_the_last_administrator_is_helped_by_command(secret, chair, capsys):
    call_command("reset_code", "chenjg")
    call_command("reset_code", "chenjg")
    assert capsys.readouterr().out == (
        "已解除账号chenjg的动态口令，下次登录只要密码。\n账号chenjg没有启用动态口令。\n"
    )
    entry = AuditEntry.objects.get(words="解除账号chenjg的动态口令")
    assert (entry.kind, entry.address) == ("account", "命令行")
    with pytest.raises(CommandError, match="没有用户名为“nobody”的账号"):
        call_command("reset_code", "nobody")


def test_it_outlives_a_new_key_and_tells_when_the_key_is_gone(secret, settings):
    old = settings.PERSONAL_DATA_KEYS
    settings.PERSONAL_DATA_KEYS = ["a new key that is long enough for anybody", *old]
    assert key_rotation.rotate() == 1
    settings.PERSONAL_DATA_KEYS = settings.PERSONAL_DATA_KEYS[:1]
    client, _ = first_step()
    assert second_step(client, typed(secret)).status_code == 302

    settings.PERSONAL_DATA_KEYS = old
    client, _ = first_step()
    assert second_step(client, typed(secret, 1)).status_code == 200
    assert [each.words for each in findings()] == [
        "动态口令的密钥打不开，本人不能登录；请解除动态口令，由本人重新设好。"
    ]


def test_the_log_shows_no_secret(secret, chair):
    chair.refresh_from_db()
    told = str(list(AuditEntry.objects.values()))
    assert "动态口令" in told
    assert [each in told for each in (secret, chair.code_sealed)] == [False, False]


def test_a_code_that_grows_old_while_it_is_sent_is_only_wrong(chair):
    secret = code.new_secret()

    assert code.begin(chair, secret, typed(secret, -2)) is None
    assert User.objects.get().uses_code is False
