"""The account that a command names."""

from django.core.management.base import CommandError

from congress.models import User


def account_named(username: str) -> User:
    """Raises ``CommandError`` where there is none; one that was ended is found too."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"没有用户名为“{username}”的账号。")
    return user
