"""How an account stands: the same for a row, the filter of the list and its page."""

import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from congress.log_in.lock import locked_accounts
from congress.models import User

#: Not used for so long, an account may be nobody's by now.
STALE = datetime.timedelta(days=90)


class State(models.TextChoices):
    ACTIVE = "active", "启用"
    INVITED = "invited", "从未登录"
    UNSET = "unset", "未设密码"
    STALE = "stale", "90天未登录"
    LOCKED = "locked", "已锁定"
    INACTIVE = "inactive", "停用"


def state_of(account: User) -> State:
    """The first that holds; ``is_locked`` is what ``with_locks`` found."""
    if not account.is_active:
        return State.INACTIVE
    if account.is_locked:
        return State.LOCKED
    if not account.has_usable_password():
        return State.UNSET
    if account.last_login is None:
        return State.INVITED
    return State.STALE if account.last_login < timezone.now() - STALE else State.ACTIVE


def with_locks(accounts: QuerySet) -> QuerySet:
    """Each account says by ``is_locked`` whether it has to wait."""
    waits = When(pk__in=locked_accounts(), then=Value(True))
    return accounts.annotate(is_locked=Case(waits, default=Value(False)))


def in_state(accounts: QuerySet, state: State) -> QuerySet:
    """Those of ``with_locks`` that ``state_of`` finds in the state."""
    if state == State.INACTIVE:
        return accounts.filter(is_active=False)
    accounts = accounts.filter(is_active=True, is_locked=state == State.LOCKED)
    if state == State.LOCKED:
        return accounts
    unset = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if state == State.UNSET:
        return accounts.filter(unset)
    since = timezone.now() - STALE
    last_login = {
        State.INVITED: Q(last_login=None),
        State.STALE: Q(last_login__lt=since),
        State.ACTIVE: Q(last_login__gte=since),
    }
    return accounts.filter(last_login[state]).exclude(unset)
