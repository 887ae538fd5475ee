"""The report as sections in order: computed sentences and the texts that people write.

Page and print show the same document; print leaves out what is empty. The outline says which
parts there are, see ``reports.outline``.
"""

from collections.abc import Mapping, Sequence

from reports.chapters import Writer
from reports.figures import ReportFigures
from reports.heads import usual_title
from reports.outline import STANDARD, Part
from reports.structure import Document, Piece


def build_document(
    figures: ReportFigures,
    narratives: Mapping[str, str],
    *,
    in_round_figures: bool = False,
    outline: Sequence[Part] = STANDARD,
) -> Document:
    """The document of these figures and narratives (text by place)."""
    texts = {place: text.strip() for place, text in narratives.items() if text.strip()}
    writer = Writer(figures, texts, outline, in_round_figures=in_round_figures)
    preface, chapters = writer.preface(), writer.chapters()
    return Document(
        title=usual_title(figures.institution.name, figures.scope),
        author=f"{figures.institution.name}人大",
        addressee="",
        preface=preface,
        chapters=chapters,
        unprinted=tuple(
            Piece(text, place) for place, text in texts.items() if place not in writer.used
        ),
    )
