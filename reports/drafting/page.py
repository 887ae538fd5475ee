"""A report section by section: what the records say, what people write, what stood there before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reports.drafting.earlier import Earlier, earlier
from reports.drafting.suggestions import suggested
from reports.figures import report_figures
from reports.models import AnnualReport, Narrative
from reports.places import SERIES, base_of, help_for, running_number
from reports.rendering import document_of
from reports.structure import Chapter, Document, Paragraph, Section

#: An ordinal that stands before a text, 一是: of no interest by itself.
_ORDINAL = re.compile(r"^[一二三四五六七八九十]+是$")


@dataclass(frozen=True)
class Place:
    """``earlier`` is what stood here a year before, ``suggestion`` what the records give."""

    name: str
    narrative: Narrative
    earlier: str = ""
    suggestion: str = ""

    @property
    def help(self) -> str:
        return help_for(self.name)


@dataclass(frozen=True)
class Passage:
    """A chapter's opening or a section: its heading, what is computed, where to write."""

    key: str
    heading: str
    told: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    is_chapter: bool = False
    is_printed: bool = True


@dataclass(frozen=True)
class Draft:
    """``unprinted`` are texts that the report does not print, by their places."""

    document: Document
    earlier: Earlier
    passages: tuple[Passage, ...]
    unprinted: tuple[Place, ...]

    def place(self, name: str) -> Place | None:
        places = [place for passage in self.passages for place in passage.places]
        return next((place for place in (*places, *self.unprinted) if place.name == name), None)


def draft_of(report: AnnualReport) -> Draft:
    document = document_of(report)
    maker = _Maker(report)
    passages = tuple(maker.passages(document))
    return Draft(
        document=document,
        earlier=maker.earlier,
        passages=passages,
        unprinted=tuple(maker.place(piece.place) for piece in document.unprinted),
    )


@dataclass
class _Maker:
    report: AnnualReport
    standing: dict[str, Narrative] = field(init=False)

    def __post_init__(self):
        narratives = self.report.narratives.select_related("edited_by", "report")
        self.standing = {each.place: each for each in narratives}
        self.earlier = earlier(self.report)
        self.figures = report_figures(self.report.scope)
        self.offered = [each.text for each in self.standing.values()]

    def passages(self, document: Document) -> Iterator[Passage]:
        opening = self._places(document.preface)
        if opening:
            yield Passage("preface", "前言", places=opening, is_chapter=True)
        for chapter in document.chapters:
            yield self._chapter(chapter)
            for section in chapter.sections:
                yield self._section(section)

    def _chapter(self, chapter: Chapter) -> Passage:
        return Passage(
            key=chapter.key,
            heading=f"{chapter.number}{chapter.heading}",
            told=tuple(_told(chapter.paragraphs)),
            places=self._places(chapter.paragraphs),
            is_chapter=True,
            is_printed=chapter.is_printed,
        )

    def _section(self, section: Section) -> Passage:
        heading = section.heading.text or "议案、建议的准备"
        content = section.paragraphs
        if section.heading_is_text:
            content = (section.heading, *content)
        return Passage(
            key=section.key,
            heading=f"{section.number}{heading}",
            told=tuple(_told(content)),
            places=self._places(content),
            is_printed=section.is_printed,
        )

    def _places(self, paragraphs: Sequence[Paragraph]) -> tuple[Place, ...]:
        """In their order, a series as far as it went a year before."""
        pieces = [piece for paragraph in paragraphs for piece in paragraph.pieces]
        names = list(dict.fromkeys(piece.place for piece in pieces if piece.place))
        return tuple(self.place(name) for name in self._with_earlier(names))

    def _with_earlier(self, names: list[str]) -> Iterator[str]:
        """The places of a series stand together already; those of a year before come between."""
        for base, members in groupby(names, key=base_of):
            if base not in SERIES:
                yield from members
                continue
            before = [name for name in self.earlier.texts if base_of(name) == base]
            yield from sorted({*members, *before}, key=running_number)

    def place(self, name: str) -> Place:
        narrative = self.standing.get(name)
        narrative = narrative or Narrative(report=self.report, place=name, version=0)
        suggestion = "" if narrative.text else suggested(self.figures, name, self.offered)
        if suggestion:
            self.offered.append(suggestion)
        return Place(name, narrative, self.earlier.text(name), suggestion)


def _told(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """What is computed, a paragraph at a time."""
    for paragraph in paragraphs:
        computed = [piece.text for piece in paragraph.pieces if not piece.place]
        text = "".join(each for each in computed if not _ORDINAL.match(each))
        if text:
            yield text
