"""述职材料 as a Word file to be edited, set by GB/T 9704: its paper, fonts, sizes and lines."""

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.parfmt import ParagraphFormat

from congress.numerals import full_date, section_number
from congress.periods import today

from .duty_material import Material

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT = "（草稿：根据履职记录自动起草，请核对、补充、修改后使用）"
TITLE_FONT, HEADING_FONT, TEXT_FONT, NOTE_FONT = (
    "方正小标宋简体",
    "黑体",
    "仿宋_GB2312",
    "楷体_GB2312",
)
#: 22 lines on 225 mm (GB/T 9704 5.2.3).
LINE = Pt(28.95)


def material_file(material: Material) -> bytes:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    document.core_properties.title = material.title
    document.core_properties.author = str(material.person)
    _in_chinese(document)
    _line(document, material.title, TITLE_FONT, 22, centred=True)
    _line(document, str(material.person), NOTE_FONT, 16, centred=True)
    _line(document, DRAFT, NOTE_FONT, 14, centred=True)
    _line(document, "各位选民：", TEXT_FONT, 16)
    for number, section in enumerate(material.sections(), 1):
        heading = f"{section_number(number)}{section.title}"
        _line(document, heading, HEADING_FONT, 16, indented=True).keep_with_next = True
        for words in section.paragraphs:
            last = _line(document, words, TEXT_FONT, 16, indented=True)
    # The date never stands alone on a page.
    last.keep_with_next = True
    closing = _line(document, "以上报告，请予评议。", TEXT_FONT, 16, indented=True)
    closing.keep_with_next = True
    _line(document, full_date(today()), TEXT_FONT, 16, right=True)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _in_chinese(document) -> None:
    """Say the language, or programs without these fonts set the marks as in Japanese."""
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for script in ("w:val", "w:eastAsia"):
        language.set(qn(script), "zh-CN")


def _line(
    document, words: str, font: str, size: int, *, centred=False, indented=False, right=False
) -> ParagraphFormat:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if indented:
        layout.first_line_indent = Pt(2 * size)
    run = paragraph.add_run(words)
    run.font.name, run.font.size = font, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return layout
