"""The text of files for the search: what each kind gives, and that no file breaks the upload."""

import io
import struct
import zipfile

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from congress.documents import text as texts
from congress.documents.text import MOST, FileText, Reading, searchable, text_of
from congress.file_kinds import DOC, DOCX, JPEG, PDF, XLS, XLSX
from congress.pdf import render_pdf
from tests.congress import made_files
from tests.printed import document

NOTHING = FileText("", Reading.NONE)
FAILED = FileText("", Reading.FAILED)


def pdf(words="代表小组每季度活动一次。"):
    return render_pdf(document(f"<p>{words}</p>"))


def with_password(data, user, owner="office", algorithm="RC4-128"):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user, owner, algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def docx(*paragraphs):
    file, made = io.BytesIO(), Document()
    for words in paragraphs:
        made.add_paragraph(words)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "接待日", "每月15日"
    made.save(file)
    return file.getvalue()


def xlsx():
    file, made = io.BytesIO(), openpyxl.Workbook()
    made.active.append(["小组", "次数"])
    made.active.append(["第一代表小组", 4])
    made.create_sheet("第二页").append(["=1+1", "述职"])
    made.save(file)
    return file.getvalue()


def doc(*pieces):
    """Word of 1997 to 2003 with a table of pieces, each in one or two bytes a character."""
    main, table, places, at = bytearray(6000), b"", [0], 0x800
    for words, encoding in pieces:
        content = words.encode(encoding)
        main[at : at + len(content)] = content
        where = at if encoding == "utf-16-le" else at * 2 | 0x40000000
        table += struct.pack("<HIH", 0, where, 0)
        places.append(places[-1] + len(words))
        at += len(content)
    pieces_table = struct.pack(f"<{len(places)}I", *places) + table
    grpprl = b"\x01" + struct.pack("<H", 2) + b"\0\0"
    clx = grpprl + b"\x02" + struct.pack("<I", len(pieces_table)) + pieces_table
    main[:12] = struct.pack("<6H", 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x0200)
    main[0x01A2:0x01AA] = struct.pack("<II", 16, len(clx))
    return made_files.compound({"WordDocument": bytes(main), "1Table": bytes(16) + clx})


def test_a_pdf_is_read_as_one_types_it():
    found = text_of(pdf("<br>".join("代表小组每季度活动一次。")), PDF.content_type)

    assert found.reading == Reading.READ
    assert "代表小组每季度活动一次。" in found.text


def test_word_and_excel_are_read_with_their_tables():
    assert text_of(docx("一、活动", "每季度一次。"), DOCX.content_type) == FileText(
        "一、活动每季度一次。接待日每月15日", Reading.READ
    )
    assert text_of(xlsx(), XLSX.content_type) == FileText(
        "小组次数第一代表小组 4 述职", Reading.READ
    )
    made = doc(("关于代表小组活动的意见\r", "utf-16-le"), ("Plan 2020\r", "cp1252"))
    assert text_of(made, DOC.content_type) == FileText(
        "关于代表小组活动的意见 Plan 2020", Reading.READ
    )


def test_what_has_no_text_says_so():
    drawing = "<svg width='9' height='9'><rect width='9' height='9'/></svg>"

    assert text_of(made_files.picture(), JPEG.content_type) == NOTHING
    assert text_of(b"", XLS.content_type) == NOTHING
    assert text_of(render_pdf(document(drawing)), PDF.content_type).text.strip("—1 ") == ""
    assert text_of(with_password(pdf(), "secret"), PDF.content_type) == NOTHING
    assert "代表小组" in text_of(with_password(pdf(), ""), PDF.content_type).text
    assert text_of(with_password(pdf(), "secret", algorithm="AES-256"), PDF.content_type) == NOTHING


@pytest.mark.parametrize("kind", [PDF, DOCX, XLSX, DOC])
def test_damaged_files_fail_quietly(kind):
    whole = {PDF: pdf, DOCX: docx, XLSX: xlsx, DOC: lambda: doc(("意见", "utf-16-le"))}[kind]()

    for data in (b"", b"x" * 5000, whole[: len(whole) // 2], whole[:600]):
        assert text_of(data, kind.content_type) in (FAILED, NOTHING)


def test_a_long_text_is_cut():
    found = text_of(docx("接待" * MOST), DOCX.content_type)

    assert (len(found.text), found.reading) == (MOST, Reading.CUT)


def test_a_bomb_and_an_endless_file_are_given_up(monkeypatch):
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx("一"))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        with new.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(1100):
                part.write(b" " * (1 << 20))

    assert text_of(file.getvalue(), DOCX.content_type) == FAILED
    monkeypatch.setattr(texts, "SECONDS", 0.01)
    assert text_of(pdf(), PDF.content_type) == FAILED


def test_text_is_kept_on_one_line_without_what_nobody_sees():
    assert searchable("代表\n小组 \x00活动\u200b，第 3 次\r\n\t⼈⼤ plan  2020\ud800") == (
        "代表小组活动，第 3 次人大 plan 2020"
    )
    assert searchable('见\x13HYPERLINK "http://x"\x14附件\x15。') == "见附件。"
