"""What is wrong with accounts, one row a fault, and who is told of it."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from congress import checks
from congress.accounts.findings import findings
from congress.models import User
from congress.roles import Role
from groups.models import Post
from tests import factory
from voters.models import HandlingUnit

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def found():
    return [(finding.account.username, finding.words) for finding in findings()]


def make(username="zhangyun", role=Role.OFFICE, **fields):
    """An account with which nothing is wrong, but for what is given."""
    given = {"name": f"姓名{username}", "last_login": ago(1), **fields}
    user = factory.make_user(username, role)
    User.objects.filter(pk=user.pk).update(**given)
    return User.objects.get(pk=user.pk)


SHARED = "用户名是演示或公用的名称，看不出是谁；请给每人各建账号，停用这个账号。"


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({}, []),
        ({"username": "admin"}, [SHARED]),
        ({"username": "Test"}, [SHARED]),
        ({"username": "办公室"}, [SHARED]),
        ({"username": "secretary"}, [SHARED]),
        ({"last_login": None}, []),
        (
            {"last_login": None, "created_at": ago(31)},
            ["添加31天来从未登录；不需要的请停用。"],
        ),
        ({"last_login": ago(89)}, []),
        ({"last_login": ago(91)}, ["已91天没有登录；不再使用的请停用。"]),
        (
            {"must_change_password": True},
            ["还没有换掉别人设的密码；请本人登录更换，或生成一次性链接。"],
        ),
        ({"password_set_at": ago(91)}, ["密码已用91天，超过90天；下次登录时须更换。"]),
        ({"role": "delegate"}, ["还没有与代表关联；请办公室在代表的页面上填写账号，或停用。"]),
        ({"role": "leader"}, ["已不担任小组职务；请改为“代表”，或停用账号。"]),
        (
            {"role": "unit"},
            ["还没有与承办单位关联；请办公室在承办单位的页面上选定账号，或停用。"],
        ),
        ({"username": "admin", "is_active": False}, []),
        ({"last_login": ago(91), "is_active": False}, []),
    ],
)
def test_every_fault(fields, sentences):
    account = make(**fields)

    assert found() == [(account.username, each) for each in sentences]


def test_one_person_has_one_account():
    make("a1", name="张赟")
    make("a2", name="张赟")
    make("a3", name="张赟", role=Role.DELEGATE, is_active=False)
    make("b1", email="Rd@example.cn")
    make("b2", email="rd@example.cn")

    assert found() == [
        ("a1", "与a2的姓名和角色相同；一人只留一个账号，多余的请停用。"),
        ("a2", "与a1的姓名和角色相同；一人只留一个账号，多余的请停用。"),
        ("b1", "与b2的电子邮箱相同；一人只留一个账号，多余的请停用。"),
        ("b2", "与b1的电子邮箱相同；一人只留一个账号，多余的请停用。"),
    ]


def test_delegates_and_leaders_on_the_day_after_the_last(set_today):
    """Half-open: the last day holds no longer. A liaison of the staff leads without a mandate."""
    group = factory.make_group(1)
    account = make("daibiao", Role.DELEGATE)
    mandate = factory.make_mandate(factory.make_delegate(account=account), end="2020-08-20")
    leading = make("zuzhang", Role.LEADER)
    person = factory.make_delegate(account=leading)
    factory.make_membership(
        group, factory.make_mandate(person), post=Post.LEADER, end=factory.day("2020-08-20")
    )

    set_today("2020-08-19")
    assert found() == []
    set_today("2020-08-20")
    assert found() == [
        ("daibiao", "代表资格已经终止；请停用账号。"),
        ("zuzhang", "已不担任小组职务；请改为“代表”，或停用账号。"),
    ]
    assert mandate.delegate.account == account


def test_a_suspended_delegate_keeps_the_account(set_today):
    set_today("2020-08-20")
    person = factory.make_delegate(account=make("daibiao", Role.DELEGATE))
    factory.make_suspension(factory.make_mandate(person), "2020-08-01", "2020-09-01")

    assert found() == []


def test_a_unit_with_its_account():
    unit = factory.make_unit()
    unit.accounts.add(make("danwei", Role.UNIT))

    assert (HandlingUnit.objects.count(), found()) == (1, [])


def test_a_demonstration_has_its_accounts(settings):
    settings.DEMO = True
    make("office")
    make("zhangyun", password_set_at=ago(91))

    assert found() == []


def test_the_command_ends_with_one_where_there_is_something(capsys):
    make("zhangyun", last_login=ago(91))

    with pytest.raises(SystemExit) as ended:
        call_command("check_accounts")
    assert ended.value.code == 1
    assert capsys.readouterr().out == (
        "zhangyun（姓名zhangyun）：已91天没有登录；不再使用的请停用。\n"
    )

    User.objects.update(last_login=ago(1))
    call_command("check_accounts")
    assert capsys.readouterr().out == "账号检查没有发现问题。\n"


def test_the_list_says_it_too(administrator, logged_in):
    User.objects.update(username="guanliyuan")
    make("zhangyun", last_login=ago(91))
    administrator.refresh_from_db()

    shown = logged_in(administrator).get("/accounts/")
    assert [str(each) for each in shown.context["findings"]] == [
        "zhangyun（姓名zhangyun）：已91天没有登录；不再使用的请停用。"
    ]
    assert "已91天没有登录" in shown.content.decode()


def test_the_checks_cost_the_same_for_more_accounts(django_assert_num_queries):
    for number in range(3):
        make(f"zhang{number}", Role.DELEGATE)

    with django_assert_num_queries(5):
        findings()


@pytest.mark.parametrize(
    ("username", "production", "ids"),
    [
        ("office", True, ["congress.W020"]),
        ("office", False, []),
        ("zhangyun", True, []),
    ],
)
def test_demonstration_accounts_in_production(settings, username, production, ids):
    settings.PRODUCTION = production
    make(username)

    told = checks.demonstration_accounts_are_gone(None, ["default"])
    assert [message.id for message in told] == ids
    assert checks.demonstration_accounts_are_gone(None, None) == []
