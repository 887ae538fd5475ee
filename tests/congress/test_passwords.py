"""Rules of passwords, one row a case, and how long a password may be kept."""

import datetime

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from congress.models import AuditEntry, FormerPassword, User
from congress.periods import today
from congress.roles import Role
from congress.todo import todos_of
from tests import factory

pytestmark = pytest.mark.django_db

SHORT = "密码太短，至少8位。"
SHORT_FOR_ADMINISTRATORS = "密码太短，至少12位。"
USERNAME = "密码不能含有用户名。"
USED = "这个密码最近用过，不能与最近5次的密码相同。"
COMMON = "这个密码太常见，容易被猜到。"
GOOD = "Jie-dai2020"


def few(found):
    return f"密码只用了{found}类字符，小写字母、大写字母、数字、符号中至少用三类。"


def refused(password, user):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    ("password", "role", "sentences"),
    [
        ("Jiedai20", "office", []),
        ("Jiedai2", "office", [SHORT]),
        ("", "office", [SHORT, few(0)]),
        ("jiedai2020", "office", [few(2)]),
        ("jiedaixuanmin", "office", [few(1)]),
        ("jiedai-2020", "office", []),
        ("Jiedai-Xuan", "office", []),
        ("JIEDAI-2020", "office", []),
        ("202008-2020", "office", [few(2)]),
        ("jiedai 2020", "office", []),
        ("jiedai接2020", "office", []),
        ("Zhang-san", "office", []),
        ("Wangwu-2020", "office", [USERNAME]),
        ("wangwu", "office", [SHORT, few(1), USERNAME]),
        ("X2WANGWUx", "office", [USERNAME]),
        ("Passw0rd", "office", [COMMON]),
        ("Jiedai-20", "administrator", [SHORT_FOR_ADMINISTRATORS]),
        ("Jiedai-2020", "administrator", [SHORT_FOR_ADMINISTRATORS]),
        ("Jiedai-20200", "administrator", []),
        ("Jiedai-20200", "", []),
        ("Jiedai-2020", "", [SHORT_FOR_ADMINISTRATORS]),
        ("Jiedai-2020", "auditor", []),
    ],
)
def test_every_rule(password, role, sentences):
    assert refused(password, User(username="wangwu", role=role)) == sentences


def test_the_rules_are_one_list():
    assert password_validators_help_texts() == [
        "至少8位，系统管理员至少12位。",
        "小写字母、大写字母、数字、符号中至少用三类。",
        "不能含有用户名。",
        "不能与最近5次用过的密码相同。",
        "不能是常见的密码。",
    ]


def test_none_of_the_last_five_is_taken_again(office):
    passwords = [f"Jie-dai2020{number}" for number in range(6)]
    for password in passwords:
        office.set_password(password)
        office.save()

    assert [refused(password, office) for password in passwords] == [[]] + [[USED]] * 5
    assert FormerPassword.objects.filter(user=office).count() == 5


def test_a_password_from_before_the_rules_counts(office):
    """Nothing but the account itself knows it."""
    FormerPassword.objects.all().delete()

    assert refused("demo-password-1", office) == [USED]


def test_another_ones_password_is_no_matter(office, chair):
    office.set_password(GOOD)
    office.save()

    assert refused(GOOD, chair) == []


def change(client, old, new):
    return client.post(
        reverse("password_change"),
        {"old_password": old, "new_password1": new, "new_password2": new},
    )


def test_the_own_password_is_changed_and_nothing_else(office, logged_in):
    client = logged_in(office)
    User.objects.filter(pk=office.pk).update(name="新名字")

    assert change(client, "demo-password-1", "short").status_code == 200
    assert change(client, "demo-password-1", GOOD).url == reverse("dashboard")

    office.refresh_from_db()
    assert (office.check_password(GOOD), office.name) == (True, "新名字")
    assert client.get("/").status_code == 200
    noted = AuditEntry.objects.filter(kind="account")
    assert list(noted.values_list("words", "username")) == [("修改本人密码", "office")]


@pytest.fixture
def known_to_another(logged_in):
    user = factory.make_user("wangwu", Role.OFFICE, must_change_password=True)
    return user, logged_in(user)


def test_the_first_password_is_changed_before_all_else(known_to_another):
    user, client = known_to_another

    for address in ("/", "/visits/", "/visits/add/"):
        for ask in (client.get, client.post):
            assert ask(address).headers.get("Location") == "/password/", address
    page = client.get("/password/").content.decode()
    assert "您现在的密码别人知道" in page
    assert "取消" not in page

    change(client, "demo-password-1", GOOD)
    assert client.get("/visits/").status_code == 200
    assert User.objects.get(pk=user.pk).must_change_password is False


def test_who_must_change_may_log_out_and_read_what_all_may(known_to_another):
    client = known_to_another[1]

    assert client.get("/verify/").status_code == 200
    assert client.post("/logout/").url == "/login/"


def test_the_account_of_the_installation_is_such_a_one():
    user = User.objects.create_superuser("ganshi", "x", name="管理员")

    assert (user.role, user.must_change_password) == (Role.ADMINISTRATOR, True)


def aged(user, days):
    set_at = timezone.now() - datetime.timedelta(days=days)
    User.objects.filter(pk=user.pk).update(password_set_at=set_at)
    user.refresh_from_db()
    return user


@pytest.mark.parametrize(
    ("days", "allowed", "warned", "leads_away"),
    [
        (75, 90, False, False),
        (77, 90, True, False),
        (89, 90, True, False),
        (91, 90, True, True),
        (91, 0, False, False),
        (91, 120, False, False),
    ],
)
def test_a_password_grows_old(auditor, logged_in, settings, days, allowed, warned, leads_away):
    settings.PASSWORD_DAYS = allowed
    aged(auditor, days)
    client = logged_in(auditor)

    end = timezone.localtime(auditor.password_set_at + datetime.timedelta(days=allowed))
    said = [todo.label for todo in todos_of(auditor, today())]
    assert said == ([f"密码{end:%Y-%m-%d}到期"] if warned else [])
    assert (client.get("/").headers.get("Location") == "/password/") is leads_away
    if warned and not leads_away:
        assert said[0] in client.get("/").content.decode()


def test_what_is_being_filled_in_when_it_expires_is_taken(office, logged_in):
    client = logged_in(aged(office, 91))

    assert client.post("/villages/add/").status_code == 200
    assert "您的密码已到期" in client.get("/villages/", follow=True).content.decode()


def test_in_a_demonstration_none_grows_old(office, logged_in, settings):
    settings.DEMO = True
    client = logged_in(aged(office, 91))

    assert client.get("/villages/").status_code == 200
    assert todos_of(office, today()) == []
