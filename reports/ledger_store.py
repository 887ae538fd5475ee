"""Uploaded workbooks between preview and confirmation, each for one log-in, a day at most."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from congress.private_notes import PrivateNote, new_token, owner_of


@dataclass
class Upload(PrivateNote):
    """``name``: of the file; ``result``: what the import did, sheet by sheet."""

    FOLDER: ClassVar[str] = "ledgers"

    name: str
    result: list[dict[str, Any]] = field(default_factory=list)

    @property
    def workbook(self) -> Path:
        return self.file(".xlsx")


def keep(request, file: BinaryIO, name: str) -> Upload:
    """Keep an uploaded workbook for who sent it."""
    Upload.remove_old()
    upload = Upload(new_token(), owner_of(request), name)
    upload.keep(".xlsx", file)
    upload.save()
    return upload
