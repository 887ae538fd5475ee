"""Whether a file in hand is one that the office signed, unchanged."""

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

import pikepdf
from django.db.models import Q

from congress.numerals import full_date
from reports.models import ReportVersion

from .codes import ALPHABET, as_typed, shown

MAX_MEGABYTES = 10
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
TOO_BIG = f"文件超过{MAX_MEGABYTES}MB，不是签发的文件。"
UNKNOWN = "没有查到这个文件：不是本机关签发的，或者签发后被改动过。"
NO_SUCH_CODE = "没有这个查验码，请核对。"

#: Where a Word file may name its code, and so much of it is read.
_WORD_PARTS = ("docProps/core.xml", "word/document.xml")
_CODE = re.compile(rf"([{ALPHABET}]{{4}})-([{ALPHABET}]{{4}})")


@dataclass(frozen=True)
class Verdict:
    """``genuine``: the very file that was signed. The version is that of the file or code."""

    genuine: bool
    sentence: str
    version: ReportVersion | None = None


def verdict_on_file(file: BinaryIO) -> Verdict:
    """By the file's SHA-256; a changed file may still name the code of what it was made of."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return Verdict(False, TOO_BIG)
    digest = hashlib.sha256(content).hexdigest()
    of_any_file = Q(pdf_sha256=digest) | Q(docx_sha256=digest) | Q(html_sha256=digest)
    version = _versions().filter(of_any_file).first()
    if version:
        return Verdict(True, f"与签发的文件一致。{told(version)}", version)
    version = _versions().filter(code__in=_codes_in(content)).first()
    if version:
        said = f"与签发的文件不一致：写有查验码{shown(version.code)}，但内容不是签发时的内容。"
        return Verdict(False, f"{said}{told(version)}", version)
    return Verdict(False, UNKNOWN)


def version_of_code(typed: str) -> ReportVersion | None:
    return _versions().filter(code=as_typed(typed)).first()


def told(version: ReportVersion) -> str:
    """Which version, who signed it and when, and whether a later one supersedes it."""
    what = f"《{version.title}》第{version.number}版"
    return f"{what}，{version.signer}{full_date(version.signed_on)}签发，{standing(version)}。"


def standing(version: ReportVersion) -> str:
    if version.superseded_by:
        return f"已被第{version.superseded_by}版取代"
    return "是最新版本"


def _versions():
    return ReportVersion.objects.in_brief()


def _codes_in(content: bytes) -> set[str]:
    found = _CODE.findall(_legible(content))
    return {first + second for first, second in found}


def _legible(content: bytes) -> str:
    """What of a file, damaged or not, may name its code."""
    plain = content.decode("utf-8", "ignore")
    if content.startswith(b"%PDF"):
        return plain + _keywords(content)
    if content.startswith(b"PK"):
        return plain + _words(content)
    return plain


def _keywords(content: bytes) -> str:
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            return str(file.docinfo.get("/Keywords", ""))
    except (pikepdf.PdfError, ValueError):
        return ""


def _words(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = [file.open(name).read(MAX_BYTES) for name in _WORD_PARTS]
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, zlib.error):
        return ""
    return b"".join(parts).decode("utf-8", "ignore")
