"""A PDF as somebody reads it, and what a printer would complain of; names as long as they get."""

import io

import pdfplumber
import pypdfium2

from tests import printed

RARE = "赟堃喆㛃昇䶮𬱖"
LONG = f"阿卜杜热合曼·{RARE}·买买提依明江·吐尔逊·迪力木拉提·图尔荪江·努尔麦麦提"
#: Twelve people of 50 characters each.
NAMES = [f"{LONG}·{'玉苏普艾合买提'[: 48 - len(LONG) - 1]}{number:02d}" for number in range(12)]


def content(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return response.content


def text_of(data):
    """What stands on the pages, without spaces and line breaks."""
    pdf = pypdfium2.PdfDocument(data)
    words = "".join(page.get_textpage().get_text_range() for page in pdf)
    return "".join(words.split()).replace("\u2060", "").replace("\u200b", "")


#: Five millimetres: what office printers leave white.
EDGE = 14


def faults(data, pages=1):
    """What a printer would complain of."""
    found = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        if len(pdf.pages) != pages:
            found.append(f"{len(pdf.pages)} pages")
        for page in pdf.pages:
            size = sorted((round(page.width), round(page.height)))
            if size != [595, 842]:
                found.append(f"page of {size}")
            found += [
                f"{character['text']} at {character['x0']:.0f}, {character['top']:.0f}"
                for character in page.chars
                if character["x0"] < EDGE
                or character["x1"] > page.width - EDGE
                or character["top"] < EDGE
                or character["bottom"] > page.height - EDGE
            ]
    fonts = printed.embedded_fonts(data)
    missing = {".notdef", "NULL"}
    for (font, glyph), _ in printed.shown_glyphs(data).items():
        if fonts[font].getGlyphName(glyph) in missing or glyph == 0:
            found.append(f"{font} has no glyph for a character")
    return found
