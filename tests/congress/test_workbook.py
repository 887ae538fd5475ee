"""A stranger's file is refused in one sentence or read; junk never raises anything else."""

import datetime
import io
import re
import zipfile

import openpyxl
import pytest
from django.conf import settings as project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress import workbook_file
from congress.cells import (
    COUNT,
    DAY,
    LIST,
    MONTH,
    MONTHS,
    TEXT,
    YES_NO,
    Choice,
    Listed,
    WholeNumber,
)
from congress.workbook import MAX_ROWS, Column, Errors, Sheet, WorkbookError, read, write

PEOPLE = Sheet(
    "人员",
    (
        Column("姓名", TEXT, True, "name"),
        Column("生日", DAY, False, "birthday", width=13),
        Column("人数", COUNT, False, "count"),
    ),
)
OLE = workbook_file.OLE_SIGNATURE + bytes(504)


def made(*rows, headings=("姓名", "生日", "人数"), title="人员", change=None):
    """A workbook of one sheet; ``change`` may do more to it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    if change:
        change(book)
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


def taken(file):
    """(values of the rows, errors as text)."""
    errors = Errors()
    rows = read(file, [PEOPLE], errors)["人员"]
    return [list(row.values.values()) for row in rows], [str(error) for error in errors]


def with_part(file, name, change):
    """The same file with the text of one part changed, or a part added."""
    content = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for each in names:
            text = old.read(each)
            new.writestr(each, change(text) if each == name else text)
        if name not in names:
            new.writestr(name, change(b""))
    content.seek(0)
    return content


SHEET = "xl/worksheets/sheet1.xml"


def sheet_data(text):
    """A workbook whose rows under the headings are this XML."""

    def change(content):
        return content.replace(b"</sheetData>", text.encode() + b"</sheetData>")

    return with_part(made(), SHEET, change)


def test_rows_are_read_with_their_number():
    errors = Errors()
    file = made(["甲", datetime.date(2020, 1, 5), 3], [None, None, None], ["乙"])
    rows = read(file, [PEOPLE], errors)["人员"]
    assert [(row.number, row.values) for row in rows] == [
        (2, {"姓名": "甲", "生日": datetime.date(2020, 1, 5), "人数": 3}),
        (4, {"姓名": "乙", "生日": None, "人数": None}),
    ]
    assert errors == []


def test_each_wrong_cell_is_an_error_and_the_row_is_faulty():
    errors = Errors()
    rows = read(made(["甲", "昨天", "三"], [None, None, 1]), [PEOPLE], errors)["人员"]
    assert [row.faulty for row in rows] == [True, True]
    assert [str(error) for error in errors] == [
        "人员 第2行 “生日”（填的是“昨天”）："
        "这里要填日期：用日期格式的单元格，或写成2020-01-15的样子。",
        "人员 第2行 “人数”（填的是“三”）：这里要填整数。",
        "人员 第3行 “姓名”：这一栏必须填写。",
    ]


def test_columns_may_stand_in_another_order():
    assert taken(made([3, "甲"], headings=("人数", "姓名", "生日"))) == ([["甲", None, 3]], [])


def add_sheet(name, state="visible"):
    def change(book):
        book.create_sheet(name).sheet_state = state

    return change


EXTRA = "台账格式中没有，请删去或改正名称。"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (
            made(title="人"),
            ["人员：缺少工作表“人员”，请按台账格式补上。", f"人：多出工作表“人”，{EXTRA}"],
        ),
        (made(change=add_sheet("备注")), [f"备注：多出工作表“备注”，{EXTRA}"]),
        (made(change=add_sheet("WpsReserved", "veryHidden")), []),
        (made(headings=("姓名", "生日")), ["人员 第1行：缺少列“人数”，请按台账格式补上。"]),
        (
            made(headings=("姓名", "生日", "人数", "电话")),
            [f"人员 第1行：多出列“电话”，{EXTRA}"],
        ),
        (
            made(headings=("姓名", "生日", "人数", "人数")),
            ["人员 第1行：列“人数”重复，请删去一个。"],
        ),
        (made(headings=()), ["人员 第1行：第1行没有表头，请按台账格式补上。"]),
        (
            made(["甲", None, None, None, "见附件"]),
            ["人员 第2行（填的是“见附件”）：E列没有表头却有内容，请删去。"],
        ),
    ],
)
def test_what_is_missing_or_too_much_is_named(file, message):
    assert taken(file)[1] == message


def broken_formula(content):
    return content.replace(
        b"</sheetData>",
        '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c>'
        '<c r="C2"><f>1+1</f></c></row></sheetData>'.encode(),
    )


def test_formulas_give_their_cached_value_or_an_error():
    cached = (
        '<row r="2"><c r="A2" t="str"><f>"甲"</f><v>甲</v></c>'
        '<c r="C2"><f>1+1</f><v>2</v></c></row>'
    )
    assert taken(sheet_data(cached)) == ([["甲", None, 2]], [])
    assert taken(with_part(made(), SHEET, broken_formula))[1] == [
        "人员 第2行 “人数”（填的是“=1+1”）："
        "公式没有计算结果。请在Excel中重新计算并保存，或把公式改为数值。"
    ]


def test_error_cells_and_impossible_dates_are_refused(recwarn):
    cells = (
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>甲</t></r><r><t>某</t></r></is></c>'
        '<c r="C2" t="e"><v>#REF!</v></c></row>'
    )
    assert taken(sheet_data(cells)) == (
        [["甲某", None, None]],
        ["人员 第2行 “人数”（填的是“#REF!”）：这里是错误值或无效日期，请改为正确的内容。"],
    )
    far = made(["甲", datetime.date(2020, 1, 5)])
    text = with_part(far, SHEET, lambda content: content.replace(b"<v>43835</v>", b"<v>9e9</v>"))
    assert taken(text)[1] == [
        "人员 第2行 “生日”（填的是“#VALUE!”）：这里是错误值或无效日期，请改为正确的内容。"
    ]
    assert list(recwarn) == []


def test_more_formatted_empty_rows_than_a_sheet_may_hold_are_no_records():
    numbers = range(1_048_577 - MAX_ROWS - 10, 1_048_577)
    rows = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in numbers)
    assert taken(sheet_data(rows)) == ([], [])


def test_a_cell_in_the_last_column_costs_nothing():
    rows = "".join(
        f'<row r="{number}"><c r="XFD{number}" s="1"/></row>' for number in range(2, 5_000)
    )
    assert taken(sheet_data(rows)) == ([], [])


def test_no_more_errors_are_listed_than_one_can_read():
    errors = Errors()
    read(made(*[["甲", "x"]] * 700), [PEOPLE], errors)
    assert (len(errors), errors.left_out) == (500, 200)


def lying_size():
    """A workbook whose directory says that a part is far smaller than what comes out of it."""
    content = made(["甲" * 1000]).getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(SHEET).file_size
    return io.BytesIO(content.replace(size.to_bytes(4, "little"), (9).to_bytes(4, "little")))


def entities(content):
    return content.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "a">]><worksheet', 1)


def locked():
    """Every part marked as encrypted by a password of the archive."""
    content = bytearray(made().getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 4)
    return io.BytesIO(bytes(content))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: io.BytesIO(b""), workbook_file.NOT_A_WORKBOOK),
        (lambda: io.BytesIO("姓名,生日\n".encode()), workbook_file.NOT_A_WORKBOOK),
        (lambda: io.BytesIO(OLE), workbook_file.OLD_FORMAT),
        (lambda: io.BytesIO(OLE + workbook_file.ENCRYPTED_STREAM), workbook_file.ENCRYPTED),
        (locked, workbook_file.ENCRYPTED),
        (lambda: io.BytesIO(bytes(workbook_file.MAX_FILE_BYTES + 1)), workbook_file.TOO_BIG),
        (lying_size, workbook_file.DAMAGED),
        (lambda: with_part(made(), "word/document.xml", lambda _: b"<a/>"), None),
        (lambda: with_part(made(), "xl/vbaProject.bin", lambda _: b"x"), workbook_file.MACROS),
        (lambda: with_part(made(), SHEET, entities), workbook_file.DAMAGED),
        (lambda: with_part(made(), SHEET, lambda text: text[:300]), workbook_file.DAMAGED),
        (lambda: with_part(made(), "xl/workbook.xml", lambda _: b"<a>"), workbook_file.DAMAGED),
        (lambda: io.BytesIO(made().getvalue()[:-30]), workbook_file.DAMAGED),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_sentence(make, sentence):
    if sentence is None:
        assert taken(make()) == ([], [])
    else:
        with pytest.raises(WorkbookError) as raised:
            taken(make())
        assert str(raised.value) == sentence


def test_a_file_that_unpacks_to_too_much(monkeypatch):
    assert workbook_file.MAX_UNPACKED_BYTES == 200 * 1024 * 1024
    monkeypatch.setattr(workbook_file, "MAX_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(WorkbookError) as raised:
        taken(with_part(made(), "xl/media/image1.png", lambda _: bytes(1_000_000)))
    assert str(raised.value).startswith("文件解压后超过")


def test_an_archive_that_is_no_workbook():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    content.seek(0)
    with pytest.raises(WorkbookError, match="这不是Excel工作簿"):
        taken(content)


def sentence_about(file):
    try:
        taken(file)
    except WorkbookError as error:
        return str(error)
    return "可以读取。"


FAST = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@FAST
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", OLE]))
def test_junk_is_refused(junk, head):
    with pytest.raises(WorkbookError):
        taken(io.BytesIO(head + junk))


ORIGINAL = made(["甲", datetime.date(2020, 1, 5), 3], ["乙", "2020-02-01", 4]).getvalue()


@FAST
@given(st.lists(st.tuples(st.integers(0, len(ORIGINAL) - 1), st.integers(0, 255)), max_size=8))
def test_a_workbook_with_broken_bytes_is_read_or_refused(changes):
    content = bytearray(ORIGINAL)
    for place, value in changes:
        content[place] = value
    assert sentence_about(io.BytesIO(bytes(content))).endswith("。")


@FAST
@given(st.text(alphabet='<>/"= rcvtf1A#&;:xs', max_size=80))
def test_a_sheet_of_junk_is_read_or_refused(junk):
    assert sentence_about(sheet_data(junk)) in ("可以读取。", workbook_file.DAMAGED)


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
KINDS = (TEXT, COUNT, DAY, MONTH, MONTHS, LIST, YES_NO, WholeNumber(1, 12))


@FAST
@given(CELLS.filter(lambda cell: cell is not None and cell != ""), st.sampled_from(KINDS))
def test_every_kind_of_cell_is_read_or_refused_with_a_sentence(cell, kind):
    value, sentence = None, "。"
    try:
        value = kind.read(cell)
    except ValueError as error:
        sentence = str(error)
    assert sentence.endswith("。")
    written = None if value is None else kind.write(value)
    assert written is None or kind.read(written) == value


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (TEXT, 13900001001, "13900001001"),
        (TEXT, 13900001001.0, "13900001001"),
        (TEXT, "  两行\n文字 ", "两行\n文字"),
        (TEXT, datetime.datetime(2020, 1, 5), "2020-01-05"),
        (COUNT, "１２", 12),
        (COUNT, 3.0, 3),
        (COUNT, "3.0", 3),
        (DAY, datetime.datetime(2020, 1, 5, 13, 30), datetime.date(2020, 1, 5)),
        (DAY, "２０２０-０１-０５", datetime.date(2020, 1, 5)),
        (DAY, "2020年1月5日", datetime.date(2020, 1, 5)),
        (DAY, "2020/1/5", datetime.date(2020, 1, 5)),
        (MONTH, "1975-03", datetime.date(1975, 3, 1)),
        (MONTH, datetime.datetime(1975, 3, 17), datetime.date(1975, 3, 1)),
        (MONTHS, 10, (10, 10)),
        (MONTHS, "3-12", (3, 12)),
        (MONTHS, "３－１２", (3, 12)),
        (LIST, "甲、 乙 、丙、", ("甲", "乙", "丙")),
        (YES_NO, " 否 ", False),
        (Choice((("a", "甲"),)), "甲", "a"),
    ],
)
def test_cells_as_people_fill_them(kind, cell, value):
    assert kind.read(cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "sentence"),
    [
        (COUNT, 1.5, "这里要填整数。"),
        (COUNT, True, "这里要填整数。"),
        (COUNT, 10**10, "这里要填不大于999999999的整数。"),
        (DAY, 43835, "这里要填日期：用日期格式的单元格，或写成2020-01-15的样子。"),
        (DAY, "2020-02-30", "没有这一天，请核对年、月、日。"),
        (DAY, "1020-02-20", "没有这一天，请核对年、月、日。"),
        (MONTH, "1975-13", "这里要填年月：写成1975-03的样子。"),
        (Listed(), "、", "这里至少填一项，各项以“、”分隔。"),
        (LIST, "甲、甲", "“甲”写了两次，请删去一个。"),
        (TEXT, "长" * 30_001, "文字超过30000字，请缩短。"),
    ],
)
def test_cells_that_cannot_be_understood(kind, cell, sentence):
    with pytest.raises(ValueError, match=r"。$") as raised:
        kind.read(cell)
    assert str(raised.value) == sentence


def test_what_is_written_is_read_again_as_text_dates_and_numbers():
    rows = [
        ["=1+1", datetime.date(2020, 1, 5), 3],
        ["+5", None, None],
        ["-5", None, 0],
        ["@甲", None, None],
        ["两行\n文字\x0b", None, None],
        ["𬱖㛃䶮", None, None],
    ]
    content = io.BytesIO()
    write(content, [(PEOPLE, rows)])
    content.seek(0)
    values, errors = taken(content)
    rows[4][0] = "两行\n文字"
    assert (values, errors) == (rows, [])
    sheet = openpyxl.load_workbook(content)["人员"]
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 7
    assert (sheet.freeze_panes, sheet.column_dimensions["B"].width) == ("A2", 13)
    assert sheet["B2"].number_format == "yyyy-mm-dd"


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@settings(max_examples=40, deadline=None)
@given(
    start=st.sampled_from([*FORMULA_STARTS, "\x00=", "\t="]),
    rest=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=20),
)
def test_no_text_becomes_a_formula_and_all_of_it_comes_back(start, rest):
    """One writer makes all workbooks, see the next test; headings may hold names too."""
    typed = f"{start}{rest}1"
    sheet = Sheet("人员", (Column("姓名"), Column(f"{start}1"), Column("人数", COUNT)))
    file = io.BytesIO()
    write(file, [(sheet, [(typed, typed, 5)])])
    headings, (first, second, number) = openpyxl.load_workbook(file).active.rows
    texts = [*headings, first, second]

    assert {cell.data_type for cell in texts} == {"s"}
    assert [cell.quotePrefix for cell in texts] == [False, True, False, True, True]
    assert (number.data_type, number.value) == ("n", 5)
    named = Sheet("人员", (Column("姓名"), Column("人数", COUNT)))
    write(file := io.BytesIO(), [(named, [(typed, 5)])])
    [row] = read(file, [named], Errors())["人员"]
    assert row["姓名"] == typed.replace("\x00", "").strip()


def test_one_file_writes_workbooks():
    """What is held here of its text is then held of all exports."""
    rooms = ("congress", "delegates", "groups", "voters", "reports")
    writing = re.compile(r"\bWorkbook\(|import csv|\.save_virtual|xlsxwriter|to_csv")
    found = [
        path.relative_to(project.BASE_DIR).as_posix()
        for room in rooms
        for path in (project.BASE_DIR / room).rglob("*.py")
        if writing.search(path.read_text())
    ]

    assert found == ["congress/workbook.py"]
