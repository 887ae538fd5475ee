"""The secret address at which a phone reads a user's reception days."""

from congress.models import User
from voters.models import CalendarFeed
from voters.models.duty import new_token


def renew_address(*, user: User) -> bool:
    """A new address, with which the one before ends; whether it is the user's first."""
    _, is_first = CalendarFeed.objects.update_or_create(user=user, defaults={"token": new_token()})
    return is_first


def remove_address(*, user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()
