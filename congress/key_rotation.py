"""What the database keeps sealed, brought under the first of ``PERSONAL_DATA_KEYS``.

A room declares what it keeps; ``rotate`` seals all of it anew in one transaction: where it breaks
off nothing has changed, and it is run again. Afterwards the old keys are no longer needed.
Printed papers in ``MEDIA_ROOT`` are sealed too, and are set again where their key has gone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.db import transaction

from . import audit
from .sealing import Sealed, fingerprint, is_current, seal, unseal


class Renewal:
    """Sealed values under the first key; the same for the same, so that copies stay equal."""

    def __init__(self):
        self.sealed = cache(self._sealed)

    @staticmethod
    def _sealed(old: str) -> str:
        return old if is_current(old) else seal(unseal(old))

    @staticmethod
    def index(old: str) -> str:
        return fingerprint(unseal(old))


@dataclass(frozen=True)
class Store:
    """Values that a room keeps sealed, and how it takes them anew.

    ``renew`` raises ``ValueError`` with a sentence where they cannot be kept.
    """

    label: str
    sealed: Callable[[], Iterable[str]]
    renew: Callable[[Renewal], None]


@dataclass(frozen=True)
class Count:
    """How many values of a store the first key opens, an older one, and none."""

    label: str
    current: int
    older: int
    closed: int


_stores: dict[str, Store] = {}


def declare(store: Store) -> None:
    _stores[store.label] = store


def counts() -> list[Count]:
    return [_count(store) for store in _stores.values()]


def _count(store: Store) -> Count:
    tally = {"current": 0, "older": 0, "closed": 0}
    for sealed in store.sealed():
        tally[_opened_by(sealed)] += 1
    return Count(store.label, **tally)


def _opened_by(sealed: str) -> str:
    if is_current(sealed):
        return "current"
    try:
        unseal(sealed)
    except Sealed:
        return "closed"
    return "older"


@transaction.atomic
def rotate() -> int:
    """Seal anew what stands under older keys; returns how many values.

    Raises ``Sealed`` where no key opens a value, ``ValueError`` with a sentence where the values
    cannot be kept; nothing has changed then.
    """
    found = counts()
    if any(count.closed for count in found):
        raise Sealed
    older = sum(count.older for count in found)
    if older:
        renewal = Renewal()
        for store in _stores.values():
            store.renew(renewal)
        audit.note(audit.Kind.MAINTENANCE, f"更换个人信息密钥，重新加密{older}项")
    return older
