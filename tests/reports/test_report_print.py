"""The report in print: head, 附件说明, signature, attachments and the foot of a signed one."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from congress.charts import Series, bar_chart
from congress.pdf import render_pdf
from reports.signing.codes import Verification
from reports.structure import Attachment, Chapter, Document, Paragraph, Piece, Signature, Table
from tests import printed

CELL = 15.79
NAMES = ("2020年代表小组活动数据表", "XX镇第十五届人民代表大会代表接待选民和向选民述职分月情况")
PROOF = Verification("ABCD-EFGH", "https://example.gov.cn/verify/")


def paragraph(lines):
    return Paragraph((Piece("镇" * (28 * lines - 2)),))


TABLE = Table(
    headings=("指标", "本年", "计算口径"),
    rows=tuple((f"第{n}项指标", str(n * 37), "按登记表计算" * 4) for n in range(1, 31)),
    widths=(10, 4, 14),
    numeric=frozenset({1}),
)
CHART = bar_chart("各月接待选民", ["1月", "2月"], [Series("人次", (3, 9))], upright=True)
REPORT = Document(
    title="XX镇人大工作情况汇报",
    author="XX镇人大",
    addressee="县人大常委会",
    preface=(paragraph(16),),
    chapters=(),
    unprinted=(),
    signature=Signature("XX镇人大主席团", "2020年9月3日"),
    attachments=(
        Attachment(NAMES[0], ("按记录计算。",), (TABLE,)),
        Attachment(NAMES[1], charts=(str(CHART),)),
    ),
)


def pdf_of(document, **context):
    html = render_to_string("reports/annual/print.html", {"document": document} | context)
    return render_pdf(html)


@pytest.fixture(scope="module")
def rows():
    return printed.rows(pdf_of(REPORT, proof=PROOF))


def row_of(rows, beginning):
    return next(row for row in rows if row.text.startswith(beginning))


def line_of(row):
    """The line of the grid in which the row stands, from 1."""
    return round((row.baseline - printed.TOP) / printed.LINE + 0.5)


def indent_of(row):
    return round((row.left - printed.LEFT) / CELL, 1)


def test_names_of_attachments_hang_one_blank_line_below_the_text(rows):
    first = row_of(rows, "附件：1.")
    second = row_of(rows, "2.")
    body = [row for row in rows if row.page == first.page and row.text.startswith("镇")]
    rest = rows[rows.index(second) + 1]

    assert line_of(first) == line_of(body[-1]) + 2
    assert (indent_of(first), indent_of(second)) == (2.0, 5.0)
    assert second.text + rest.text == f"2.{NAMES[1]}"
    assert rest.left == pytest.approx(
        next(each for each in second.characters if each["text"] == "X")["x0"], abs=1
    )


def test_signature_stands_below_the_names_of_attachments_with_text_on_its_page(rows):
    organ, date = row_of(rows, "XX镇人大主席团"), row_of(rows, "2020年9月3日")
    page = [row.text[:3] for row in rows if row.page == organ.page]

    assert page[0] == "镇镇镇"
    assert line_of(date) == line_of(organ) + 1
    assert line_of(organ) == line_of(rows[rows.index(organ) - 1]) + 2
    assert round((date.left - organ.left) / CELL) == 2


def test_attachments_begin_a_page_each_with_the_title_on_the_third_line(rows):
    for number, name in enumerate(NAMES, 1):
        mark = row_of(rows, f"附件{number}")
        title = row_of(rows[rows.index(mark) :], name[:4])

        assert line_of(mark) == 1
        assert indent_of(mark) == 0
        assert "Noto-Sans-CJK-SC" in mark.fonts
        assert line_of(title) == 3
        assert title.size == 22


def test_table_is_as_wide_as_the_text_and_its_numbers_end_flush(rows):
    heads = [row for row in rows if row.text.startswith("指标")]
    ends = {
        round(max(each["x1"] for each in row.characters if each["x1"] < printed.LEFT + 14 * CELL))
        for row in rows
        if row.text.startswith("第") and "项指标" in row.text
    }
    columns = [
        round((next(each for each in heads[0].characters if each["text"] == first)["x0"]), 0)
        for first in "指计"
    ]

    assert len(heads) == 3
    assert len(ends) == 1
    assert columns == [round(printed.LEFT + 4), round(printed.LEFT + 14 * CELL + 4)]


def test_signed_report_says_on_its_last_page_alone_how_to_verify_it(rows):
    last = rows[-1].page
    told = [row.page for row in rows if "ABCD-EFGH" in row.text]

    assert told == [last]
    assert f"— {last} —" in "".join(row.text for row in rows if row.page == last)


def test_work_report_has_its_head_and_one_attachment_no_number():
    document = replace(
        REPORT,
        title="XX镇人大工作\n报告",
        addressee="",
        salutation="各位代表",
        subtitle=("——2020年9月3日在XX镇人民代表大会会议上", "XX镇人大主席　张赟"),
        preface=(paragraph(1),),
        signature=None,
        attachments=(Attachment("名单", ("无。",)),),
        chapters=(Chapter("2020年工作", (paragraph(1),), (), "一、"),),
    )
    data = pdf_of(document)
    texts = [row.text for row in printed.text_rows(data)]

    assert texts[:5] == [
        "XX镇人大工作",
        "报告",
        "——2020年9月3日在XX镇人民代表大会会议上",
        "XX镇人大主席　张赟",
        "各位代表：",
    ]
    assert texts[-4:] == ["附件：名单", "附件", "名单", "无。"]
    assert printed.reader(data).metadata.title == "XX镇人大工作报告"


def test_no_last_line_has_one_character():
    lengths = range(50, 80)
    paragraphs = tuple(Paragraph((Piece("镇" * length + "。"),)) for length in lengths)
    lines = printed.text_rows(
        pdf_of(replace(REPORT, preface=paragraphs, attachments=(), signature=None))
    )

    assert {row.text for row in lines if row.text.endswith("。") and len(row.text) < 4} == {
        "镇镇。"
    }
    assert [
        row.text for row in lines if row.text.endswith("镇") and printed.RIGHT - row.right > 0.5
    ] == []
