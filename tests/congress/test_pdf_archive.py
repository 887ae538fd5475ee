"""What the archive and those who have a file read out need, read back from the file."""

import io

import pikepdf
import pytest

from congress.pdf import TAGGED, render_pdf
from tests import printed

TABLE = (
    "<table class=figures><caption>数据表</caption><thead><tr><th scope=col>指标<th scope=col>本年"
    "<tbody><tr><td>接待选民<td class=number>104</table>"
)
BODY = (
    "<h1 class=title>XX镇人大工作情况汇报</h1><h2>一、2020年活动</h2><h3>（一）接待</h3>"
    f"<p>张赟、𬱖某接待选民104人次，详见https://example.gov.cn/。</p>{TABLE}"
)
PDFAID = "http://www.aiim.org/pdfa/ns/id/"
PDFUAID = "http://www.aiim.org/pdfua/ns/id/"


@pytest.fixture(scope="module")
def archived():
    with pikepdf.open(io.BytesIO(render_pdf(printed.document(BODY)))) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def tagged():
    with pikepdf.open(io.BytesIO(render_pdf(printed.document(BODY), variant=TAGGED))) as pdf:
        yield pdf


def fonts_of(pdf):
    return {str(font.BaseFont): font for page in pdf.pages for font in page.Resources.Font.values()}


def test_archive_file_says_what_it_is(archived):
    with archived.open_metadata() as metadata:
        found = {
            name: metadata.get(name)
            for name in (f"{{{PDFAID}}}part", f"{{{PDFAID}}}conformance", "dc:title", "dc:creator")
        }

    assert found == {
        f"{{{PDFAID}}}part": "2",
        f"{{{PDFAID}}}conformance": "U",
        "dc:title": "XX镇人大工作情况汇报",
        "dc:creator": ["XX镇人民代表大会"],
    }
    assert archived.docinfo["/Title"] == "XX镇人大工作情况汇报"
    assert archived.Root.Lang == "zh-CN"
    assert archived.trailer.ID[0] == archived.trailer.ID[1]


def test_colours_are_defined(archived):
    (intent,) = archived.Root.OutputIntents
    profile = intent.DestOutputProfile

    assert (str(intent.S), int(profile.N)) == ("/GTS_PDFA1", 3)
    assert profile.read_bytes()[36:40] == b"acsp"


def test_every_font_is_embedded_and_every_character_known(archived):
    fonts = fonts_of(archived)

    assert fonts
    for font in fonts.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
        assert b"beginbf" in font.ToUnicode.read_bytes()


def test_nothing_that_an_archive_refuses(archived):
    kinds = {
        str(each.get(key))
        for each in archived.objects
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)
        for key in ("/S", "/SMask", "/Subtype", "/CA", "/ca", "/BM")
        if key in each
    }

    assert "/AcroForm" not in archived.Root
    assert "/OpenAction" not in archived.Root
    assert not archived.is_encrypted
    assert not {"/JavaScript", "/Launch", "/Movie", "/Sound", "/Luminosity", "/Type3"} & kinds
    assert not {kind for kind in kinds if kind.replace(".", "").isdecimal()} - {"1"}


def test_tagged_file_tells_headings_paragraphs_and_tables_apart(tagged):
    def tags(element):
        for child in element.get("/K", []):
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield str(child.S)
                yield from tags(child)

    with tagged.open_metadata() as metadata:
        part = metadata.get(f"{{{PDFUAID}}}part")
    found = [
        tag
        for tag in tags(tagged.Root.StructTreeRoot)
        if tag not in ("/Span", "/NonStruct", "/Div")
    ]

    assert part == "1"
    assert bool(tagged.Root.MarkInfo.Marked)
    assert bool(tagged.Root.ViewerPreferences.DisplayDocTitle)
    assert tagged.Root.Lang == "zh-CN"
    assert found == [
        *("/Document", "/H1", "/H2", "/H3", "/P", "/Table", "/Caption"),
        *("/THead", "/TR", "/TH", "/TH", "/TBody", "/TR", "/TD", "/TD"),
    ]


def test_headings_are_bookmarks_in_both(archived, tagged):
    for pdf in (archived, tagged):
        with pdf.open_outline() as outline:
            (title,) = outline.root
            assert [title.title, title.children[0].title, title.children[0].children[0].title] == [
                "XX镇人大工作情况汇报",
                "一、2020年活动",
                "（一）接待",
            ]
