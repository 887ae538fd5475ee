"""What a report is made of: chapters, sections, paragraphs, pieces; their ordinals and joints."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.marks import Run, plain, runs

# Narratives that lead into the computed sentence after them.
LEADING = ("活动室-引语", "学习培训-目的")


@dataclass(frozen=True)
class Piece:
    """A stretch of text; with a place it is narrative, and empty where nobody wrote any.

    ``marked`` is the text with its numbers marked, see ``reports.marks``.
    """

    marked: str
    place: str = ""

    @property
    def text(self) -> str:
        return plain(self.marked)

    @property
    def runs(self) -> tuple[Run, ...]:
        return runs(self.marked)


@dataclass(frozen=True)
class Paragraph:
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_open(self) -> bool:
        """Whether there is a place for text, written or not."""
        return any(piece.place for piece in self.pieces)


@dataclass(frozen=True)
class Section:
    """（一） with its paragraphs; ``key`` is that of its part in the outline."""

    heading: Paragraph
    paragraphs: tuple[Paragraph, ...]
    number: str = ""
    heading_is_text: bool = False
    key: str = ""

    @property
    def is_printed(self) -> bool:
        own = self.heading_is_text and self.heading.text
        return bool(own or any(paragraph.text for paragraph in self.paragraphs))

    @property
    def is_open(self) -> bool:
        """Whether there is a place for text, written or not."""
        return any(paragraph.is_open for paragraph in (self.heading, *self.paragraphs))


@dataclass(frozen=True)
class Chapter:
    """一、 with its paragraphs and sections; ``key`` is that of its part in the outline."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...] = ()
    number: str = ""
    key: str = ""

    @property
    def is_printed(self) -> bool:
        return any(paragraph.text for paragraph in self.paragraphs) or any(
            section.is_printed for section in self.sections
        )

    @property
    def is_open(self) -> bool:
        """Whether there is a place for text, written or not."""
        return any(part.is_open for part in (*self.paragraphs, *self.sections))


@dataclass(frozen=True)
class Signature:
    """署名 and 成文日期 below the text; either may be empty."""

    organ: str
    date: str


@dataclass(frozen=True)
class Table:
    """A table in print: ``widths`` in characters, ``numeric`` the columns set right, by index."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numeric: frozenset[int] = frozenset()
    caption: str = ""


@dataclass(frozen=True)
class Attachment:
    """附件: a title over paragraphs, tables and charts (SVG), in this order."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """``subtitle`` are lines under the title: the day and session, the speaker.

    ``salutation`` (各位代表) and ``addressee`` exclude each other; both print with a colon.
    """

    title: str
    author: str
    addressee: str
    preface: tuple[Paragraph, ...]
    chapters: tuple[Chapter, ...]
    unprinted: tuple[Piece, ...]
    subtitle: tuple[str, ...] = ()
    salutation: str = ""
    signature: Signature | None = None
    attachments: tuple[Attachment, ...] = ()


def section(heading: str, content: tuple[Paragraph, ...]) -> Section:
    return Section(heading=Paragraph((Piece(heading),)), paragraphs=content)


def numbered(parts: Iterable, ordinal) -> tuple:
    """Ordinals for the parts with text; a part that stands alone takes none."""
    parts = list(parts)
    printed = sum(part.is_printed for part in parts)
    result, number = [], 0
    for part in parts:
        if part.is_printed and printed > 1:
            number += 1
            part = replace(part, number=ordinal(number))
        result.append(part)
    return tuple(result)


def paragraphs(*drafts: list[Piece]) -> tuple[Paragraph, ...]:
    """Paragraphs of these pieces, with their joints in order; a line break starts another."""
    result = []
    for draft in drafts:
        pieces = _joined(draft)
        current = []
        for piece in pieces:
            lines = [line.strip() for line in piece.marked.splitlines() if line.strip()]
            current.append(replace(piece, marked=lines[0] if lines else ""))
            for line in lines[1:]:
                result.append(Paragraph(tuple(current)))
                current = [replace(piece, marked=line)]
        if current:
            result.append(Paragraph(tuple(current)))
    return tuple(result)


def _joined(draft: list[Piece]) -> list[Piece]:
    """Pieces without empty computed ones; a text without a stop before another gets one."""
    pieces = [piece for piece in draft if piece.text or piece.place]
    written = [index for index, piece in enumerate(pieces) if piece.text]
    for index in written:
        piece = pieces[index]
        last = index == written[-1]
        pieces[index] = replace(piece, marked=_stopped(piece, last=last))
    return pieces


def _stopped(piece: Piece, *, last: bool) -> str:
    text = piece.marked
    if not piece.place and not last:
        return text
    if last and text.endswith(("，", "；", "、")):
        return f"{text[:-1]}。"
    if text.endswith(("，", "；", "、", "。", "：", "！", "？", "”", "）", "》")):
        return text
    return f"{text}{'，' if piece.place in LEADING else '。'}"
