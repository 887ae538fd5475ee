"""Tables and pictures of a Word file by GB/T 9704."""

import io
from collections.abc import Sequence
from itertools import pairwise
from xml.etree import ElementTree

import resvg_py
import segno
from docx.document import Document
from docx.shared import Emu, Pt

from .styles import LINE, TEXT_WIDTH
from .xml import paragraph, run, w

POINT = 20
#: 260 dots an inch.
DOTS_PER_POINT = 3.6
#: A page but for the line of a heading above.
TALLEST = 20 * LINE
#: Below the text, at the height of the page number; and how wide the proof is there.
FOOT, CODE_WIDTH, WORDS_WIDTH = 15095, 1160, 4840
SVG = "{http://www.w3.org/2000/svg}"


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    numeric: frozenset[int] = frozenset(),
):
    """Rules only; its head again on each page, no row split; ``widths`` share out the line.

    ``numeric`` are the columns set right, by index.
    """
    widths = _shared_out(widths)
    head = w(
        "tr",
        w("trPr", w("cantSplit"), w("tblHeader")),
        *(
            _cell("TableHead", text, width, column in numeric, top_rule=True)
            for column, (text, width) in enumerate(zip(headings, widths, strict=True))
        ),
    )
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblW", w=sum(widths), type="dxa"),
            w("tblInd", w=0, type="dxa"),
            w("tblBorders", _rule("bottom", 4), _rule("insideH", 4)),
            w("tblLayout", type="fixed"),
            _cell_margins(104, 80),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        head,
        *(_row(row, widths, numeric) for row in rows),
    )


def _row(row, widths, numeric):
    return w(
        "tr",
        w("trPr", w("cantSplit")),
        *(
            _cell("TableText", text, width, column in numeric)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ),
    )


def _cell(style, text, width, is_numeric, *, top_rule=False):
    return w(
        "tc",
        _cell_properties(width, w("tcBorders", _rule("top", 8)) if top_rule else None),
        paragraph(style, run(text), align="right" if is_numeric else ""),
    )


def _rule(side: str, eighths: int):
    return w(side, val="single", sz=eighths, space=0, color="000000")


def _shared_out(widths: Sequence[int]) -> list[int]:
    """The whole line in these shares, to the last twentieth of a point."""
    total, ends = sum(widths), [0]
    for width in widths:
        ends.append(ends[-1] + width)
    ends = [round(TEXT_WIDTH * end / total) for end in ends]
    return [end - start for start, end in pairwise(ends)]


def chart(document: Document, svg: str):
    """The paragraph of a drawing, as wide as the text unless it would be higher than a page; its
    title and description are read out."""
    drawing = ElementTree.fromstring(svg)
    *_, across, down = map(float, drawing.get("viewBox").split())
    width = min(TEXT_WIDTH, TALLEST * across / down) / POINT
    # The library looks for other faces where this one has no sign, as the PDF engine does.
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=round(width * DOTS_PER_POINT),
        background="white",
        font_family="Noto Serif CJK SC",
    )
    words = "。".join(filter(None, (drawing.findtext(f"{SVG}{tag}") for tag in ("title", "desc"))))
    return paragraph("Picture", _picture(document, bytes(png), Pt(width), words))


def proof(document: Document, scanned: str, lines: Sequence[str]):
    """What a telephone scans, with words beside it, in the margin below the text of the page on
    which the next paragraph begins, clear of the page number on either side."""
    png = io.BytesIO()
    segno.make(scanned, error="m", micro=False).save(png, kind="png", scale=8)
    code = paragraph("Proof", _picture(document, png.getvalue(), Pt(45), f"二维码：{scanned}"))
    place = {"vertAnchor": "page", "horzAnchor": "margin", "tblpXSpec": "center", "tblpY": FOOT}
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblpPr", **place),
            w("tblW", w=CODE_WIDTH + WORDS_WIDTH, type="dxa"),
            w("tblLayout", type="fixed"),
            _cell_margins(0, 0),
        ),
        w("tblGrid", w("gridCol", w=CODE_WIDTH), w("gridCol", w=WORDS_WIDTH)),
        w(
            "tr",
            w("tc", _cell_properties(CODE_WIDTH), code),
            w(
                "tc",
                _cell_properties(WORDS_WIDTH, w("vAlign", val="center")),
                *(paragraph("Proof", run(line)) for line in lines),
            ),
        ),
    )


def _picture(document: Document, png: bytes, width: Emu, words: str):
    drawing = document.part.new_pic_inline(io.BytesIO(png), width)
    drawing.docPr.set("descr", words)
    for side in "TBLR":
        drawing.set(f"dist{side}", "0")
    return w("r", w("drawing", drawing))


def _cell_margins(height: int, width: int):
    """Inside the cells, in twentieths of a point; the bottom has room for the rule."""
    sides = {"top": height, "left": width, "bottom": height + 1, "right": width}
    return w("tblCellMar", *(w(side, w=room, type="dxa") for side, room in sides.items()))


def _cell_properties(width: int, *others):
    return w("tcPr", w("tcW", w=width, type="dxa"), *others)
