"""Bar charts as SVG markup, made on the server: no script, no style, no library.

``bar_chart`` is all there is to call. Colours are the classes ``chart-1`` … ``chart-4`` of app.css,
where print has its own greys; every bar carries its number, and the description tells them all to
those who cannot see the picture. The same figures give the same markup, to the letter.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

MOST_SERIES = 4

#: Units of the drawing; with these a chart is legible on a phone as it is.
WIDTH, FONT, GAP = 400, 12, 6
LYING_STEP, LYING_BAR, THIN_BAR = 24, 16, 13
UPRIGHT_HEIGHT, UPRIGHT_BAR = 150, 32
LONGEST_LABEL = 11 * FONT

#: The greys of print, for the PDF engine.
_ON_PAPER = (
    'svg { font: 12px SimHei, "Noto Sans CJK SC"; }'
    " .chart-label { text-anchor: end; }"
    " .chart-middle { text-anchor: middle; }"
    " rect { stroke: #000; stroke-width: 0.5; } .chart-axis { stroke: #000; stroke-width: 1; }"
    " .chart-1 { fill: #444; } .chart-2 { fill: #fff; } .chart-3 { fill: #767676; }"
    " .chart-4 { fill: #ccc; } text.chart-on-1, text.chart-on-3 { fill: #fff; }"
)


@dataclass(frozen=True)
class Series:
    """What is counted, and its number for each label of the chart."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class _Bar:
    """A rectangle, or a part of a stacked one, with its number at a point."""

    colour: int
    x: float
    y: float
    width: float
    height: float


def bar_chart(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    upright: bool = False,
    apart: bool = False,
) -> SafeString:
    """A bar for each label; several series are stacked, with their sum at the end of the bar.

    Upright bars suit a course of time; too many for the width, they lie down all the same. Series
    that must not be added up stand apart: a thin bar each, with its number.
    """
    if not 1 <= len(series) <= MOST_SERIES:
        raise ValueError(f"a chart shows one to {MOST_SERIES} series, not {len(series)}")
    if any(len(each.values) != len(labels) for each in series):
        raise ValueError("every series has one value for each label")
    if any(value < 0 for each in series for value in each.values):
        raise ValueError("bars show counts, which are never negative")
    labels = [str(label) for label in labels]
    head = _legend(series) if len(series) > 1 else SafeString("")
    top = LYING_STEP if head else 0
    draw = _upright if upright and _fit_upright(labels) else _lying
    if apart:
        draw = _apart
    body, height = draw(labels, series, top)
    return format_html(
        '<svg class="chart" role="img" viewBox="0 0 {} {}" xmlns="http://www.w3.org/2000/svg">'
        "<title>{}</title><desc>{}</desc>{}{}</svg>",
        WIDTH,
        height,
        title,
        description(labels, series, unit),
        head,
        body,
    )


def on_paper(chart: SafeString) -> SafeString:
    """The drawing for a PDF, whose engine gives it none of the page's styles."""
    head, title, rest = chart.partition("<title>")
    return format_html("{}<style>{}</style>{}{}", *map(mark_safe, (head, _ON_PAPER, title, rest)))


def description(labels: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """All figures of the chart in words."""
    if len(series) == 1:
        told = [
            f"{label}：{value}{unit}" for label, value in zip(labels, series[0].values, strict=True)
        ]
    else:
        told = [
            f"{label}：{'，'.join(f'{each.name}{each.values[place]}{unit}' for each in series)}"
            for place, label in enumerate(labels)
        ]
    return f"{'；'.join(told)}。" if told else "没有数据。"


def _text_width(text: str) -> float:
    """Han characters and their marks are as wide as high, others about three fifths of it."""
    return FONT * sum(
        1 if unicodedata.east_asian_width(character) in "AFW" else 0.6 for character in text
    )


def _shortened(text: str, room: float) -> str:
    if _text_width(text) <= room:
        return text
    while text and _text_width(text) + FONT > room:
        text = text[:-1]
    return f"{text}…"


def _totals(series: Sequence[Series]) -> list[int]:
    return [sum(values) for values in zip(*(each.values for each in series), strict=True)]


def _fit_upright(labels: Sequence[str]) -> bool:
    widest = max(map(_text_width, labels), default=0)
    return len(labels) * (widest + GAP) <= WIDTH


def _lying(labels: Sequence[str], series: Sequence[Series], top: int) -> tuple[SafeString, int]:
    totals = _totals(series)
    left, scale = _left_and_scale(labels, totals)
    rows = []
    for place, (label, total) in enumerate(zip(labels, totals, strict=True)):
        y = top + place * LYING_STEP + (LYING_STEP - LYING_BAR) / 2
        baseline = y + LYING_BAR / 2
        rows.append(_text("chart-label", left - GAP, baseline, _shortened(label, LONGEST_LABEL)))
        x = left
        for colour, each in enumerate(series, 1):
            length = each.values[place] * scale
            bar = _Bar(colour, x, y, length, LYING_BAR)
            rows.append(_part(bar, each.values[place], is_stacked=len(series) > 1))
            x += length
        rows.append(_text("chart-total", x + GAP / 2, baseline, str(total)))
    height = top + len(labels) * LYING_STEP
    return _joined([*rows, _axis(left, top, left, height)]), height


def _left_and_scale(labels: Sequence[str], numbers: Sequence[int]) -> tuple[float, float]:
    """Where lying bars begin, and how long one is for each item counted."""
    left = min(max(map(_text_width, labels), default=0), LONGEST_LABEL) + GAP
    right = max((_text_width(str(number)) for number in numbers), default=0) + GAP
    return left, (WIDTH - left - right) / (max(numbers, default=0) or 1)


def _apart(labels: Sequence[str], series: Sequence[Series], top: int) -> tuple[SafeString, int]:
    left, scale = _left_and_scale(labels, [value for each in series for value in each.values])
    step = len(series) * THIN_BAR + GAP
    rows = []
    for place, label in enumerate(labels):
        y = top + place * step + GAP / 2
        middle = y + len(series) * THIN_BAR / 2
        rows.append(_text("chart-label", left - GAP, middle, _shortened(label, LONGEST_LABEL)))
        for colour, each in enumerate(series, 1):
            value = each.values[place]
            bar = _Bar(colour, left, y, value * scale, THIN_BAR)
            rows.append(_part(bar, value, is_stacked=False))
            end = left + bar.width + GAP / 2
            rows.append(_text("chart-total", end, y + THIN_BAR / 2, str(value)))
            y += THIN_BAR
    height = top + len(labels) * step
    return _joined([*rows, _axis(left, top, left, height)]), height


def _upright(labels: Sequence[str], series: Sequence[Series], top: int) -> tuple[SafeString, int]:
    totals = _totals(series)
    step = WIDTH / max(len(labels), 1)
    width = min(step * 0.7, UPRIGHT_BAR)
    ceiling, ground = top + LYING_STEP, top + UPRIGHT_HEIGHT
    scale = (ground - ceiling) / (max(totals, default=0) or 1)
    columns = []
    for place, (label, total) in enumerate(zip(labels, totals, strict=True)):
        middle = (place + 0.5) * step
        y = float(ground)
        for colour, each in enumerate(series, 1):
            height = each.values[place] * scale
            y -= height
            bar = _Bar(colour, middle - width / 2, y, width, height)
            columns.append(_part(bar, each.values[place], is_stacked=len(series) > 1))
        columns.append(_text("chart-middle", middle, y - FONT * 0.75, str(total)))
        columns.append(_text("chart-middle", middle, ground + FONT, label))
    return _joined([*columns, _axis(0, ground, WIDTH, ground)]), ground + LYING_STEP


def _part(bar: _Bar, value: int, *, is_stacked: bool) -> SafeString:
    """The rectangle; in a stacked bar its own number, where there is room for it."""
    if not value:
        return SafeString("")
    rectangle = format_html(
        '<rect class="chart-{}" x="{}" y="{}" width="{}" height="{}"/>',
        bar.colour,
        _short(bar.x),
        _short(bar.y),
        _short(bar.width),
        _short(bar.height),
    )
    if not is_stacked or bar.width < _text_width(str(value)) or bar.height < FONT:
        return rectangle
    number = _text(
        f"chart-middle chart-on-{bar.colour}",
        bar.x + bar.width / 2,
        bar.y + bar.height / 2,
        str(value),
    )
    return rectangle + number


def _legend(series: Sequence[Series]) -> SafeString:
    x, entries = 0.0, []
    for colour, each in enumerate(series, 1):
        bar = _Bar(colour, x, GAP, FONT, FONT)
        entries.append(_part(bar, 1, is_stacked=False))
        entries.append(_text("chart-total", x + FONT + GAP / 2, GAP + FONT / 2, each.name))
        x += FONT + _text_width(each.name) + 3 * GAP
    return _joined(entries)


def _text(css: str, x: float, y: float, words: str) -> SafeString:
    """Text around the height ``y``; its class says to which side of ``x`` it stands."""
    return format_html(
        '<text class="{}" x="{}" y="{}" dy="0.36em">{}</text>', css, _short(x), _short(y), words
    )


def _axis(*ends: float) -> SafeString:
    return format_html(
        '<line class="chart-axis" x1="{}" y1="{}" x2="{}" y2="{}"/>', *map(_short, ends)
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
