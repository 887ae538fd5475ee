"""A document as the report templates make it, and what a PDF of it measures."""

import io
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pdfplumber
import pypdf
from django.template import engines
from fontTools.ttLib import TTFont
from pypdf.generic import ContentStream

POINT = 25.4 / 72
LEFT, RIGHT = 28 / POINT, 184 / POINT
TOP, BOTTOM = 37 / POINT, 262 / POINT
LINE = 28.95
CLOSING = "，。、；：？！”’）》〕】…·～%"
OPENING = "“‘（《〔【"

PAGE = engines["django"].from_string(
    '{% extends "base_print.html" %}{% block title %}{{ title }}{% endblock %}'
    "{% block author %}{{ author }}{% endblock %}{% block content %}{{ body|safe }}{% endblock %}"
)

SENTENCES = (
    "今年以来，各代表小组有23名代表先后参与接待了选民，共接待选民104人次，搜集意见建议33条，"
    "涉及到快速通道建设、“村村通”道路、民生工程、旅游开发、征地拆迁等各个方面。",
    "镇人大认真贯彻落实县人大常委会《关于加强县、乡人大代表小组活动的意见》等3个规范性文件精神，"
    "及时研究制定了《关于加强人大代表小组活动的意见》《关于镇十五届人大代表小组划分工作的意见》"
    "和《关于2020年度代表小组活动计划安排》等文件。",
    "代表张赟、李堃、王喆、赵㛃、陈昇、周䶮、𬱖某和阿卜杜拉·买买提参加了2020年7月15日的视察——"
    "主题是“建设中国最美乡村，打造旅游经济强镇”……满意率95.5%（20余名代表，1～2次）。",
    "通过学习培训、讨论交流，使代表们进一步明确代表的权利和义务，达到了提升素质和履职能力的目的。",
    "截至2020年8月31日，已答复<span class=nowrap>31条</span>，办结<span class=nowrap>12条</span>，"
    "“满意”<span class=nowrap>10票</span>、“基本满意”<span class=nowrap>2票</span>；A4纸公开。",
)


def document(body, title="XX镇人大工作情况汇报", author="XX镇人民代表大会"):
    return PAGE.render({"title": title, "author": author, "body": body})


def long_body():
    """Return about a dozen pages with everything a report has but tables."""
    parts = [
        "<h1 class=title>XX镇人大工作情况汇报</h1>",
        "<p class=subtitle>——2020年9月3日在XX镇第十五届人民代表大会第四次会议上</p>",
        "<p class=addressee>各位代表：</p>",
    ]
    number = 0
    for first in "一二三四":
        parts.append(f"<h2>{first}、2020年代表小组活动开展情况</h2>")
        for second in "一二三":
            parts.append(f"<h3>（{second}）落实“两项制度”，听取民意。</h3>")
            for length in (2, 4, 2):
                words = "".join(SENTENCES[(number + step) % 5] for step in range(length))
                # A different beginning each time, so that lines break at different places.
                parts.append(f"<p>{'今年以来镇人大'[: number % 8]}{words}</p>")
                number += 1
    parts.append(
        "<p>特此汇报。</p><div class=signature><p class=organ>XX镇人民代表大会主席团</p>"
        "<p class=date>2020年9月3日</p></div>"
    )
    return "".join(parts)


def paragraph(lines):
    """Return a paragraph of Han characters that fills exactly `lines` lines."""
    return f"<p>{'镇' * (28 * lines - 2)}</p>"


@dataclass(frozen=True)
class Row:
    """The characters on one baseline, measured in points from the top left of the page."""

    page: int
    baseline: float
    characters: tuple

    @property
    def text(self):
        return "".join(character["text"] for character in self.characters)

    @property
    def left(self):
        return self.characters[0]["x0"]

    @property
    def right(self):
        return self.characters[-1]["x1"]

    @property
    def fonts(self):
        return {character["fontname"].split("+")[1] for character in self.characters}

    @property
    def size(self):
        return max(round(character["size"], 2) for character in self.characters)

    @property
    def is_page_number(self):
        return self.baseline > BOTTOM


def rows(data):
    """Return the rows of a PDF in reading order."""
    found = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            lines = {}
            for character in page.chars:
                baseline = round(float(page.height) - character["matrix"][5], 1)
                lines.setdefault(baseline, []).append(character)
            for baseline in sorted(lines):
                ordered = sorted(lines[baseline], key=lambda character: character["x0"])
                found.append(Row(number, baseline, tuple(ordered)))
    return found


def text_rows(data):
    return [row for row in rows(data) if not row.is_page_number]


def full_rows(data):
    """Return the rows that another row of the same paragraph follows."""
    lines = text_rows(data)
    return [
        row
        for row, following in pairwise(lines)
        if abs(following.left - LEFT) < 1
        and row.size == following.size == 16
        and row.left < LEFT + 33
    ]


def reader(data):
    return pypdf.PdfReader(io.BytesIO(data))


def embedded_fonts(data):
    """Return the fonts of a PDF by resource name; KeyError for one that is not embedded."""
    fonts = {}
    for page in reader(data).pages:
        for name, font in page["/Resources"]["/Font"].items():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            content = descriptor["/FontFile3" if "/FontFile3" in descriptor else "/FontFile2"]
            if name not in fonts:
                fonts[name] = TTFont(io.BytesIO(content.get_data()))
    return fonts


def shown_glyphs(data):
    """Count the (font resource, glyph id) pairs that a PDF draws."""
    shown = Counter()
    pdf = reader(data)
    for page in pdf.pages:
        font = None
        for operands, operator in ContentStream(page["/Contents"], pdf).operations:
            if operator == b"Tf":
                font = operands[0]
            elif operator in (b"Tj", b"TJ"):
                strings = operands[0] if operator == b"TJ" else operands
                for string in strings:
                    if not isinstance(string, int | float):
                        codes = string.original_bytes
                        shown.update(
                            (font, int.from_bytes(codes[at : at + 2], "big"))
                            for at in range(0, len(codes), 2)
                        )
    return shown
