"""List and form of accounts, for administrators."""

import datetime

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from congress import roles
from congress.models import User
from congress.record_pages import RecordFilter, RecordPages
from congress.roles import Role
from congress.tables import Column

from . import links
from .forms import AccountAddForm, AccountForm
from .states import State, in_state, state_of, with_locks
from .views import AccountAdd, AccountEdit, AccountList

COLOURS = {
    State.ACTIVE: "done",
    State.INVITED: "in-hand",
    State.UNSET: "due-soon",
    State.STALE: "due-soon",
    State.LOCKED: "overdue",
    State.INACTIVE: "",
}


def moment(at: datetime.datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def link_in_words(account: User) -> str:
    if not account.link_made_at:
        return ""
    if links.is_open(account):
        return f"{moment(links.ends_at(account))}前有效，还没有用过"
    return "已过期，没有用过"


def code_in_words(account: User) -> str:
    if account.uses_code:
        return "已启用"
    return "须用，本人还没有设好" if account.must_use_code else "未启用"


class AccountFilter(RecordFilter):
    search_fields = ("username", "name", "email")
    role = django_filters.ChoiceFilter(choices=Role.choices, label="角色")
    state = django_filters.ChoiceFilter(choices=State.choices, method="having", label="状态")

    def having(self, accounts: QuerySet, name: str, state: str) -> QuerySet:
        return in_state(accounts, State(state))


class AccountPages(RecordPages):
    model = User
    form_class = AccountForm
    add_form_class = AccountAddForm
    filter_class = AccountFilter
    measure = "个"
    may_read = staticmethod(roles.keeps_accounts)
    may_edit = staticmethod(roles.keeps_accounts)
    without = frozenset({"delete"})
    views = {
        "list": AccountList,
        "add": AccountAdd,
        "edit": AccountEdit,
    }
    columns = (
        Column("用户名", "username", ("username",), width=16),
        Column("姓名", "name", ("name",), width=16),
        Column("角色", "get_role_display", ("role",), width=16),
        Column(
            "状态",
            lambda account: state_of(account).label,
            state_class=lambda account: COLOURS[state_of(account)],
        ),
        Column(
            "上次登录", lambda account: moment(account.last_login), ("last_login",), 18, minor=True
        ),
    )
    facts = (
        "username",
        "name",
        "role",
        "email",
        (lambda account: state_of(account).label, "状态"),
        (lambda account: moment(account.last_login), "上次登录"),
        (lambda account: moment(account.created_at), "添加时间"),
        (lambda account: moment(account.password_set_at), "密码设置时间"),
        (lambda account: moment(account.password_expires_at), "密码到期时间"),
        (link_in_words, "一次性链接"),
        (code_in_words, "动态口令"),
    )

    @classmethod
    def with_related(cls, accounts):
        return with_locks(accounts)

    @classmethod
    def buttons(cls, account, user):
        possible = [
            ("解除锁定", "user_unlock", account.is_locked),
            ("一次性链接", "user_link", account.is_active),
            ("解除动态口令", "user_code_reset", account.uses_code),
            ("停用", "user_deactivate", account.is_active and account.pk != user.pk),
            ("恢复", "user_reactivate", not account.is_active),
        ]
        return [(label, reverse(name, args=[account.pk])) for label, name, may in possible if may]
