"""Personal data that the database keeps sealed: who has its file alone cannot read them.

Fernet of the ``cryptography`` package, under keys made of ``PERSONAL_DATA_KEYS``. The first one
seals, all of them open, so that a new key may be put in front. What must be found again or stand
only once has its fingerprint beside it: an HMAC under a key of its own.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32


class Sealed(Exception):
    """None of the keys opens it: it was sealed under another one, or damaged."""


def seal(text: str) -> str:
    return seal_bytes(text.encode()).decode()


def seal_bytes(content: bytes) -> bytes:
    return _sealer(tuple(settings.PERSONAL_DATA_KEYS)).encrypt(content)


def unseal(sealed: str) -> str:
    """Raises ``Sealed``."""
    return unseal_bytes(sealed.encode()).decode()


def unseal_bytes(sealed: bytes) -> bytes:
    """Raises ``Sealed``."""
    try:
        return _sealer(tuple(settings.PERSONAL_DATA_KEYS)).decrypt(sealed)
    except InvalidToken as error:
        raise Sealed from error


def is_current(sealed: str) -> bool:
    """Whether the first of the keys opens it."""
    try:
        _sealer(tuple(settings.PERSONAL_DATA_KEYS[:1])).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def fingerprint(text: str) -> str:
    """The same for the same text under the same key, in hexadecimal digits; tells nothing else."""
    return next(fingerprints(text))


def fingerprints(text: str) -> Iterator[str]:
    """Under each of the keys: one of them stands beside the text, whenever it was sealed."""
    for secret in settings.PERSONAL_DATA_KEYS:
        yield hmac.digest(_derived(secret, b"fingerprint"), text.encode(), "sha256").hex()


@lru_cache
def _sealer(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(
        [Fernet(urlsafe_b64encode(_derived(secret, b"sealing"))) for secret in secrets]
    )


@lru_cache
def _derived(secret: str, purpose: bytes) -> bytes:
    """A key of its own for each purpose (HKDF, RFC 5869)."""
    derivation = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"congress personal data: " + purpose)
    return derivation.derive(secret.encode())
