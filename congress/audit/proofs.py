"""What proves a row of the log: a mark that the program wrote it, a chain that none is missing.

Both are HMAC-SHA-256 under keys made of ``SECRET_KEY``: who has the database alone can make
neither. After a change of ``SECRET_KEY`` the former one belongs into ``SECRET_KEY_FALLBACKS``.
"""

import datetime
import hmac
import secrets
from dataclasses import dataclass, fields
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_CHARACTERS = 32
#: Stands between the parts of a text that is proved; no part of which holds it.
SEPARATOR = "\x1f"
#: The chain begins with it.
BEGINNING = "0" * 64
_BLOCK = 64


@dataclass(frozen=True)
class Content:
    """All that a row says, in the order in which it is proved; ``changes`` is its JSON text."""

    at: datetime.datetime
    kind: str
    user_key: int | None = None
    username: str = ""
    name: str = ""
    role: str = ""
    address: str = ""
    subject_type: str = ""
    subject_key: str = ""
    words: str = ""
    reason: str = ""
    changes: str = "{}"

    @property
    def text(self) -> str:
        at = self.at.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        others = (getattr(self, name) for name in COLUMNS[1:])
        return SEPARATOR.join([at, *("" if value is None else str(value) for value in others)])


COLUMNS = tuple(field.name for field in fields(Content))


def mark_of(content: Content) -> str:
    """A random number and the proof of both, in hexadecimal digits; no two rows have the same."""
    nonce = secrets.token_hex(NONCE_CHARACTERS // 2)
    return nonce + _proof(_secrets()[0], b"mark", nonce, content.text)


def is_marked(content: Content, mark: str) -> bool:
    nonce = mark[:NONCE_CHARACTERS]
    return _proves(b"mark", mark[NONCE_CHARACTERS:], nonce, content.text)


def digest_of(before: str, sequence: int, key: int, mark: str, content: Content) -> str:
    """The link of the chain after ``before``."""
    return _proof(_secrets()[0], b"chain", before, str(sequence), str(key), mark, content.text)


def is_linked(
    digest: str, before: str, sequence: int, key: int, mark: str, content: Content
) -> bool:
    return _proves(b"chain", digest, before, str(sequence), str(key), mark, content.text)


def archive_mark(*parts: str) -> str:
    return _proof(_secrets()[0], b"archive", *parts)


def is_archive_mark(mark: str, *parts: str) -> bool:
    return _proves(b"archive", mark, *parts)


def marking_pads() -> str:
    """Inner and outer pad of the marking key (RFC 2104): with them PostgreSQL marks its rows."""
    key = _derived(_secrets()[0], b"mark").ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in key).hex() + bytes(byte ^ 0x5C for byte in key).hex()


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _proves(purpose: bytes, proof: str, *parts: str) -> bool:
    return any(
        hmac.compare_digest(_proof(secret, purpose, *parts).encode(), proof.encode())
        for secret in _secrets()
    )


def _proof(secret: str, purpose: bytes, *parts: str) -> str:
    return hmac.digest(
        _derived(secret, purpose), SEPARATOR.join(parts).encode("utf-8", "replace"), "sha256"
    ).hex()


@lru_cache
def _derived(secret: str, purpose: bytes) -> bytes:
    """A key of its own for each purpose (HKDF, RFC 5869)."""
    derivation = HKDF(SHA256(), 32, salt=None, info=b"congress audit log: " + purpose)
    return derivation.derive(secret.encode())
