"""Who acts: the account and address of the request, or what a command says of itself."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from congress.models import User


@dataclass(frozen=True)
class Actor:
    """Who acts, and from which network address."""

    user: User | None = None
    address: str = ""


_actor: ContextVar[Actor] = ContextVar("actor", default=Actor())  # noqa: B039 (frozen)


def current() -> Actor:
    return _actor.get()


@contextmanager
def acting(user: User | None, address: str = ""):
    """Within, whatever is written down is this user's."""
    token = _actor.set(Actor(user, address))
    try:
        yield
    finally:
        _actor.reset(token)
