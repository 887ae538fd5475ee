"""The PDF by GB/T 9704, measured."""

import functools
import gc
import sys
import threading
from itertools import pairwise
from types import SimpleNamespace

import pypdfium2
import pytest

from congress import pdf_engine, typesetting
from congress.pdf import PdfUnavailableError, render_pdf
from congress.pdf_engine import Order, render
from tests import printed
from tests.printed import document, paragraph


@pytest.fixture(autouse=True)
def _engine_is_content(caplog):
    """The engine complains by its log: no font subset library, a missing glyph, unknown CSS."""
    yield
    assert [record.getMessage() for record in caplog.get_records("call")] == []


@pytest.fixture(scope="module")
def long_pdf():
    return render_pdf(document(printed.long_body()))


@functools.cache
def pdf_of(body):
    return render_pdf(document(body))


# The grid


def test_full_page_has_22_lines_of_28_characters():
    lines = printed.text_rows(pdf_of(paragraph(44)))

    assert [len(row.text) for row in lines] == [26] + [28] * 43
    assert [row.page for row in lines] == [1] * 22 + [2] * 22


def test_text_fills_the_type_area():
    lines = printed.text_rows(pdf_of(paragraph(44)))

    assert {round(row.left - printed.LEFT, 1) for row in lines[1:]} == {0.0}
    assert [row for row in lines if abs(row.right - printed.RIGHT) * printed.POINT > 0.15] == []
    assert {row.size for row in lines} == {16.0}


def test_22_lines_with_glyphs_of_two_fonts():
    words = "镇人大3月15日接待选民104人次张赟李堃。"
    lines = printed.text_rows(pdf_of(f"<p>{words * 60}</p>"))

    assert sum(row.page == 1 for row in lines) == 22


def test_grid_is_kept_across_headings_and_fonts(long_pdf):
    off_grid = []
    for row in printed.text_rows(long_pdf):
        # Han characters of 16 pt stand centred in their line.
        lines = (row.baseline - printed.TOP - (printed.LINE - row.size) / 2) - 0.88 * row.size
        if abs(lines / printed.LINE - round(lines / printed.LINE)) * printed.LINE > 0.1:
            off_grid.append((row.page, row.text))

    assert off_grid == []


def test_page_is_a4(long_pdf):
    boxes = {
        tuple(round(float(side)) for side in page.mediabox)
        for page in printed.reader(long_pdf).pages
    }

    assert boxes == {(0, 0, 595, 842)}


# Lines


def test_full_lines_end_flush(long_pdf):
    lines = printed.full_rows(long_pdf)
    short = [row.text for row in lines if (printed.RIGHT - row.right) * printed.POINT > 1]
    long = [row.text for row in lines if (row.right - printed.RIGHT) * printed.POINT > 0.25]

    assert len(lines) > 150
    assert len(short) <= len(lines) / 100
    assert long == []


def test_characters_with_a_variation_selector_end_flush():
    words = "葛\U000e0100城镇人大，李\U000e0101代表接待选民104人次。"
    lines = printed.full_rows(pdf_of(f"<p>{words * 12}</p>"))

    assert [row.text for row in lines if abs(row.right - printed.RIGHT) * printed.POINT > 0.5] == []


def test_numbers_are_not_spaced_out(long_pdf):
    gaps = [
        after["x0"] - before["x1"]
        for row in printed.full_rows(long_pdf)
        for before, after in pairwise(row.characters)
        if before["text"].isdecimal() and after["text"].isdecimal()
    ]

    assert max(gaps) < 0.5


def test_marks_stand_where_they_may(long_pdf):
    lines = printed.text_rows(long_pdf)

    assert [row.text for row in lines if row.text[0] in printed.CLOSING] == []
    assert [row.text for row in lines if row.text[-1] in printed.OPENING] == []


def test_two_cell_marks_are_not_split(long_pdf):
    texts = [row.text for row in printed.text_rows(long_pdf)]

    for mark in "—…":
        assert sum(text.count(mark) for text in texts) == 2 * sum(
            text.count(mark * 2) for text in texts
        )


def test_number_and_unit_stay_together(long_pdf):
    broken = [
        (row.text[-3:], following.text[:3])
        for row, following in pairwise(printed.text_rows(long_pdf))
        if row.text[-1].isdecimal() or row.text.endswith("余")
    ]

    assert broken == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("33条", "33|条"),
        ("20余名", "20|余|名"),
        ("104人次。", "104|人|次。"),
        ("3万元", "3|万|元"),
        ("2020年9月3日", "2020|年9|月3|日"),
        ("1—2次", "1|—|2|次"),
        ("阿卜杜拉·买买提", "阿卜杜拉|·买买提"),
        ("道路、“村村通”工程", "道路、_“村村通”_工程"),
        ("（“村村通”）。“满意”", "（“村村通”）。_“满意”"),
        ("A4 纸，70%。", "A4 纸，70%。"),
        ("", ""),
    ],
)
def test_joined(text, expected):
    joined = typesetting.joined(text)

    assert joined.replace("\u2060", "|").replace("\u200b", "_") == expected


def test_joiners_are_not_in_the_text(long_pdf):
    text = "".join(page.extract_text() for page in printed.reader(long_pdf).pages)

    assert not {"\u2060", "\u200b"} & set(text)
    assert "104人次" in text


def test_long_address_breaks():
    address = "https://www.example.gov.cn/" + "abcdefghij" * 12
    lines = printed.text_rows(pdf_of(f"<p>公开网址是{address}，请查阅。</p>"))

    assert "".join(row.text for row in lines) == f"公开网址是{address}，请查阅。"
    assert max(row.right for row in lines) < printed.RIGHT + 1


# Pages


def test_page_numbers_stand_outside(long_pdf):
    numbers = [row for row in printed.rows(long_pdf) if row.is_page_number]

    assert [row.text for row in numbers] == [f"— {n} —" for n in range(1, len(numbers) + 1)]
    assert {row.size for row in numbers} == {14.0}
    assert {round(row.right - printed.RIGHT + 14) for row in numbers[0::2]} == {0}
    assert {round(row.left - printed.LEFT - 14) for row in numbers[1::2]} == {0}
    assert len(numbers) > 8


def test_dash_of_the_page_number_is_7_mm_below_the_text(long_pdf):
    scale = 8
    image = pypdfium2.PdfDocument(long_pdf)[0].render(scale=scale).to_pil().convert("L")
    # The column of the first dash, from the foot of the type area down.
    x = round((printed.RIGHT - 14 - 7) * scale)
    top = round(printed.BOTTOM * scale)
    dark = [y for y in range(top, image.height) if image.getpixel((x, y)) < 128]

    assert (dark[0] - top) / scale * printed.POINT == pytest.approx(7, abs=0.15)


@pytest.mark.parametrize("lines", range(17, 23))
def test_heading_never_stands_at_the_foot(lines):
    body = f"{paragraph(lines)}<h2>一、接待选民</h2><h3>（一）概况</h3>{paragraph(3)}"
    rows = printed.text_rows(pdf_of(body))
    last_on_page = [row.text for row, following in pairwise(rows) if row.page < following.page]

    assert not [text for text in last_on_page if text.startswith(("一、", "（一）"))]


@pytest.mark.parametrize("lines", range(18, 24))
def test_signature_never_stands_alone(lines):
    signature = "<div class=signature><p class=organ>主席团</p><p class=date>2020年9月3日</p></div>"
    rows = printed.text_rows(pdf_of(paragraph(lines) + signature))
    texts = [row.text for row in rows if row.page == rows[-1].page]

    assert texts[-2:] == ["主席团", "2020年9月3日"]
    assert len(texts) >= 4


@pytest.mark.parametrize(
    ("organ", "organ_indent", "date_indent"),
    [("XX镇人民代表大会主席团", 2, None), ("主席团", None, 2)],
)
def test_signature_without_seal(organ, organ_indent, date_indent):
    body = f"<div class=signature><p class=organ>{organ}</p><p class=date>2020年9月3日</p></div>"
    above, below = printed.text_rows(pdf_of(f"<p>特此汇报。</p>{body}"))[-2:]

    assert round(below.left - above.left) == 32
    for row, indent in ((above, organ_indent), (below, date_indent)):
        if indent:
            assert round((printed.RIGHT - row.right) / 15.79) == indent


def test_table_breaks_between_rows_and_repeats_its_head():
    rows = "".join(
        f"<tr><td>第{n}项</td><td>接待选民的意见建议和答复说明</td><td class=number>{n}</td></tr>"
        for n in range(60)
    )
    table = (
        "<table class=figures><colgroup><col><col><col></colgroup><thead><tr><th>序号</th>"
        f"<th>2020年事项</th><th class=number>件数</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    lines = printed.text_rows(pdf_of(table))
    pages = max(row.page for row in lines)

    assert pages > 2
    assert [row.page for row in lines if row.text.startswith("序号")] == [*range(1, pages + 1)]
    assert max(row.baseline for row in lines) < printed.BOTTOM


def test_short_document_has_one_page():
    assert [row.text for row in printed.rows(pdf_of("<p>无。</p>"))] == ["无。", "— 1 —"]


def test_empty_document_has_one_page():
    assert [row.text for row in printed.rows(pdf_of(""))] == ["— 1 —"]


# Fonts


def test_faces_of_the_levels(long_pdf):
    lines = printed.text_rows(long_pdf)

    def fonts(beginning):
        return next(row for row in lines if row.text.startswith(beginning)).fonts

    assert fonts("XX镇人大") == {"Noto-Serif-CJK-SC-Bold"}
    assert fonts("——2020年") == {"FandolKai", "Noto-Serif-CJK-SC"}
    assert fonts("一、2020年") == {"Noto-Sans-CJK-SC", "Noto-Serif-CJK-SC"}
    assert fonts("（一）") == {"FandolKai"}
    assert fonts("今年以来") == {"FandolFang", "Noto-Serif-CJK-SC"}


def test_digits_and_letters_have_one_face(long_pdf):
    faces = {
        character["fontname"].split("+")[1].removesuffix("-Bold")
        for row in printed.rows(long_pdf)
        for character in row.characters
        if character["text"].isascii() and not character["text"].isspace()
    }

    assert faces == {"Noto-Serif-CJK-SC"}


def test_dashes_in_all_headings_are_two_cells_wide():
    body = "<h1 class=title>阿·买——甲</h1><h2>一、阿·买——甲</h2><h3>（一）阿·买——甲</h3>"
    widths = [
        round(sum(c["width"] for c in row.characters if c["text"] in "·—") / row.size, 2)
        for row in printed.text_rows(pdf_of(body))
    ]

    assert widths == [3.0, 3.0, 3.0]


def test_rare_characters_come_from_the_fallback(long_pdf):
    faces = {
        character["text"]: character["fontname"].split("+")[1]
        for row in printed.rows(long_pdf)
        for character in row.characters
        if character["text"] in "赟堃喆㛃昇䶮𬱖"
    }

    assert faces == dict.fromkeys("赟堃喆㛃昇䶮𬱖", "Noto-Serif-CJK-SC")


def test_quotes_are_chinese(long_pdf):
    faces = {
        (character["fontname"].split("+")[1], round(character["width"] / character["size"], 1))
        for row in printed.full_rows(long_pdf)
        for character in row.characters
        if character["text"] in "“”"
    }

    assert faces == {("FandolFang", 1.0)}


def test_all_fonts_are_embedded_and_all_glyphs_exist(long_pdf):
    fonts = printed.embedded_fonts(long_pdf)
    shown = printed.shown_glyphs(long_pdf)
    missing = [
        (name, glyph)
        for name, glyph in shown
        if glyph == 0 or glyph >= fonts[name]["maxp"].numGlyphs
    ]

    assert {name for name, _ in shown} == set(fonts)
    assert sum(shown.values()) > 3000
    assert missing == []


def test_character_without_a_glyph_is_logged(caplog):
    render_pdf(document("<p>私用\U0010f123字</p>"))

    assert [record.getMessage() for record in caplog.records] == [
        '.notdef glyph rendered for Unicode string unsupported by fonts: "\U0010f123" (U+10F123)'
    ]
    caplog.clear()


# The file


def test_headings_are_bookmarks():
    body = (
        "<h1 class=title>2020年<br>汇报</h1><h2>一、1次活动</h2><h3>（一）20余名代表</h3>"
        "<p>略。</p><h3>（二）述职</h3><p>略。</p><h2>二、问题</h2><p>略。</p>"
    )

    def titles(items):
        return [titles(item) if isinstance(item, list) else item.title for item in items]

    assert titles(printed.reader(pdf_of(body)).outline) == [
        "2020年汇报",
        ["一、1次活动", ["（一）20余名代表", "（二）述职"], "二、问题"],
    ]


def test_title_author_and_language(long_pdf):
    reader = printed.reader(long_pdf)

    assert (reader.metadata.title, reader.metadata.author, reader.root_object["/Lang"]) == (
        "XX镇人大工作情况汇报",
        "XX镇人民代表大会",
        "zh-CN",
    )


def test_same_document_gives_same_bytes(long_pdf):
    assert render(Order(((document(printed.long_body()),),))) == long_pdf


def test_renders_from_two_threads_at_once():
    html = document(paragraph(30))
    found = []
    threads = [threading.Thread(target=lambda: found.append(render_pdf(html))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [pdf_of(paragraph(30))] * 3
    assert gc.isenabled()


def test_collector_is_on_again_after_a_failure(monkeypatch):
    def fail(root):
        raise ValueError("broken")

    monkeypatch.setattr(typesetting, "prepare", fail)
    with pytest.raises(ValueError, match="broken"):
        render(Order(((document(""),),)))

    assert gc.isenabled()


def test_missing_engine_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr(pdf_engine, "_engine", pdf_engine._engine.__wrapped__)

    with pytest.raises(PdfUnavailableError, match="缺少生成PDF的系统组件"):
        render(Order(((document(""),),)))


def test_other_engine_version_is_told():
    with pytest.raises(RuntimeError, match=r"现装的是 71\.0"):
        typesetting.install(SimpleNamespace(__version__="71.0"))
