"""Attachments on their way in and out: what is accepted, under which name, and how it is served.

The content decides what a file is (``file_kinds``), its name only what it is called: a picture
named .pdf is kept as a picture with the suffix of one, a program named .pdf is refused. Keep the
file itself under a name that says nothing, and ``Upload.name`` beside it: two files may have the
same, and in characters of four bytes it is too long for a disc.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import ValidationError
from django.http import FileResponse

from .file_kinds import ACCEPTED, BY_SUFFIX, KINDS, FileRefused, UnknownKind, detect

MAX_MEGABYTES = 10
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
#: Of a name with its suffix; in common Chinese then at most 240 bytes, and discs take 255.
MAX_NAME_LENGTH = 80
SHOWN_NAME_LENGTH = 40
NAMELESS = "附件"

EMPTY = "文件是空的，请重新选择。"
TOO_BIG = f"文件超过{MAX_MEGABYTES}MB，不予接收。请压缩图片或拆分文件后再上传。"
DISAGREES = f"内容与文件名不符，不予接收。请用原来的软件打开，另存为可以上传的文件：{ACCEPTED}。"
NOTHING_CHOSEN = "请选择文件。"
NOT_SENT = "没有收到文件，请重新选择。"
TOO_MANY = "一次最多选择{most}个文件，现在选了{sent}个。"

#: The Content Security Policy of what is to be saved.
NEITHER_SHOWN_NOR_RUN = "default-src 'none'; sandbox"

#: Pictures by type, so that telephones offer the camera and send what browsers can show.
ACCEPT = ",".join(
    kind.content_type if kind.content_type.startswith("image/") else kind.suffix for kind in KINDS
)

SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
EDGES = re.compile(r"^[\s.]+|[\s.]+$")
TAIL = re.compile(r"[\s.]+$")
#: What Windows allows in no name.
FORBIDDEN = re.compile(r'[<>:"|?*]')
#: Controls, direction and other invisible marks, halves of characters, ends of lines. Characters
#: for private use stay, as do those too new to be known here: names of people are written so.
REMOVED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@dataclass(frozen=True)
class Upload:
    """An accepted file; ``file`` stands at its beginning."""

    name: str
    content_type: str
    size: int
    #: In hexadecimal digits.
    sha256: str
    file: UploadedFile


def take(file: UploadedFile) -> Upload:
    """Check one file. Raises ``FileRefused``."""
    if not file.size:
        raise FileRefused(EMPTY)
    if file.size > MAX_BYTES:
        raise FileRefused(TOO_BIG)
    file.seek(0)
    data = file.read()
    file.seek(0)
    try:
        kind = detect(data)
    except UnknownKind as error:
        if suffix_of(file.name) in BY_SUFFIX:
            raise FileRefused(DISAGREES) from error
        raise
    return Upload(
        name=safe_name(file.name, kind.suffix),
        content_type=kind.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        file=file,
    )


def suffix_of(name: str) -> str:
    """What the name claims to be, in lower case: ``.pdf``; empty where it claims nothing."""
    found = SUFFIX.search(_legible(name))
    return found.group().lower() if found else ""


def safe_name(name: str, suffix: str) -> str:
    """The name without folders and hidden characters, with this suffix in place of its own."""
    stem = _legible(name)
    stem = stem.removesuffix(suffix) if stem.endswith(suffix) else SUFFIX.sub("", stem)
    stem = EDGES.sub("", stem)[: MAX_NAME_LENGTH - len(suffix)]
    return (EDGES.sub("", stem) or NAMELESS) + suffix


def _legible(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(character for character in last if _is_kept(character))
    return TAIL.sub("", FORBIDDEN.sub("_", kept))


def _is_kept(character: str) -> bool:
    is_no_character = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return not is_no_character and unicodedata.category(character) not in REMOVED


class UploadsInput(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """Up to ``most`` files at once; cleaned to a list of ``Upload``.

    Tells of all that is wrong with all of them, each file by its name.
    """

    widget = UploadsInput

    def __init__(self, *, most: int, **kwargs):
        self.most = most
        at_most = f"最多{most}个，每个" if most > 1 else ""
        words = {"help_text": f"{ACCEPTED}，{at_most}不超过{MAX_MEGABYTES}MB"}
        super().__init__(**words | kwargs)
        given = kwargs.get("error_messages", {})
        self.error_messages |= {"required": NOTHING_CHOSEN, "invalid": NOT_SENT} | given

    def widget_attrs(self, widget) -> dict:
        return super().widget_attrs(widget) | {"accept": ACCEPT}

    def to_python(self, data) -> list[Upload]:
        files = [file for file in (data if isinstance(data, list) else [data]) if file is not None]
        if not all(isinstance(file, UploadedFile) for file in files):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len(files) > self.most:
            sentence = TOO_MANY.format(most=self.most, sent=len(files))
            raise ValidationError(sentence, code="too_many")
        uploads, errors = [], []
        for file in files:
            try:
                uploads.append(take(file))
            except FileRefused as refusal:
                errors.append(ValidationError(f"“{_shown(file.name)}”：{refusal}", code="refused"))
        if errors:
            raise ValidationError(errors)
        return uploads

    def has_changed(self, initial, data) -> bool:
        return not self.disabled and bool(data)


class UploadField(UploadsField):
    """One file; cleaned to an ``Upload``, or None where nothing was chosen."""

    widget = forms.FileInput

    def __init__(self, **kwargs):
        super().__init__(most=1, **kwargs)

    def to_python(self, data) -> Upload | None:
        uploads = super().to_python(data)
        return uploads[0] if uploads else None


def _shown(name: str) -> str:
    shown = _legible(name) or NAMELESS
    return shown if len(shown) <= SHOWN_NAME_LENGTH else f"{shown[: SHOWN_NAME_LENGTH - 1]}…"


def download(file: BinaryIO, name: str, content_type: str) -> FileResponse:
    """Serve a file that somebody sent: to be saved, never shown, run or kept on the way."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = NEITHER_SHOWN_NOR_RUN
    response.headers["Cache-Control"] = "private, no-store"
    return response
