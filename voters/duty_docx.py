"""述职材料 as a Word file to be edited, set by GB/T 9704."""

from congress.numerals import full_date, section_number
from congress.periods import today
from congress.word.paper import file_of, fill, official_document
from congress.word.styles import CELL
from congress.word.xml import paragraph, run

from .duty_material import Material

DRAFT = "（草稿：根据履职记录自动起草，请核对、补充、修改后使用）"


def material_file(material: Material) -> bytes:
    document = official_document(material.title, str(material.person))
    fill(document, _paragraphs(material))
    return file_of(document)


def _paragraphs(material: Material):
    yield paragraph("Title", run(material.title), after=0)
    yield paragraph("Subtitle", run(str(material.person)), after=0)
    yield paragraph("Remark", run(DRAFT))
    yield paragraph("Addressee", run("各位选民："))
    sections = material.sections()
    for number, section in enumerate(sections, 1):
        yield paragraph("Heading1", run(f"{section_number(number)}{section.title}"))
        for words in section.paragraphs:
            # The date never stands alone on a page.
            is_last = number == len(sections) and words is section.paragraphs[-1]
            yield paragraph("Normal", run(words), keep_next=is_last, in_pairs=is_last)
    yield paragraph("Normal", run("以上报告，请予评议。"), keep_next=True)
    yield paragraph("Dated", run(full_date(today())), right=2 * CELL, align="right")
