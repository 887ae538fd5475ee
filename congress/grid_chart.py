"""A table of months as SVG: a cell with a number, a word and a colour for each row and month.

Lies across the page, or stands upright for a phone; the same figures give the same markup. Colours
are the classes ``cell-…`` of app.css, where print has its own greys; each cell carries its word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LABEL_WIDTH, HEAD, FONT = 96, 22, 12
CELL_WIDTH, CELL_HEIGHT = 47, 38
#: Upright: the column of the months, the whole width, and the least width of a column.
MONTH_WIDTH, WIDTH, LEAST_WIDTH = 40, 400, 62


@dataclass(frozen=True)
class GridCell:
    """Two lines of a cell; an empty one is only outlined."""

    number: str = ""
    word: str = ""
    css_class: str = ""


@dataclass(frozen=True)
class GridRow:
    label: str
    cells: Sequence[GridCell]


def grid_chart(
    title: str, heads: Sequence[str], rows: Sequence[GridRow], *, upright: bool = False
) -> SafeString:
    """The drawing; all its figures are in the description too."""
    draw = _upright if upright else _across
    body, width, height = draw(heads, rows)
    return format_html(
        '<svg class="chart grid {}" role="img" viewBox="0 0 {} {}" '
        'xmlns="http://www.w3.org/2000/svg"><title>{}</title><desc>{}</desc>{}</svg>',
        "upright" if upright else "across",
        width,
        height,
        title,
        description(heads, rows),
        body,
    )


def description(heads: Sequence[str], rows: Sequence[GridRow]) -> str:
    told = []
    for row in rows:
        filled = [
            f"{head}{cell.number}{cell.word}"
            for head, cell in zip(heads, row.cells, strict=True)
            if cell.number
        ]
        told.append(f"{row.label}：{'，'.join(filled) or '没有'}")
    return f"{'；'.join(told)}。" if told else "没有数据。"


def _across(heads, rows) -> tuple[SafeString, int, int]:
    width = LABEL_WIDTH + len(heads) * CELL_WIDTH
    parts = [
        _text("chart-middle", LABEL_WIDTH + (place + 0.5) * CELL_WIDTH, HEAD / 2, head)
        for place, head in enumerate(heads)
    ]
    for line, row in enumerate(rows):
        top = HEAD + line * CELL_HEIGHT
        parts.append(_text("chart-label", LABEL_WIDTH - 6, top + CELL_HEIGHT / 2, row.label))
        parts += [
            _cell(cell, LABEL_WIDTH + place * CELL_WIDTH, top, CELL_WIDTH)
            for place, cell in enumerate(row.cells)
        ]
    return _joined(parts), width, HEAD + len(rows) * CELL_HEIGHT


def _upright(heads, rows) -> tuple[SafeString, int, int]:
    column = max((WIDTH - MONTH_WIDTH) / max(len(rows), 1), LEAST_WIDTH)
    parts = []
    for line, row in enumerate(rows):
        left = MONTH_WIDTH + line * column
        parts.append(_text("chart-middle", left + column / 2, HEAD / 2, row.label))
        parts += [
            _cell(cell, left, HEAD + place * CELL_HEIGHT, column)
            for place, cell in enumerate(row.cells)
        ]
    parts += [
        _text("chart-label", MONTH_WIDTH - 6, HEAD + (place + 0.5) * CELL_HEIGHT, head)
        for place, head in enumerate(heads)
    ]
    width = round(MONTH_WIDTH + column * max(len(rows), 1))
    return _joined(parts), width, HEAD + len(heads) * CELL_HEIGHT


def _cell(cell: GridCell, left: float, top: float, width: float) -> SafeString:
    rectangle = format_html(
        '<rect class="cell {}" x="{}" y="{}" width="{}" height="{}"/>',
        f"cell-{cell.css_class or 'plain'}" if cell.number else "cell-empty",
        _short(left + 1),
        _short(top + 1),
        _short(width - 2),
        CELL_HEIGHT - 2,
    )
    if not cell.number:
        return rectangle
    css = f"chart-middle on-{cell.css_class or 'plain'}"
    middle = left + width / 2
    number = _text(f"{css} number", middle, top + CELL_HEIGHT * 0.32, cell.number)
    return rectangle + number + _text(css, middle, top + CELL_HEIGHT * 0.7, cell.word)


def _text(css: str, x: float, y: float, words: str) -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" dy="0.36em">{}</text>', css, _short(x), _short(y), words
    )


def _joined(parts: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
