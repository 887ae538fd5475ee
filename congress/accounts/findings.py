"""What is wrong with accounts: shared, stale, left over (GB/T 22239—2019, level 2: no default,
shared or superfluous accounts).

A room adds what it knows by ``account_check``; ``manage.py check_accounts`` and the list of
accounts show all of it.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from congress.log_in import code
from congress.models import User
from congress.periods import today
from congress.roles import Role

from .states import STALE

NEVER_USED = datetime.timedelta(days=30)
#: Names that are nobody's: of an office, a function or a trial.
SHARED_NAMES = {
    *("admin", "administrator", "root", "system", "sysadmin", "superuser", "manager"),
    *("test", "test1", "demo", "guest", "user", "temp", "public", "share", "shared"),
    *("renda", "rd", "rdbgs", "bangongshi", "bgs", "管理员", "测试", "办公室", "人大办", "公用"),
    *Role.values,
}


@dataclass(frozen=True)
class Finding:
    """One account and what is wrong with it, as a sentence that says what to do."""

    account: User
    words: str

    def __str__(self):
        return f"{self.account.username}（{self.account.name}）：{self.words}"


#: Gets the active accounts by key and the office's day, gives (key, sentence).
AccountCheck = Callable[[dict[int, User], datetime.date], Iterable[tuple[int, str]]]
_CHECKS: list[AccountCheck] = []


def account_check(check: AccountCheck) -> AccountCheck:
    """Declare a check; what it finds stands in the order declared."""
    _CHECKS.append(check)
    return check


def findings() -> list[Finding]:
    """All that is wrong with accounts that can log in, by user name."""
    accounts = {account.pk: account for account in User.objects.filter(is_active=True)}
    found = [
        Finding(accounts[key], words)
        for check in _CHECKS
        for key, words in check(accounts, today())
        if key in accounts
    ]
    return sorted(found, key=lambda finding: finding.account.username)


@account_check
def default_and_shared(accounts, day):
    """In a demonstration they belong there."""
    if settings.DEMO:
        return
    for key, account in accounts.items():
        if account.username.casefold() in SHARED_NAMES:
            yield (
                key,
                "用户名是演示或公用的名称，看不出是谁；请给每人各建账号，停用这个账号。",
            )


@account_check
def never_or_long_not_used(accounts, day):
    now = timezone.now()
    for key, account in accounts.items():
        if account.last_login is None and account.created_at < now - NEVER_USED:
            yield key, f"添加{(now - account.created_at).days}天来从未登录；不需要的请停用。"
        elif account.last_login and account.last_login < now - STALE:
            yield key, f"已{(now - account.last_login).days}天没有登录；不再使用的请停用。"


@account_check
def passwords_not_changed(accounts, day):
    now = timezone.now()
    for key, account in accounts.items():
        if account.must_change_password:
            yield key, "还没有换掉别人设的密码；请本人登录更换，或生成一次性链接。"
        elif account.password_has_expired and not settings.DEMO:
            used = (now - account.password_set_at).days
            yield (
                key,
                f"密码已用{used}天，超过{settings.PASSWORD_DAYS}天；下次登录时须更换。",
            )


@account_check
def codes_not_set_up(accounts, day):
    for key, account in accounts.items():
        if account.must_use_code and not account.uses_code:
            yield key, "须用动态口令，还没有设好；请本人登录，按提示用手机设好。"
        elif account.uses_code and not code.is_readable(account):
            yield key, "动态口令的密钥打不开，本人不能登录；请解除动态口令，由本人重新设好。"


@account_check
def one_person_twice(accounts, day):
    for same, words in (
        (lambda account: (account.name, account.role), "姓名和角色"),
        (lambda account: account.email.casefold(), "电子邮箱"),
    ):
        groups: dict = {}
        for account in accounts.values():
            if value := same(account):
                groups.setdefault(value, []).append(account)
        for group in groups.values():
            for account in group:
                others = [other.username for other in group if other is not account]
                if others:
                    yield (
                        account.pk,
                        f"与{'、'.join(others)}的{words}相同；一人只留一个账号，多余的请停用。",
                    )
