"""An empty official document for Word, and the file of a filled one."""

import functools
import io
import zipfile
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from .styles import GRID_SPACE, LINE, fonts_xml, styles_xml
from .xml import paragraph, run, w

#: GB/T 15834 5.1, as in the PDF.
_NEVER_FIRST = "!%),.:;?]}·～…—’”、。〉》」』】〕！％），．：；？］｝"
_NEVER_LAST = "([{‘“〈《「『【〔（［｛"
#: What the library's template holds besides the text.
_SPARE_PARTS = (
    "/customXml",
    "/numbering",
    "/stylesWithEffects",
    "/webSettings",
    "/fontTable",
    "/thumbnail",
    "/extended-properties",
)

_SETTINGS = f"""<w:settings {nsdecls("w")}>
<w:evenAndOddHeaders/>
<w:drawingGridVerticalSpacing w:val="{LINE}"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:noLineBreaksAfter w:lang="zh-CN" w:val="{_NEVER_LAST}"/>
<w:noLineBreaksBefore w:lang="zh-CN" w:val="{_NEVER_FIRST}"/>
<w:compat>
 <w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:doNotExpandShiftReturn/>
 <w:adjustLineHeightInTable/><w:useFELayout/>
 <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"
  w:val="15"/>
</w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
</w:settings>"""


def official_document(title: str, author: str) -> Document:
    """An empty document on its paper: styles, grid, page numbers."""
    document = docx.Document(io.BytesIO(_empty()))
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title, author, author
    return document


def fill(document: Document, elements: Iterable) -> None:
    """Put paragraphs and tables on the paper, in this order."""
    for element in elements:
        document.element.body.sectPr.addprevious(element)
    # The library numbers only pictures that stand in the document already.
    for number, picture in enumerate(document.element.body.iter(qn("wp:docPr")), 1):
        picture.set("id", str(number))


def file_of(document: Document) -> bytes:
    """The same content gives the same bytes: no time of day, parts in order of their names."""
    written, result = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(result, "w") as file:
        # Office programs expect the list of contents first.
        for name in sorted(parts.namelist(), key=lambda each: (each[0] != "[", each)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, parts.read(name))
    return result.getvalue()


@functools.cache
def _empty() -> bytes:
    document = docx.Document()
    part = document.part
    for rels in (part.rels, part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_SPARE_PARTS)]:
            del rels[key]
    fonts = Part(PackURI("/word/fontTable.xml"), CT.WML_FONT_TABLE, fonts_xml().encode())
    part.relate_to(fonts, RT.FONT_TABLE)
    _refill(document.styles.element, styles_xml())
    _refill(document.settings.element, _SETTINGS)
    _set_up_page(document.sections[0])
    about = document.core_properties
    about.language, about.comments = "zh-CN", ""
    for time in about._element.xpath("dcterms:created | dcterms:modified"):
        about._element.remove(time)
    return file_of(document)


def _refill(element, xml: str) -> None:
    element[:] = list(parse_xml(xml))


def _set_up_page(page) -> None:
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    # 7.5: the dash stands 7 mm below the text, in the middle of a line of 14 points.
    page.header_distance, page.footer_distance = Mm(15), Pt(73.1)
    [grid] = page._sectPr.xpath("w:docGrid")
    grid.getparent().replace(
        grid, w("docGrid", type="linesAndChars", linePitch=LINE, charSpace=GRID_SPACE)
    )
    for footer, edge in ((page.footer, "right"), (page.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        [old] = footer._element.xpath("w:p")
        footer._element.replace(old, _page_number(edge))


def _page_number(edge: str):
    """One character in from the outer edge."""
    field = w("fldSimple", run("1"), instr="PAGE")
    return paragraph("Footer", run("— "), field, run(" —"), align=edge, **{edge: 280})
