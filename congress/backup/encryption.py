"""A stream under a passphrase: blocks of AES-256-GCM, numbered and the last one marked.

So neither a block that is changed, left out, moved nor a shorter end goes unnoticed. The key is
made of the passphrase by scrypt (RFC 7914) with a salt of the file's own.
"""

import io
import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from . import BackupError

MAGIC = b"congress backup, sealed 1\n"
BLOCK_BYTES = 1 << 20
SALT_BYTES = 16
TAG_BYTES = 16
#: 128 MB and about half a second for each guess at the passphrase.
SCRYPT = {"length": 32, "n": 2**17, "r": 8, "p": 1}

WRONG_KEY = "不能解密备份：环境变量 BACKUP_KEY 与备份时的不同，或者文件开头损坏。"
DAMAGED = "备份文件损坏或不完整，不能使用；请换一份备份。"


class SealingWriter(io.RawIOBase):
    """Seals what is written to it; ``close`` writes the last block and leaves the file open."""

    def __init__(self, file: BinaryIO, passphrase: str):
        salt = secrets.token_bytes(SALT_BYTES)
        self._file, self._cipher = file, _cipher(passphrase, salt)
        self._waiting, self._number = bytearray(), 0
        file.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, content) -> int:
        self._waiting += content
        while len(self._waiting) > BLOCK_BYTES:
            self._seal(bytes(self._waiting[:BLOCK_BYTES]), last=False)
            del self._waiting[:BLOCK_BYTES]
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
        super().close()

    def _seal(self, block: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), block, MAGIC))
        self._number += 1


class UnsealingReader(io.RawIOBase):
    """Reads what was sealed; the file stands behind its ``MAGIC``. Raises ``BackupError``."""

    def __init__(self, file: BinaryIO, passphrase: str):
        self._file, self._cipher = file, _cipher(passphrase, file.read(SALT_BYTES))
        self._open, self._number = b"", 0
        self._next = file.read(BLOCK_BYTES + TAG_BYTES)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self._open and self._next:
            block, self._next = self._next, self._file.read(BLOCK_BYTES + TAG_BYTES)
            try:
                nonce = _nonce(self._number, last=not self._next)
                self._open = self._cipher.decrypt(nonce, block, MAGIC)
            except InvalidTag:
                raise BackupError(DAMAGED if self._number else WRONG_KEY) from None
            self._number += 1
        taken = self._open[: len(buffer)]
        buffer[: len(taken)] = taken
        self._open = self._open[len(taken) :]
        return len(taken)


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    if len(salt) != SALT_BYTES:
        raise BackupError(DAMAGED)
    return AESGCM(Scrypt(salt=salt, **SCRYPT).derive(passphrase.encode()))


def _nonce(number: int, last: bool) -> bytes:
    return struct.pack(">7xI?", number, last)
