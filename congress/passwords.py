"""Rules of passwords: ``domain.md`` F, practice of level 2 of GB/T 22239—2019.

Django asks each of them wherever a password is set by a form or typed at the command line.
"""

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
)
from django.core.exceptions import ValidationError

from .roles import Role

ADMINISTRATORS_LENGTH = 12
KINDS_NEEDED = 3
#: So many passwords back none is taken again, the present one counted.
REMEMBERED = 5
KINDS = (
    str.islower,
    str.isupper,
    str.isdecimal,
    lambda letter: not (letter.islower() or letter.isupper() or letter.isdecimal()),
)


class LongEnough(MinimumLengthValidator):
    """``min_length`` characters, more for who keeps the accounts.

    Without a role yet, it is the account that ``createsuperuser`` makes: an administrator's.
    """

    def validate(self, password, user=None):
        administrates = user is not None and user.role in {"", Role.ADMINISTRATOR}
        least = max(self.min_length, ADMINISTRATORS_LENGTH) if administrates else self.min_length
        if len(password) < least:
            raise ValidationError(f"密码太短，至少{least}位。", code="password_too_short")

    def get_help_text(self):
        return f"至少{self.min_length}位，系统管理员至少{ADMINISTRATORS_LENGTH}位。"


class OfSeveralKinds:
    """Letters, capitals, digits and signs: three of the four."""

    def validate(self, password, user=None):
        found = sum(any(map(is_of_kind, password)) for is_of_kind in KINDS)
        if found < KINDS_NEEDED:
            raise ValidationError(
                f"密码只用了{found}类字符，小写字母、大写字母、数字、符号中至少用三类。",
                code="password_of_few_kinds",
            )

    def get_help_text(self):
        return "小写字母、大写字母、数字、符号中至少用三类。"


class WithoutUserName:
    """Neither the user name nor anything that contains it, in capitals or not."""

    def validate(self, password, user=None):
        username = user.username.casefold() if user is not None else ""
        if username and username in password.casefold():
            raise ValidationError("密码不能含有用户名。", code="password_has_username")

    def get_help_text(self):
        return "不能含有用户名。"


class NotUsedLately:
    """None of the last passwords; Django tells of each new one by ``password_changed``."""

    def validate(self, password, user=None):
        if user is None or not user.pk:
            return
        former = user.former_passwords.values_list("password", flat=True)[:REMEMBERED]
        if any(check_password(password, each) for each in {user.password, *former}):
            raise ValidationError(
                f"这个密码最近用过，不能与最近{REMEMBERED}次的密码相同。",
                code="password_used_lately",
            )

    def password_changed(self, password, user=None):
        user.former_passwords.create(password=user.password)
        kept = user.former_passwords.values_list("pk", flat=True)[:REMEMBERED]
        user.former_passwords.exclude(pk__in=list(kept)).delete()

    def get_help_text(self):
        return f"不能与最近{REMEMBERED}次用过的密码相同。"


class NotCommon(CommonPasswordValidator):
    """Not on Django's list of twenty thousand; only the words are the office's."""

    def get_error_message(self):
        return "这个密码太常见，容易被猜到。"

    def get_help_text(self):
        return "不能是常见的密码。"
