"""Uploaded workbooks between preview and confirmation: private files, kept for a day at most.

An upload belongs to one user and one session. Its state is a small file beside it, so that any
worker can tell how far an import is that another one runs.
"""

import hashlib
import json
import os
import re
import secrets
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

KEEP_SECONDS = 24 * 3600
#: An import that has said nothing for so long was ended together with its worker.
SILENT_SECONDS = 300

TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "ledgers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _owner(user, session_key: str | None) -> str:
    return hashlib.sha256(f"{user.pk} {session_key}".encode()).hexdigest()


@dataclass
class Upload:
    token: str
    owner: str
    name: str
    state: str = WAITING
    words: str = ""
    at: float = 0
    result: list[dict[str, Any]] = field(default_factory=list)

    @property
    def workbook(self) -> Path:
        return _folder() / f"{self.token}.xlsx"

    @property
    def _note(self) -> Path:
        return _folder() / f"{self.token}.json"

    @property
    def _claim(self) -> Path:
        return _folder() / f"{self.token}.claim"

    @property
    def is_over(self) -> bool:
        return self.state in (DONE, FAILED)

    def tell(self, words: str, state: str = RUNNING):
        """Write down how far it is; a reader sees the old or the new state, never half of it."""
        self.state, self.words, self.at = state, words, time.time()
        draft = self._note.with_suffix(f".{secrets.token_hex(4)}")
        draft.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        os.replace(draft, self._note)

    def claim(self) -> bool:
        """Whether the caller is the first to confirm; a second click is not."""
        try:
            self._claim.touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def release(self):
        """Let it be confirmed again, after an import that wrote nothing."""
        self._claim.unlink(missing_ok=True)

    def forget_workbook(self):
        self.workbook.unlink(missing_ok=True)

    def remove(self):
        for path in (self.workbook, self._note, self._claim):
            path.unlink(missing_ok=True)


def keep(file: BinaryIO, name: str, user, session_key: str | None) -> Upload:
    """Keep an uploaded workbook for its user."""
    remove_old()
    upload = Upload(secrets.token_urlsafe(24), _owner(user, session_key), name)
    descriptor = os.open(upload.workbook, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as copy:
        file.seek(0)
        while block := file.read(1 << 20):
            copy.write(block)
    upload.tell("", WAITING)
    return upload


def find(token: str, user, session_key: str | None) -> Upload | None:
    """The upload of this user and session."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        note = (_folder() / f"{token}.json").read_text(encoding="utf-8")
    except OSError:
        return None
    upload = Upload(**json.loads(note))
    if upload.owner != _owner(user, session_key):
        return None
    if upload.state == RUNNING and time.time() - upload.at > SILENT_SECONDS:
        upload.state, upload.words = FAILED, "导入中断，没有写入任何内容；请重新核对。"
    return upload


def remove_old():
    limit = time.time() - KEEP_SECONDS
    for path in _folder().iterdir():
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
