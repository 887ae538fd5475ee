"""The report as a Word file: it reads as its PDF, and opens in an office program as it looks."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pypdf
import pytest
from django.core.management import call_command
from docx import Document
from docx.oxml.ns import qn

from congress.title_lines import title_lines
from reports.docx import docx_file
from reports.rendering import pdf_file
from reports.signing.codes import Verification
from tests import libreoffice, printed
from tests.printed import CLOSING
from tests.reports import made_document

PROOF = Verification("ABCD-EFGH", "https://rd.example.cn/verify/")
MARKS = ("XX镇人大工作", "一、", "（一）", "—")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Order of the schema, for all that the writer sets.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl kinsoku overflowPunct "
    "autoSpaceDE autoSpaceDN snapToGrid spacing ind contextualSpacing jc outlineLvl",
    "rPr": "rFonts snapToGrid spacing sz szCs lang",
    "style": "name aliases basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "sectPr": "footerReference pgSz pgMar cols docGrid",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblpPr tblW tblInd tblBorders tblLayout tblCellMar",
    "tblBorders": "top bottom insideH",
    "tblCellMar": "top left bottom right",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW tcBorders vAlign",
    "font": "altName charset family pitch",
    "settings": "evenAndOddHeaders drawingGridVerticalSpacing characterSpacingControl "
    "noLineBreaksAfter noLineBreaksBefore compat themeFontLang",
    "compat": "balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone doNotExpandShiftReturn "
    "adjustLineHeightInTable useFELayout compatSetting",
}


@pytest.fixture(scope="module")
def whole():
    """The Word file of a report with everything, signed."""
    return docx_file(made_document.document(), proof=PROOF)


def as_told(text):
    """Without blanks, and without what only chooses a form or a place for a line to break."""
    return re.sub(r"[\s\u200b\u2060\U000e0100]", "", text)


def text_of_pdf(data):
    """In the order it is told, without page numbers."""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return re.sub(r"—\d+—", "", as_told(text))


def text_of_docx(data):
    """With the numbers of headings; the cells of a table in their place."""
    body = Document(io.BytesIO(data)).element.body
    return as_told("".join(text.text or "" for text in body.iter(qn("w:t"))))


@pytest.fixture
def of_2020(report, tmp_path):
    files = {}
    for format in ("docx", "pdf"):
        output = tmp_path / f"r.{format}"
        call_command("render_report", "2020", format=format, output=output)
        files[format] = output.read_bytes()
    return files


def test_the_report_of_2020_opens_elsewhere_as_it_looks_here(of_2020, whole, tmp_path):
    assert text_of_docx(of_2020["docx"]) == text_of_pdf(of_2020["pdf"])

    opened = libreoffice.to_pdf(tmp_path, report=of_2020["docx"], whole=whole)

    assert text_of_pdf(opened["report"]) == text_of_pdf(of_2020["pdf"])
    assert Counter(text_of_pdf(opened["whole"])) == Counter(text_of_docx(whole))
    there, here = (first_page(data) for data in (opened["report"], of_2020["pdf"]))
    assert [text for text, *_ in there if text.startswith(MARKS)] == [
        text for text, *_ in here if text.startswith(MARKS)
    ]
    # Each of the 22 lines of the page, the empty one below the title left out, and the number.
    assert len(there) == len(here) == 22
    away = [
        max(abs(there_x - here_x), abs(there_y - here_y))
        for (_, there_x, there_y), (_, here_x, here_y) in zip(there, here, strict=True)
    ]
    assert max(away) < 3
    rows = printed.text_rows(opened["report"])
    assert [row.text for row in rows if row.text[-1].isdecimal() or row.text[0] in CLOSING] == []


def first_page(data):
    """Each row with the place of its beginning, in millimetres."""
    return [
        (row.text, row.left * printed.POINT, row.baseline * printed.POINT)
        for row in printed.rows(data)
        if row.page == 1
    ]


def test_a_report_with_everything_reads_as_its_pdf():
    document = made_document.document()
    drawn = "第一代表小组64第二代表小组40"
    pdf = pdf_file(document)

    assert text_of_docx(docx_file(document)) == text_of_pdf(pdf).replace(drawn, "")
    assert "2.参加视察的代表名单" in [as_told(row.text) for row in printed.rows(pdf)]


def test_each_line_has_its_style(whole):
    word = Document(io.BytesIO(whole))
    lines = [(line.style.name, line.text) for line in word.paragraphs]

    assert lines[:6] == [
        ("Title", "\n".join(title_lines(made_document.document().title))),
        ("Subtitle", "——2020年9月3日在镇人民代表大会上"),
        ("Subtitle", "XX镇人大主席　王喆"),
        ("主送机关", "各位代表："),
        ("Normal", "受主席团委托，向大会报告工作，请予审议。"),
        ("Heading 1", "一、2020年工作"),
    ]
    assert lines[7][0] == "Heading 2"
    assert lines[-14:] == [
        ("Normal", "以上报告，请予审议。"),
        ("附件说明", "附件：1.\t各项数据一览表"),
        ("附件说明", "2.\t参加视察的代表名单"),
        ("署名", "XX镇人民代表大会主席团"),
        ("成文日期", "2020年9月3日"),
        ("附件", "附件1"),
        ("附件标题", "各项数据一览表"),
        ("Normal", "截至2020年8月20日。"),
        ("表题", "主要数据"),
        ("表后", ""),
        ("图", ""),
        ("附件", "附件2"),
        ("附件标题", "参加视察的代表名单"),
        ("Normal", made_document.RARE),
    ]
    # The signature takes the end of the text along, and stays in one piece.
    kept = [line.paragraph_format.keep_with_next for line in word.paragraphs[-14:-9]]
    assert kept == [True, True, True, True, None]
    assert word.paragraphs[-9].paragraph_format.page_break_before


def test_pictures_are_told_to_those_who_cannot_see_them(whole):
    pictures = Document(io.BytesIO(whole)).element.body.iter(qn("wp:docPr"))

    assert [(picture.get("id"), picture.get("descr")) for picture in pictures] == [
        ("1", "各小组接待选民。第一代表小组：64；第二代表小组：40。"),
        ("2", f"二维码：{PROOF.scanned}"),
    ]


def test_same_report_gives_the_same_bytes(whole):
    again = docx_file(made_document.document(), proof=PROOF)
    parts = zipfile.ZipFile(io.BytesIO(again))

    assert again == whole
    assert {part.date_time[:3] for part in parts.infolist()} == {(1980, 1, 1)}
    about = Document(io.BytesIO(whole)).core_properties
    assert (about.title, about.author, about.language, about.comments) == (
        made_document.document().title,
        "XX镇人民代表大会",
        "zh-CN",
        "",
    )


def test_what_the_writer_sets_stands_in_the_order_of_the_schema(whole):
    """Word repairs a file, or refuses it, where it does not."""
    parts = zipfile.ZipFile(io.BytesIO(whole))
    wrong = []
    for name in parts.namelist():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for parent in ElementTree.fromstring(parts.read(name)).iter():
            order = ORDER.get(parent.tag.removeprefix(WORD), "").split()
            found = [
                tag for child in parent if (tag := child.tag.removeprefix(WORD)) != "fldSimple"
            ]
            if order and found != sorted(found, key=order.index):
                wrong.append((name, parent.tag, found))

    assert wrong == []


def test_what_xml_cannot_hold_is_left_out():
    document = replace(made_document.document(), subtitle=("王\x01喆\x0b主席",))

    assert "王喆\n主席" in [
        line.text for line in Document(io.BytesIO(docx_file(document))).paragraphs
    ]


def test_the_page_offers_it_as_it_is_viewed(report, chair, logged_in):
    client = logged_in(chair)
    page = client.get("/reports/2020/?style=approximate").content.decode()
    address = "/reports/2020/report.docx?style=approximate"
    response = client.get(address)

    assert f'href="{address}"' in page
    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''2020%E5%B9%B4%E4%BA%BA%E5%A4%A7%E5%B7%A5%E4%BD%9C"
        "%E6%B1%87%E6%8A%A5.docx"
    )
    assert "20余名代表" in text_of_docx(response.content)
    assert client.get("/reports/2020/report.docx?cut_off=x").url == "/reports/2020/?cut_off=x"
