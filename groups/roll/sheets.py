"""代表名册 as a workbook that the import of rosters reads back, and as a printable list."""

from collections.abc import Iterable
from typing import BinaryIO

from django.template.loader import render_to_string

from congress import workbook
from congress.cells import COUNT, DAY, MONTH, TEXT
from congress.disclosure import Disclosure
from congress.fonts import without_font
from congress.models import Township
from congress.numerals import full_date
from congress.pdf import render_pdf
from congress.workbook import Column
from delegates.models import Level

from .people import Entry, Order, sections
from .scope import Scope

PHONE = Column("联系电话", TEXT, width=14)
COLUMNS = (
    Column("序号", COUNT, width=6),
    Column("代表证号", TEXT, width=12),
    Column("姓名", TEXT, width=14),
    Column("性别", TEXT, width=6),
    Column("出生年月", MONTH, width=10),
    Column("民族", TEXT, width=10),
    Column("文化程度", TEXT, width=10),
    Column("政治面貌", TEXT, width=10),
    Column("工作单位及职务", TEXT, width=30),
    PHONE,
    Column("代表层级", TEXT, width=9),
    Column("选区", TEXT, width=16),
    Column("所属小组", TEXT, width=14),
    Column("组内职务", TEXT, width=9),
    Column("当选日期", DAY, width=12),
)


def write_roll(
    file: BinaryIO, ordered: Iterable[Entry], *, phones: bool, mark: workbook.Mark | None = None
) -> None:
    """A row for each mandate, as the import asks for; a person's two stand together."""
    columns = tuple(column for column in COLUMNS if phones or column is not PHONE)
    sheet = workbook.Sheet("代表名册", columns)
    rows = [(entry, mandate) for entry in ordered for mandate in entry.mandates]
    told = [
        {
            "序号": number,
            "代表证号": mandate.card_number,
            "姓名": entry.person.name,
            "性别": entry.person.sex,
            "出生年月": entry.person.birth_month,
            "民族": entry.person.ethnicity,
            "文化程度": entry.person.education,
            "政治面貌": entry.person.party,
            "工作单位及职务": entry.person.occupation,
            "联系电话": entry.person.phone,
            "代表层级": mandate.get_level_display(),
            "选区": mandate.constituency.name,
            "所属小组": entry.group,
            "组内职务": entry.post_of(mandate),
            "当选日期": mandate.start,
        }
        for number, (entry, mandate) in enumerate(rows, 1)
    ]
    records = [[row[heading] for heading in sheet.headings] for row in told]
    workbook.write(file, [(sheet, records)], mark)


def title_of(township: Township, listed: list[Entry]) -> str:
    """《XX镇第十五届人民代表大会代表名册》, of one level; of both it names both."""
    mandates = [mandate for entry in listed for mandate in entry.mandates]
    levels = {mandate.level for mandate in mandates}
    terms = {mandate.term for mandate in mandates}
    if levels == {Level.COUNTY}:
        return f"{township.county}人民代表大会代表名册（{township.name}）"
    if levels == {Level.COUNTY, Level.TOWN}:
        return f"{township.name}县、镇人民代表大会代表名册"
    term = f"第{terms.pop()}" if len(terms) == 1 else ""
    return f"{township.name}{term}人民代表大会代表名册"


def roll_paper(
    township: Township,
    scope: Scope,
    ordered: list[Entry],
    order: Order,
    *,
    phones: bool,
    disclosure: Disclosure | None = None,
) -> bytes:
    """A4 landscape; groups under headings, the column of levels and of phones where needed."""
    levels = {mandate.level for entry in ordered for mandate in entry.mandates}
    numbered = enumerate(ordered, 1)
    context = {
        "township": township,
        "disclosure": disclosure,
        "title": title_of(township, ordered),
        "order": order.words,
        "day": full_date(scope.day),
        "scope": scope,
        "count": len(ordered),
        "sections": [
            (heading, [(number, entry) for entry, (number, _) in zip(part, numbered, strict=False)])
            for heading, part in sections(ordered, order)
        ],
        "levels": len(levels) > 1,
        "phones": phones,
        "width": 11 + (len(levels) > 1) + phones,
    }
    return render_pdf(render_to_string("groups/papers/roll.html", context))


def boxed_names(listed: Iterable[Entry]) -> list[tuple[str, str]]:
    """(name, its characters that no font has) of who would be printed with an empty box."""
    names = [entry.person.name for entry in listed]
    missing = set(without_font("".join(names)))
    return [
        (name, "、".join(sign for sign in dict.fromkeys(name) if sign in missing))
        for name in names
        if missing & set(name)
    ]
