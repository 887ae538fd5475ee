"""A report as a Word file: the text of its PDF, in styles that the office can go on writing in."""

import unicodedata
from collections.abc import Iterator

from django.utils.safestring import mark_safe

from congress.charts import on_paper
from congress.title_lines import WIDEST, WIDEST_SUBTITLE, title_lines
from congress.word import content
from congress.word.paper import file_of, fill, official_document
from congress.word.styles import CELL, LINE, TEXT_WIDTH
from congress.word.xml import paragraph, run, tab

from .structure import Attachment, Chapter, Document, Paragraph, Section, Signature

#: What stands before the names of attachments: 附件：, and of several 1. or, of ten, 10.
LABEL, ORDINAL = 3 * CELL, (420, 560)


def docx_file(document: Document, *, proof=None) -> bytes:
    """The same document gives the same bytes; ``proof`` is how a signed version is verified."""
    word = official_document("".join(document.title.splitlines()), document.author)
    body = [*_opening(document), *_text(document)]
    closing = [*_enclosures(document.attachments), *_signature(document.signature)]
    if closing:
        _keep_with_next(body[-1])
    body += closing
    for number, attachment in enumerate(document.attachments, 1):
        mark = f"附件{number}" if len(document.attachments) > 1 else "附件"
        body += _attachment(word, attachment, mark)
    if proof:
        where = [f"查验网址：{proof.address}"] if proof.address else []
        lines = (f"查验码：{proof.code}", *where)
        body.insert(-1, content.proof(word, proof.scanned, lines))
    fill(word, body)
    return file_of(word)


def _opening(document: Document) -> Iterator:
    after = 0 if document.subtitle else None
    yield paragraph("Title", run(_lines(document.title)), after=after)
    for line in document.subtitle:
        yield paragraph("Subtitle", run(_lines(line, WIDEST_SUBTITLE)))
    if addressed := document.addressee or document.salutation:
        yield paragraph("Addressee", run(f"{addressed}："))


def _lines(title: str, widest: float = WIDEST) -> str:
    return "\n".join(title_lines(title, widest))


def _text(document: Document) -> Iterator:
    yield from _paragraphs(document.preface)
    for chapter in document.chapters:
        yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator:
    if chapter.is_printed:
        yield paragraph("Heading1", run(f"{chapter.number}{chapter.heading}"))
    yield from _paragraphs(chapter.paragraphs)
    for section in chapter.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator:
    if section.is_printed and section.number:
        yield paragraph("Heading2", run(f"{section.number}{section.heading.text}"))
    elif section.heading_is_text:
        yield from _paragraphs((section.heading,))
    yield from _paragraphs(section.paragraphs)


def _paragraphs(paragraphs: tuple[Paragraph, ...]) -> Iterator:
    return (paragraph("Normal", run(each.text)) for each in paragraphs if each.text)


def _enclosures(attachments: tuple[Attachment, ...]) -> Iterator:
    """附件：1. … below the text; the names hang (7.3.4)."""
    several = len(attachments) > 1
    hanging = ORDINAL[len(attachments) > 9] if several else 0
    for number, attachment in enumerate(attachments, 1):
        first = number == 1
        words = [run("附件：")] if first else []
        if several:
            words += [run(f"{number}."), tab()]
        yield paragraph(
            "AttachmentList",
            *words,
            run(attachment.title),
            keep_next=True,
            before=LINE if first else None,
            left=2 * CELL + LABEL + hanging,
            hanging=hanging + LABEL * first,
        )


def _signature(signature: Signature | None) -> Iterator:
    """Without seal (7.3.5.2): the date begins two characters after the organ; the longer of the
    two ends two characters before the edge."""
    if signature is None:
        return
    ends = [_width(signature.organ), 2 * CELL + _width(signature.date)]
    left = max(0, TEXT_WIDTH - 2 * CELL - max(ends))
    if signature.organ:
        yield paragraph(
            "Organ", run(signature.organ), keep_next=bool(signature.date), left=left, hanging=0
        )
    if signature.date:
        before = None if signature.organ else LINE
        yield paragraph(
            "Dated", run(signature.date), before=before, left=left + 2 * CELL, hanging=0
        )


def _width(text: str) -> int:
    """Han characters are as wide as a cell of the grid, digits and letters a little over half."""
    return round(
        CELL * sum(1 if unicodedata.east_asian_width(sign) in "AFW" else 0.55 for sign in text)
    )


def _attachment(word, attachment: Attachment, mark: str) -> Iterator:
    """On a page of its own (7.3.7)."""
    yield paragraph("Attachment", run(mark), page_break=True)
    yield paragraph("AttachmentTitle", run(_lines(attachment.title)))
    for text in attachment.paragraphs:
        yield paragraph("Normal", run(text))
    for table in attachment.tables:
        if table.caption:
            yield paragraph("TableCaption", run(table.caption))
        yield content.table(table.headings, table.rows, table.widths, table.numeric)
        yield paragraph("TableEnd")
    for svg in attachment.charts:
        yield content.chart(word, on_paper(mark_safe(svg)))


def _keep_with_next(element) -> None:
    """The signature never stands alone on a page: it takes two lines of the text along."""
    layout = element.get_or_add_pPr()
    layout.get_or_add_keepNext()
    layout.get_or_add_widowControl()
