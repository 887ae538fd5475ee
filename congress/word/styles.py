"""The styles of an official document, as Word shows them, and the faces they name.

Word takes a face that is not installed from the other names given here, in this order.
"""

from dataclasses import dataclass, replace

from docx.oxml.ns import nsdecls

TITLE_FACE, HEADING_FACE, TEXT_FACE, NOTE_FACE, NUMBER_FACE = (
    "方正小标宋简体",
    "黑体",
    "仿宋_GB2312",
    "楷体_GB2312",
    "宋体",
)
#: Face: its other names, then what comes nearest; and whether it has serifs.
FACES = {
    TITLE_FACE: ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "华文中宋", "Noto Serif CJK SC"),
    HEADING_FACE: ("SimHei", "Noto Sans CJK SC"),
    TEXT_FACE: ("FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "FandolFang R"),
    NOTE_FACE: ("KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "FandolKai"),
    NUMBER_FACE: ("SimSun", "Noto Serif CJK SC"),
}

#: Twentieths of a point. 22 lines on 225 mm, 28 characters on 156 mm (GB/T 9704 5.2.3).
LINE, CELL, TEXT_WIDTH = 579, 316, 8844
#: What each character of 16 points gives up so that 28 stand in a line.
TIGHTER = -5
#: The same for the grid of the page, in 4096ths of a point.
GRID_SPACE = TIGHTER * 4096 // 20


@dataclass(frozen=True)
class Style:
    """A paragraph style; lengths in twentieths of a point, size in points."""

    id: str
    name: str
    alias: str = ""
    base: str = "Normal"
    next: str = "Normal"
    face: str = TEXT_FACE
    size: float = 16
    align: str = "both"
    is_indented: bool = False
    left: int = 0
    right: int = 0
    before: int = 0
    after: int = 0
    line: int = LINE
    rule: str = "exact"
    keep_next: bool = False
    outline: int | None = None
    hugs_its_like: bool = False


BODY = Style("Normal", "Normal", alias="正文", base="", next="", is_indented=True)
TITLE = Style(
    "Title", "Title", face=TITLE_FACE, size=22, align="center", after=LINE, keep_next=True
)
PLAIN = replace(BODY, base="Normal", next="Normal", alias="", is_indented=False)

STYLES = (
    BODY,
    TITLE,
    Style(
        "Subtitle",
        "Subtitle",
        face=NOTE_FACE,
        align="center",
        after=LINE,
        keep_next=True,
        hugs_its_like=True,
    ),
    Style(
        "Heading1",
        "heading 1",
        alias="一级标题",
        face=HEADING_FACE,
        is_indented=True,
        keep_next=True,
        outline=0,
    ),
    Style(
        "Heading2",
        "heading 2",
        alias="二级标题",
        face=NOTE_FACE,
        is_indented=True,
        keep_next=True,
        outline=1,
    ),
    replace(
        PLAIN, id="Remark", name="题注说明", face=NOTE_FACE, size=14, align="center", after=LINE
    ),
    replace(PLAIN, id="Addressee", name="主送机关"),
    replace(PLAIN, id="AttachmentList", name="附件说明", align="left"),
    replace(PLAIN, id="Organ", name="署名", align="left", before=LINE, keep_next=True),
    replace(PLAIN, id="Dated", name="成文日期", align="left"),
    replace(PLAIN, id="Attachment", name="附件", face=HEADING_FACE, keep_next=True),
    replace(TITLE, id="AttachmentTitle", name="附件标题", before=LINE, outline=0),
    replace(PLAIN, id="TableText", name="表格文字", size=12, line=360, align="left"),
    replace(
        PLAIN,
        id="TableHead",
        name="表头文字",
        face=HEADING_FACE,
        size=12,
        line=360,
        align="left",
        keep_next=True,
    ),
    replace(PLAIN, id="TableCaption", name="表题", size=12, align="center", keep_next=True),
    replace(PLAIN, id="TableEnd", name="表后", size=1, line=20),
    replace(PLAIN, id="Picture", name="图", before=290, after=289, line=240, rule="auto"),
    replace(PLAIN, id="Proof", name="查验", size=9, align="left", line=240, rule="auto"),
    Style("Footer", "footer", face=NUMBER_FACE, size=14, line=280, next="Footer"),
)

_OTHERS = """
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
 <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>
</w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal">
 <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>
 <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
 <w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
 <w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList">
 <w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/>
</w:style>
"""


def styles_xml() -> str:
    """Digits and letters are not in Chinese, or some programs break lines inside of numbers."""
    return f"""<w:styles {nsdecls("w")}>
<w:docDefaults>
 <w:rPrDefault><w:rPr>{_faces(TEXT_FACE)}<w:sz w:val="32"/><w:szCs w:val="32"/>
 <w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
 <w:pPrDefault/>
</w:docDefaults>
{"".join(map(_style_xml, STYLES))}{_OTHERS}</w:styles>"""


def _style_xml(style: Style) -> str:
    default = "" if style.base else ' w:default="1"'
    tighter = f'<w:spacing w:val="{TIGHTER if style.size == 16 else 0}"/>'
    return f"""<w:style w:type="paragraph"{default} w:styleId="{style.id}">
 <w:name w:val="{style.name}"/>{_value("aliases", style.alias)}
 {_value("basedOn", style.base)}{_value("next", style.next)}<w:qFormat/>
 <w:pPr>{_layout(style)}</w:pPr>
 <w:rPr>{_faces(style.face)}<w:snapToGrid w:val="0"/>{tighter}<w:sz w:val="{style.size * 2:g}"/>
 <w:szCs w:val="{style.size * 2:g}"/></w:rPr>
</w:style>"""


def _layout(style: Style) -> str:
    """Lines break as in the PDF: a paragraph may leave one line behind, marks stay inside the
    margins, no room is put between digits and characters. Sizes say where the lines stand, not
    the grid of the page, which other programs than Word read each in its way."""
    first = f'w:firstLineChars="{200 * style.is_indented}" w:firstLine="{632 * style.is_indented}"'
    return "".join(
        (
            f'<w:keepNext w:val="{int(style.keep_next)}"/>',
            '<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/>',
            '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>',
            '<w:snapToGrid w:val="0"/>',
            f'<w:spacing w:before="{style.before}" w:after="{style.after}"',
            f' w:line="{style.line}" w:lineRule="{style.rule}"/>',
            f'<w:ind w:left="{style.left}" w:right="{style.right}" {first}/>',
            "<w:contextualSpacing/>" if style.hugs_its_like else "",
            f'<w:jc w:val="{style.align}"/>',
            _value("outlineLvl", style.outline),
        )
    )


def _value(tag: str, value) -> str:
    return "" if value in ("", None) else f'<w:{tag} w:val="{value}"/>'


def _faces(face: str) -> str:
    """Digits and letters are those of the text in headings too, as in the PDF."""
    latin = face if face == NUMBER_FACE else TEXT_FACE
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{face}" w:cs="{latin}"/>'


def fonts_xml() -> str:
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{",".join(others)}"/>'
        f'<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for face, others in FACES.items()
    )
    return f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
