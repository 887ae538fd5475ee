"""What was measured on one page holds for a report of 2, of 8 and of 60 pages."""

from itertools import pairwise

import pytest

from congress.pdf import render_pdf
from tests import printed

PARAGRAPH = "".join(printed.SENTENCES)
ENDING = (
    "<div class=signature><p class=organ>XX镇人大主席团</p><p class=date>2020年9月3日</p></div>"
)


def table(rows):
    cells = "".join(
        f"<tr><td>第{n}项<td>意见建议<td>已答复<td class=number>{n}" for n in range(1, rows + 1)
    )
    return (
        "<table class=figures><colgroup><col><col><col><col></colgroup><thead><tr><th>序号</th>"
        "<th>事项</th><th>办理</th><th class=number>件数</th></tr></thead>"
        f"<tbody>{cells}</tbody></table>"
    )


def body(paragraphs, rows):
    parts = ["<h1 class=title>XX镇人大工作情况汇报</h1>"]
    for number in range(paragraphs):
        if number % 5 == 0:
            parts.append(f"<h2>一、第{number}部分</h2><h3>（一）接待选民</h3>")
        # A different beginning each time, so that lines break at different places.
        parts.append(f"<p>{'今年以来镇人大'[: number % 8]}{PARAGRAPH}</p>")
    return "".join(parts) + (table(rows) if rows else "") + f"<p>特此汇报。</p>{ENDING}"


# Pages, paragraphs, rows of a table.
@pytest.fixture(scope="module", params=[(2, 2, 0), (8, 10, 20), (60, 61, 400)], ids=lambda p: p[0])
def report(request):
    pages, paragraphs, rows = request.param
    data = render_pdf(printed.document(body(paragraphs, rows)))
    return pages, data, printed.rows(data)


def test_lines_fill_the_grid(report):
    pages, _, rows = report
    text = [row for row in rows if not row.is_page_number and row.size == 16]
    off_grid = [
        row.text
        for row in text
        if abs(
            (lines := (row.baseline - printed.TOP - 6.475 - 0.88 * 16) / printed.LINE)
            - round(lines)
        )
        * printed.LINE
        > 0.1
    ]
    full = [
        row
        for row, following in pairwise(text)
        if abs(following.left - printed.LEFT) < 1 and row.left < printed.LEFT + 33
    ]
    short = [row for row in full if (printed.RIGHT - row.right) * printed.POINT > 1]
    long = [row for row in full if (row.right - printed.RIGHT) * printed.POINT > 0.25]
    per_page = [sum(row.page == page for row in text) for page in range(2, pages)]

    assert max(row.page for row in rows) == pages
    assert off_grid == []
    assert long == []
    assert len(short) <= len(full) / 100
    assert max(per_page, default=22) == 22
    assert 27 <= max(len(row.text) for row in full) <= 34


def test_page_numbers_stand_outside(report):
    pages, _, rows = report
    numbers = [row for row in rows if row.is_page_number]

    assert [row.text for row in numbers] == [f"— {n} —" for n in range(1, pages + 1)]
    assert {round(row.right - printed.RIGHT + 14) for row in numbers[0::2]} == {0}
    assert {round(row.left - printed.LEFT - 14) for row in numbers[1::2]} == {0}


def test_text_keeps_to_the_type_area(report):
    _, _, rows = report
    text = [row for row in rows if not row.is_page_number]

    assert min(row.left for row in text) > printed.LEFT - 1
    assert max(row.right for row in text) < printed.RIGHT + 1
    assert min(row.baseline for row in text) > printed.TOP
    assert max(row.baseline for row in text) < printed.BOTTOM


def test_every_glyph_is_there_and_embedded(report):
    pages, data, _ = report
    fonts = printed.embedded_fonts(data)

    assert [shown for shown in printed.shown_glyphs(data) if shown[1] == 0] == []
    assert len(fonts) >= 4
    assert len(data) < max(pages, 20) * 50_000


def test_last_page_holds_text_and_signature(report):
    pages, _, rows = report
    last = [row.text for row in rows if row.page == pages and not row.is_page_number]

    assert last[-3:] == ["特此汇报。", "XX镇人大主席团", "2020年9月3日"]
