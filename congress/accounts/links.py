"""One-time links: the administrator hands one over, its owner sets a password, once.

Only what the account holds decides whether a link is good: a new link, a new password or the
account's end makes all earlier ones worthless.
"""

import datetime

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils import timezone

from congress.models import User


class LinkToken(PasswordResetTokenGenerator):
    key_salt = "congress.accounts.links"

    def _make_hash_value(self, user, timestamp):
        made_at = user.link_made_at.astimezone(datetime.UTC).isoformat()
        return f"{user.pk} {user.password} {made_at} {timestamp}"

    def check_token(self, user, token):
        return is_open(user) and super().check_token(user, token)


TOKENS = LinkToken()


def path_for(account: User) -> str:
    """The address of the link that was just made; nobody can be told it again."""
    return reverse("password_link", args=[account.pk, TOKENS.make_token(account)])


def ends_at(account: User) -> datetime.datetime:
    return account.link_made_at + datetime.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def is_open(account: User) -> bool:
    """Whether a link was handed over that may still be used."""
    handed_over = account.is_active and account.link_made_at is not None
    return handed_over and timezone.now() < ends_at(account)


def owner_of(key: int, token: str, accounts=User.objects) -> User | None:
    """Whose link it is, where it still may be used; ``accounts`` may hold a lock."""
    account = accounts.filter(pk=key).first()
    return account if account and TOKENS.check_token(account, token) else None
