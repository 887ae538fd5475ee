"""What the program keeps for one log-in between its pages: small private files, a day at most.

Any worker process reads them, also while another one holds the write lock of an SQLite database.
"""

import contextlib
import hashlib
import json
import os
import re
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar, Self

from django.conf import settings

KEEP_SECONDS = 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def owner_of(request) -> str:
    """Stands for the user in this log-in; another browser of the same user is another owner."""
    return hashlib.sha256(f"{request.user.pk} {request.session.session_key}".encode()).hexdigest()


def new_token() -> str:
    return secrets.token_urlsafe(24)


@dataclass
class PrivateNote:
    """Base of what is kept; further files of a note bear its token too."""

    FOLDER: ClassVar[str]

    token: str
    owner: str

    @classmethod
    def find(cls, request, token: str) -> Self | None:
        """The note with this token, if it belongs to who asks."""
        if not TOKEN.fullmatch(token):
            return None
        try:
            text = (cls.folder() / f"{token}.json").read_text(encoding="utf-8")
        except OSError:
            return None
        note = cls(**json.loads(text))
        return note if note.owner == owner_of(request) else None

    @classmethod
    def folder(cls) -> Path:
        folder = Path(settings.MEDIA_ROOT) / cls.FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    @classmethod
    def remove_old(cls) -> None:
        limit = time.time() - KEEP_SECONDS
        for path in cls.folder().iterdir():
            # A draft may be renamed and gone meanwhile.
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()

    def file(self, suffix: str) -> Path:
        return self.folder() / f"{self.token}{suffix}"

    def keep(self, suffix: str, content: BinaryIO) -> None:
        """Keep a file that was sent, beside the note."""
        descriptor = os.open(self.file(suffix), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as copy:
            content.seek(0)
            while block := content.read(1 << 20):
                copy.write(block)

    def save(self) -> None:
        """A reader sees the old or the new note, never half of one."""
        os.replace(self._draft(), self.file(".json"))

    def save_as_first(self) -> bool:
        """Save unless a note with this token exists; of two at once one is the first."""
        draft = self._draft()
        try:
            os.link(draft, self.file(".json"))
        except FileExistsError:
            return False
        finally:
            draft.unlink()
        return True

    def remove(self) -> None:
        for path in self.folder().glob(f"{self.token}.*"):
            path.unlink(missing_ok=True)

    def _draft(self) -> Path:
        draft = self.file(f".{secrets.token_hex(4)}")
        draft.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        return draft
