"""Accounts: what administrators do on their pages, and that one of them always remains."""

import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from congress.accounts import actions
from congress.models import AuditEntry, User
from congress.roles import Role
from tests import factory

pytestmark = pytest.mark.django_db

GOOD = "Jie-dai2020"
NEW = {"username": "zhangyun", "name": "张赟", "role": "office", "email": "zhang@example.cn"}


@pytest.fixture
def client(administrator, logged_in):
    return logged_in(administrator)


@pytest.fixture
def second():
    return factory.make_user("second", Role.ADMINISTRATOR, name="李四")


def page(name, account):
    return reverse(f"user_{name}", args=[account.pk])


def noted():
    entries = AuditEntry.objects.filter(kind="account").order_by("id")
    return list(entries.values_list("words", "reason", "username"))


def link_in(response):
    return re.search(r"http://testserver(/password/\d+/[^<\s]+/)", response.content.decode())[1]


def can_log_in(username, password):
    answer = Client().post("/login/", {"username": username, "password": password})
    return answer.status_code == 302


def set_password(link, password=GOOD):
    return Client().post(link, {"new_password1": password, "new_password2": password})


def test_a_new_account_begins_with_a_link(client):
    form = NEW | {"submission": uuid.uuid4()}
    shown = client.post(reverse("user_add"), form)
    link = link_in(shown)
    account = User.objects.get(username="zhangyun")

    assert (account.name, account.role, account.email) == ("张赟", "office", "zhang@example.cn")
    assert not account.has_usable_password()
    assert shown.headers["Cache-Control"].find("no-store") >= 0
    assert set_password(link).url == reverse("login")
    assert can_log_in("zhangyun", GOOD)
    assert noted() == [
        ("添加账号zhangyun（张赟，办公室工作人员）", "", "administrator"),
        ("为账号zhangyun（张赟，办公室工作人员）生成一次性链接", "", "administrator"),
        ("凭一次性链接设置密码", "", "zhangyun"),
    ]
    assert client.post(reverse("user_add"), form).url == account.get_absolute_url()
    assert User.objects.filter(name="张赟").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("username", "Administrator", "已有同名账号，请换一个用户名。"),
        ("username", "", "请填写这一项。"),
        ("name", "", "请填写这一项。"),
        ("role", "", "请选择这一项。"),
        ("role", "emperor", "所选的已不在列表中，请重新选择。"),
        ("email", "zhang", "请填写完整的邮箱地址，如 name@example.cn。"),
    ],
)
def test_what_a_new_account_needs(client, field, value, sentence):
    form = NEW | {"submission": uuid.uuid4(), field: value}

    response = client.post(reverse("user_add"), form)
    assert response.context["form"].errors == {field: [sentence]}
    assert User.objects.count() == 1


def test_what_is_not_in_the_form_is_not_taken(client, office):
    more = {"is_active": "", "username": "other", "password": "x", "must_change_password": "on"}
    form = {"name": "办公室", "role": "office", "email": "", "version": 1, **more}
    before = User.objects.filter(pk=office.pk).values().get()

    assert client.post(page("edit", office), form).status_code == 302
    assert User.objects.filter(pk=office.pk).values().get() == before | {"version": 2}


def test_two_administrators_edit_one_account(client, second, office, logged_in):
    form = {"name": "办公室", "role": "office", "email": ""}
    first = client.post(page("edit", office), form | {"name": "王五", "version": 1})
    late = logged_in(second).post(page("edit", office), form | {"role": "secretary", "version": 1})

    assert (first.status_code, late.status_code) == (302, 409)
    assert [(each.label, each.theirs, each.yours) for each in late.context["differences"]] == [
        ("姓名", "王五", "办公室"),
        ("角色", "办公室工作人员", "人大秘书"),
    ]
    office.refresh_from_db()
    assert (office.name, office.role, office.version) == ("王五", "office", 2)


def test_a_password_set_meanwhile_is_kept_when_the_account_is_saved(administrator, office):
    """The form's account was read before."""
    opened = User.objects.get(pk=office.pk)
    office.set_password(GOOD)
    office.save()
    opened.name = "王五"
    actions.change_account(by=administrator, account=opened)

    office.refresh_from_db()
    assert (office.name, office.check_password(GOOD)) == ("王五", True)


def test_an_account_is_ended_and_taken_up_again(client, office, logged_in):
    at_work = logged_in(office)
    assert "停用后，这个账号立即退出" in client.get(page("deactivate", office)).content.decode()
    without = client.post(page("deactivate", office), {"reason": " "})
    assert without.context["form"].errors == {"reason": ["请填写这一项。"]}
    assert at_work.get("/visits/").status_code == 200

    for _ in range(2):
        client.post(page("deactivate", office), {"reason": "调离"})
    assert at_work.get("/visits/").url.startswith("/login/")
    assert not can_log_in("office", "demo-password-1")

    client.post(page("reactivate", office), {"reason": "调回"})
    assert can_log_in("office", "demo-password-1")
    assert noted() == [
        ("停用账号office（办公室，办公室工作人员）", "调离", "administrator"),
        ("恢复账号office（办公室，办公室工作人员）", "调回", "administrator"),
    ]


def test_nobody_ends_the_own_account_or_role(client, administrator, second):
    form = {"name": "系统管理员", "role": "office", "email": "", "version": 1}
    demoted = client.post(page("edit", administrator), form)
    ended = client.post(page("deactivate", administrator), {"reason": "调离"})

    assert demoted.context["form"].errors == {"role": [actions.OWN_ROLE]}
    assert ended.context["form"].errors == {"__all__": [actions.OWN_END]}
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == ("administrator", True)
    assert administrator.version == 1


def test_of_two_who_end_each_other_one_remains(administrator, second):
    """Both have been let in before the first of them acts."""
    actions.deactivate(by=administrator, account=second, reason="调离")
    with pytest.raises(PermissionDenied):
        actions.deactivate(by=second, account=administrator, reason="调离")
    with pytest.raises(PermissionDenied):
        actions.make_link(by=second, account=second)

    remaining = User.objects.filter(role="administrator", is_active=True)
    assert list(remaining) == [administrator]


def test_one_who_is_no_longer_administrator_changes_nothing(administrator, second):
    stale = User.objects.get(pk=second.pk)
    second.role = Role.AUDITOR
    actions.change_account(by=administrator, account=second)

    with pytest.raises(PermissionDenied):
        actions.change_account(by=stale, account=administrator)


def test_an_account_is_never_deleted(client, office):
    assert client.post(f"/accounts/{office.pk}/delete/").status_code == 404
    assert client.get("/admin/").status_code == 404


def test_a_locked_account_is_opened_again(client, office):
    form = {"username": "office", "password": "wrong"}
    for _ in range(5):
        Client().post("/login/", form)
    shown = client.get(reverse("user_list"), {"state": "locked"})
    assert [record for record, _ in shown.context["rows"]] == [office]

    client.post(page("unlock", office))
    answer = Client().post("/login/", form | {"password": "demo-password-1"})
    assert answer.url == "/"


def names(client, **filters):
    rows = client.get(reverse("user_list"), filters).context["rows"]
    return [record.username for record, _ in rows]


def test_the_list_is_searched_and_filtered(client, office, chair, second, set_today):
    User.objects.filter(pk=second.pk).update(last_login="2020-01-01T00:00Z")
    actions.deactivate(by=User.objects.get(username="administrator"), account=chair, reason="换届")
    actions.add_account(
        by=User.objects.get(username="administrator"), account=User(**NEW, password="")
    )

    assert names(client) == ["administrator", "chair", "office", "second", "zhangyun"]
    assert names(client, q="李四") == ["second"]
    assert names(client, role="office") == ["office", "zhangyun"]
    found = {
        state: names(client, state=state)
        for state in ("active", "invited", "unset", "stale", "locked", "inactive")
    }
    assert found == {
        "active": ["administrator"],
        "invited": ["office"],
        "unset": ["zhangyun"],
        "stale": ["second"],
        "locked": [],
        "inactive": ["chair"],
    }


def test_the_list_costs_the_same_for_more_rows(client, queries_of):
    few = queries_of(client, reverse("user_list"))
    for number in range(3):
        factory.make_user(f"member{number}")

    assert queries_of(client, reverse("user_list")) == few


def test_the_administrator_is_led_there(client):
    shown = client.get("/")

    assert [entry["label"] for entry in shown.context["navigation"]] == ["今日", "账号", "备份"]
    assert f'href="{reverse("user_list")}"' in shown.content.decode()
