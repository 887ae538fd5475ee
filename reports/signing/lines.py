"""A document as plain lines, one a paragraph, and the figures that its sentences show."""

from collections.abc import Iterator

from reports.marks import runs
from reports.structure import Attachment, Chapter, Document, Paragraph, Section


def lines_of(document: Document) -> list[str]:
    """What is printed, in its order; a row of a table is a line with tabulators."""
    return [line for line in _lines(document) if line]


def _lines(document: Document) -> Iterator[str]:
    yield document.title
    yield from document.subtitle
    if opening := document.salutation or document.addressee:
        yield f"{opening}："
    yield from _texts(document.preface)
    for chapter in document.chapters:
        yield from _chapter(chapter)
    if document.signature:
        yield document.signature.organ
        yield document.signature.date
    for attachment in document.attachments:
        yield from _attachment(attachment)


def _texts(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    return (paragraph.text for paragraph in paragraphs)


def _chapter(chapter: Chapter) -> Iterator[str]:
    if chapter.is_printed:
        yield f"{chapter.number}{chapter.heading}"
    yield from _texts(chapter.paragraphs)
    for section in chapter.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    if section.is_printed and section.number:
        yield f"{section.number}{section.heading.text}"
    elif section.heading_is_text:
        yield section.heading.text
    yield from _texts(section.paragraphs)


def _attachment(attachment: Attachment) -> Iterator[str]:
    yield attachment.title
    yield from attachment.paragraphs
    for table in attachment.tables:
        yield table.caption
        yield "\t".join(table.headings)
        yield from ("\t".join(row) for row in table.rows)


def figures_in(document: Document) -> list[tuple[str, int]]:
    """Figures of one record that the sentences show: key and that record's key, in their order."""
    parts = [*document.preface]
    for chapter in document.chapters:
        parts += chapter.paragraphs
        for section in chapter.sections:
            parts += [section.heading, *section.paragraphs]
    marked = [run.figure for part in parts for piece in part.pieces for run in runs(piece.marked)]
    found = dict.fromkeys(figure for figure in marked if ":" in figure)
    return [(key, int(of)) for key, of in (figure.split(":", 1) for figure in found)]
