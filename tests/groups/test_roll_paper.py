"""代表名册 as PDF: every character of 通用规范汉字表 is printed, the list is what was chosen."""

import datetime
from collections import Counter

import pypdfium2
import pytest

from congress.fonts import without_font
from congress.models import Term, Township
from delegates.models import Constituency, Delegate, Level, Mandate
from delegates.strokes import general_characters
from groups.models import DelegateGroup, Membership, Post
from groups.roll.people import Entry, Order
from groups.roll.scope import Scope
from groups.roll.sheets import boxed_names, roll_paper
from tests import printed

DAY = datetime.date(2020, 8, 20)
TOWN = Township(name="XX镇", county="YY县")


def entry(number, name, level=Level.TOWN, post=None, **fields):
    """Of nothing that is stored."""
    person = Delegate(
        pk=number,
        name=name,
        sex="女",
        birth_month=datetime.date(1975, 3, 1),
        phone="13900001234",
        **fields,
    )
    mandate = Mandate(
        pk=number,
        level=level,
        card_number=f"Z15-{number:03d}",
        term=Term(pk=1, ordinal=15),
        constituency=Constituency(pk=1, name="第一选区"),
    )
    group = DelegateGroup(pk=1, ordinal=1)
    memberships = (Membership(group=group, post=post),) if post else ()
    return Entry(person, (mandate,), memberships)


def paper(*entries, order=Order.CARD, phones=False):
    return roll_paper(TOWN, Scope(DAY), list(entries), order, phones=phones)


def words(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def test_all_general_characters_are_printed():
    """Those that the installed fonts have; a system check names the others."""
    missing = without_font(general_characters())
    characters = "".join(sign for sign in general_characters() if sign not in missing)
    # Names as long as they may be, and posts.
    parts = [characters[start : start + 150] for start in range(0, len(characters), 150)]
    pdf = paper(
        *(entry(number, part[:50], occupation=part[50:]) for number, part in enumerate(parts, 1))
    )
    fonts = printed.embedded_fonts(pdf)
    boxes = [
        (font, glyph)
        for font, glyph in printed.shown_glyphs(pdf)
        if glyph == 0 or fonts[font].getGlyphName(glyph) == ".notdef"
    ]

    assert boxes == []
    assert Counter(characters) - Counter(words(pdf)) == Counter()
    assert missing == ""


def test_groups_stand_under_headings_on_every_page():
    people = [entry(number, f"代表{number}号", post=Post.MEMBER) for number in range(2, 30)]
    pdf = paper(
        entry(1, "王喆", post=Post.LEADER),
        *people,
        entry(30, "田富"),
        order=Order.GROUP,
        phones=True,
    )
    pages = [row.text for row in printed.rows(pdf) if row.page == 2]
    text = words(pdf)

    assert "XX镇第十五届人民代表大会代表名册" in text
    assert "（按代表小组为序）" in text
    assert "截至2020年8月20日" in text
    assert "第一代表小组（29名）" in text
    assert "未编组（1名）" in text
    assert "13900001234" in text
    # The head stands on the second page as well, which ends with its number.
    assert pages[0].startswith("序号姓名性别")
    assert pages[-1] == "— 2 —"


def test_phones_are_left_out_unless_asked_for():
    text = words(paper(entry(1, "王喆"), entry(2, "李堃", Level.COUNTY)))

    assert "联系电话" not in text
    assert "13900001234" not in text
    assert "XX镇县、镇人民代表大会代表名册" in text


@pytest.mark.parametrize(
    ("name", "signs"), [("王喆", None), ("𱍊明𱍊", "𱍊"), ("阿卜杜拉·买买提", None)]
)
def test_who_would_be_printed_with_a_box(name, signs):
    assert boxed_names([entry(1, name)]) == ([(name, signs)] if signs else [])
