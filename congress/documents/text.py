"""The text of a document's file, for the search: read once, when the file comes."""

import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from django.db import models

from congress.file_kinds import DOC, DOCX, PDF, XLSX

from .text_reader import NO_TEXT

#: Characters kept of a file.
MOST = 200_000
#: Read, as blanks and marks between them fall away.
MOST_READ = 2 * MOST
SECONDS = 30
READER = Path(__file__).with_name("text_reader.py")
#: The kinds that may have text, by what the reader calls them.
KINDS = {
    PDF.content_type: "pdf",
    DOCX.content_type: "docx",
    XLSX.content_type: "xlsx",
    DOC.content_type: "doc",
}

#: PDFs name characters by the radical of the same shape: ⼈ for 人.
RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
#: Field codes of Word, from their begin to their separator.
FIELD_CODES = re.compile("\x13[^\x13\x14\x15]*\x14")
UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff\ufffd\ud800-\udfff]")
BLANKS = re.compile(r"\s+")
HAN = r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’—…·]"
#: Where a line ends within a sentence no blank stands: 代表⏎小组.
BLANK_IN_CHINESE = re.compile(f"(?<={HAN}) (?={HAN})")


class Reading(models.TextChoices):
    READ = "read", "文字可检索"
    CUT = "cut", "文字过长，只能检索前20万字"
    NONE = "none", "没有可检索的文字"
    FAILED = "failed", "文字读取失败，不能检索"


@dataclass(frozen=True)
class FileText:
    text: str
    reading: Reading


def text_of(data: bytes, content_type: str) -> FileText:
    """What can be found in the file; never raises, whatever the file is."""
    kind = KINDS.get(content_type)
    if kind is None:
        return FileText("", Reading.NONE)
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(READER), kind, str(MOST_READ)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return FileText("", Reading.FAILED)
    if done.returncode not in (0, NO_TEXT):
        return FileText("", Reading.FAILED)
    told = done.stdout.decode("utf-8", "replace")
    text = searchable(told)
    if not text:
        return FileText("", Reading.NONE)
    cut = len(text) > MOST or len(told) >= MOST_READ
    return FileText(text[:MOST], Reading.CUT if cut else Reading.READ)


def searchable(text: str) -> str:
    """On one line, without what nobody sees, as somebody would type it."""
    text = FIELD_CODES.sub("", text).translate(RADICALS)
    text = BLANKS.sub(" ", UNSEEN.sub("", text))
    return BLANK_IN_CHINESE.sub("", text).strip()
