"""What administrators do to accounts: each is written to the audit log."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from congress import audit
from congress.log_in import code
from congress.models import User
from congress.roles import Role

OWN_ROLE = "不能改自己的角色，请由另一位系统管理员办理。"
OWN_END = "不能停用自己的账号，请由另一位系统管理员办理。"


def hold_administrators(by: User) -> None:
    """Until the transaction ends nobody else changes who administrates, and ``by`` does.

    As nobody ends the own account or role, one administrator always remains: the last one to act.
    Raises ``PermissionDenied`` where another one has ended this one's account meanwhile.
    """
    administrators = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR)
    if by.pk not in {each.pk for each in administrators.order_by("pk") if each.is_active}:
        raise PermissionDenied


@transaction.atomic
def add_account(*, by: User, account: User) -> None:
    """A new account; nobody can log in until its owner has set a password by a link."""
    hold_administrators(by)
    account.set_password(None)
    account.save()
    audit.note(audit.Kind.ACCOUNT, f"添加账号{_named(account)}", subject=account, user=by)


@transaction.atomic
def change_account(*, by: User, account: User) -> None:
    """Save name, role, e-mail and whether a code is needed; what else stands in the row is left.

    Raises ``ValidationError`` for the own role.
    """
    hold_administrators(by)
    before = User.objects.get(pk=account.pk)
    if account.pk == by.pk and account.role != before.role:
        raise ValidationError({"role": OWN_ROLE})
    account.save(update_fields=["name", "role", "email", "must_use_code", "version"])
    audit.note(audit.Kind.ACCOUNT, f"修改账号{_named(account)}", subject=account, user=by)


@transaction.atomic
def deactivate(*, by: User, account: User, reason: str) -> bool:
    """End an account: it is logged out at once and its link is worthless. Its records stay.

    Returns whether it was active; raises ``ValidationError`` for the own account.
    """
    hold_administrators(by)
    if account.pk == by.pk:
        raise ValidationError(OWN_END)
    return _switch(by, account, reason, "停用", is_active=False)


@transaction.atomic
def reactivate(*, by: User, account: User, reason: str) -> bool:
    """Let an account log in again, with the password it had; returns whether it could not."""
    hold_administrators(by)
    return _switch(by, account, reason, "恢复", is_active=True)


def _switch(by: User, account: User, reason: str, verb: str, *, is_active: bool) -> bool:
    current = User.objects.select_for_update().get(pk=account.pk)
    if current.is_active == is_active:
        return False
    current.is_active, current.link_made_at = is_active, None
    current.version += 1
    current.save(update_fields=["is_active", "link_made_at", "version"])
    words = f"{verb}账号{_named(current)}"
    audit.note(audit.Kind.ACCOUNT, words, subject=current, reason=reason, user=by)
    return True


@transaction.atomic
def make_link(*, by: User, account: User) -> User:
    """Make a link to set a password by, and every earlier one worthless.

    Returns the account as it is now; raises ``ValidationError`` where it cannot log in.
    """
    hold_administrators(by)
    current = User.objects.select_for_update().get(pk=account.pk)
    if not current.is_active:
        raise ValidationError("账号已停用，请先恢复账号，再生成链接。")
    current.link_made_at = timezone.now()
    current.save(update_fields=["link_made_at"])
    words = f"为账号{_named(current)}生成一次性链接"
    audit.note(audit.Kind.ACCOUNT, words, subject=current, user=by)
    return current


@transaction.atomic
def reset_code(*, by: User, account: User, reason: str) -> bool:
    """End the one-time code of an account whose telephone is lost; whether it used one."""
    hold_administrators(by)
    return code.end(account, f"解除账号{_named(account)}的动态口令", reason=reason, by=by)


def _named(account: User) -> str:
    return f"{account.username}（{account.name}，{account.get_role_display()}）"
