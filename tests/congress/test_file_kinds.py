"""The content alone tells the kind; what must not be opened is refused, and junk raises no more."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from congress import file_kinds
from congress.compound_file import CompoundFile
from congress.file_kinds import (
    DAMAGED,
    DAMAGED_PICTURE,
    ENCRYPTED,
    MACROS,
    TOO_MANY_PIXELS,
    UNKNOWN,
    UNPACKS_TOO_BIG,
    FileRefused,
    detect,
)
from tests.congress import made_files as made

FORMS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
examples = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def told(data):
    """The suffix of an accepted file, or the sentence that refuses it."""
    try:
        return detect(data).suffix
    except FileRefused as refusal:
        return str(refusal)


def test_what_offices_send_is_known():
    long_book = made.book_stream(made.sheet_record(), size=9000)
    sent = [
        *(made.picture(form) for form in FORMS),
        made.picture("JPEG", progressive=True),
        made.PDF,
        made.package(),
        made.xlsx(),
        made.doc(),
        made.xls(),
        made.xls(name="Book"),
        made.compound({"Workbook": long_book}),
    ]

    assert [told(data) for data in sent] == [
        *FORMS.values(),
        ".jpg",
        ".pdf",
        ".docx",
        ".xlsx",
        ".doc",
        ".xls",
        ".xls",
        ".xls",
    ]


def test_what_is_none_of_the_kinds_is_refused():
    sent = {
        "html": made.HTML,
        "svg": made.SVG,
        "exe": made.EXE,
        "nothing": b"",
        "js": b"alert(1)",
        "shell": b"#!/bin/sh\n",
        "rtf": b"{\\rtf1 }",
        "bmp": b"BM" + bytes(100),
        "tiff": b"II*\0" + bytes(100),
        "avi": b"RIFF" + bytes(4) + b"AVI ",
        "heic": b"\0\0\0\x18ftypheic" + bytes(100),
        "pptx": made.package(made.content_types(word_document=made.PPTX_MAIN)),
        "xlsx without its part": made.package(made.content_types(xl_workbook=made.XLSX_MAIN)),
        "package of nothing": made.package(made.content_types()),
        "ppt": made.compound({"PowerPoint Document": bytes(5000)}),
    }

    assert {name: told(data) for name, data in sent.items()} == dict.fromkeys(sent, UNKNOWN)


def test_a_bare_archive_is_no_document():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")

    assert told(content.getvalue()) == UNKNOWN


def test_what_begins_as_another_file_is_refused():
    assert [
        told(b"<script>alert(1)</script>" + made.PDF),
        told(b"\n" + made.PDF),
        told(made.EXE + made.package()),
        told(made.EXE + made.picture()),
    ] == [UNKNOWN] * 4


@pytest.mark.parametrize("forgiving", [False, True])
@pytest.mark.parametrize("form", FORMS)
def test_a_picture_cut_short_is_told(form, forgiving, monkeypatch):
    """Also where Pillow has been told to forgive, as WeasyPrint tells it for its papers."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", forgiving)
    data = made.picture(form)

    assert [told(data[:length]) for length in (len(data) // 2, len(data) - 20)] == [
        DAMAGED_PICTURE,
        DAMAGED_PICTURE,
    ]


def test_the_beginning_of_a_picture_is_no_picture():
    screen = struct.pack("<HHBBB", 20, 20, 0, 0, 0)

    assert [
        told(b"\xff\xd8\xff" + made.HTML),
        told(b"\x89PNG\r\n\x1a\n" + made.HTML),
        told(b"GIF89a" + screen + made.HTML),
        told(b"GIF89a" + made.HTML),
        told(b"RIFF\x40\0\0\0WEBPVP8 " + made.HTML),
        told(b"\xff\xd8\xff\xe0"),
        told(b"GIF89a"),
    ] == [DAMAGED_PICTURE] * 7


def test_a_photograph_may_carry_its_film_and_its_small_picture():
    small = made.picture(size=(8, 6))
    exif = b"\xff\xe1" + struct.pack(">H", len(small) + 8) + b"Exif\0\0" + small
    photo = made.picture()
    whole = photo[:2] + exif + photo[2:] + b"\0\0\0\x18ftypmp42\xff\xda" + bytes(100)

    assert told(whole) == ".jpg"
    assert told(photo[:2] + exif + photo[2:-2]) == DAMAGED_PICTURE


@pytest.mark.parametrize("form", FORMS)
def test_too_many_pixels_are_refused(form, monkeypatch):
    data = made.picture(form)
    monkeypatch.setattr(file_kinds, "MAX_PIXELS", 40 * 30 - 1)

    assert told(data) == TOO_MANY_PIXELS


def test_pictures_of_any_declared_size_are_refused_unopened():
    sizes = [(8200, 8000), (12_000, 12_000), (60_000, 60_000)]
    start = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
    data = made.picture("PNG")

    assert [
        told(_with_checksum(start + struct.pack(">II", *size) + data[24:29]) + data[33:])
        for size in sizes
    ] == [TOO_MANY_PIXELS] * 3


def _with_checksum(start):
    return start + struct.pack(">I", zlib.crc32(start[12:]))


def test_no_picture_is_drawn(monkeypatch):
    """A hundred bytes of WebP would fill a gigabyte."""
    content = io.BytesIO()
    Image.new("RGB", (4000, 4000)).save(content, "WEBP", lossless=True, method=0)
    pictures = [content.getvalue(), *(made.picture(form) for form in FORMS)]
    for drawing in ("Image.Image", "ImageFile.ImageFile", "WebPImagePlugin.WebPImageFile"):
        monkeypatch.setattr(f"PIL.{drawing}.load", None)

    assert len(content.getvalue()) < 100
    assert [told(data) for data in pictures] == [".webp", *FORMS.values()]


def test_a_pdf_without_its_end_is_damaged():
    assert told(made.PDF[:-6]) == DAMAGED
    assert told(made.PDF + bytes(2000)) == DAMAGED


def test_passwords_are_told():
    locked = made.compound({"EncryptionInfo": bytes(300), "EncryptedPackage": bytes(6000)})

    def lock(parts):
        parts[1].flag_bits |= 1

    assert [
        told(locked),
        told(made.doc(flags=0x0100)),
        told(made.xls(made.record(0x002F, bytes(6)))),
        told(made.xls(made.record(0x0086), made.record(0x002F, bytes(6)))),
        told(made.package(change=lock)),
    ] == [ENCRYPTED] * 5


def test_macros_are_told():
    word = made.content_types(word_document=made.DOCX_MAIN)
    listed = word.replace(
        "</Types>",
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
    )

    assert [
        told(made.package(made.content_types(word_document=made.DOCM_MAIN))),
        told(made.package(made.content_types(xl_workbook=made.XLSM_MAIN))),
        told(made.package(listed)),
        told(made.package(**{"word/vbaProject.bin": b"VBA"})),
        told(made.package(**{"word/VBAPROJECT.BIN": b"VBA"})),
        told(made.doc(storages=["Macros"])),
        told(made.xls(storages=["_VBA_PROJECT_CUR"])),
        told(made.xls(made.sheet_record(), made.sheet_record(kind=1))),
    ] == [MACROS] * 8


def test_archives_that_swell_are_refused_by_what_they_declare():
    def swell(parts):
        parts[1].file_size = file_kinds.MAX_UNPACKED_BYTES

    def long_listing(parts):
        parts[0].file_size = file_kinds.MAX_CONTENT_TYPES_BYTES + 1

    many = {f"word/{number}.xml": b"" for number in range(file_kinds.MAX_PARTS)}

    assert [
        told(made.package(change=swell)),
        told(made.package(change=long_listing)),
        told(made.package(**many)),
    ] == [UNPACKS_TOO_BIG] * 3


def test_damaged_and_ambiguous_packages_are_refused():
    whole = made.package()
    entity = '<!DOCTYPE Types [<!ENTITY a "a">]>'
    listing = made.content_types(word_document=made.DOCX_MAIN)

    assert [
        told(whole[:-30]),
        told(whole[: len(whole) // 2]),
        told(made.package("no listing")),
        told(made.package(listing.replace("<Types", f"{entity}<Types"))),
        told(
            made.package(
                listing.replace("UTF-8", "UTF-16")
                .replace("<Types", f"{entity}<Types")
                .encode("utf-16")
            )
        ),
        told(made.package(**{"WORD/document.xml": b"another"})),
    ] == [DAMAGED] * 6


def test_a_package_in_another_writing_is_read():
    listing = made.content_types(word_document=made.DOCX_MAIN).replace("UTF-8", "UTF-16")

    assert told(made.package(listing.encode("utf-16"))) == ".docx"


def test_both_word_and_excel_is_neither():
    both = made.content_types(word_document=made.DOCX_MAIN, xl_workbook=made.XLSX_MAIN)

    assert told(made.package(both, **{"xl/workbook.xml": b""})) == UNKNOWN


def test_old_documents_that_say_nothing_are_damaged():
    assert [
        told(made.compound({"WordDocument": bytes(5000)})),
        told(made.compound({"WordDocument": b""})),
        told(made.compound({"Workbook": bytes(5000)})),
        told(made.compound({"Workbook": made.book_stream()[:-4]})),
        told(made.doc()[:600]),
        told(made.doc()[:9]),
        told(made.doc().replace(b"\x09\x00\x06\x00", b"\x20\x00\x06\x00", 1)),
    ] == [DAMAGED] * 7


def test_an_embedded_workbook_does_not_hide_the_document():
    data = made.compound({"WordDocument": made.word_stream(), "Workbook": made.book_stream()})

    assert told(data) == ".doc"


def test_streams_of_both_sizes_are_read_whole():
    long, short = bytes(range(256)) * 300, bytes(range(200))
    file = CompoundFile(made.compound({"Long": long, "Short": short, "Shorter": b"end"}, ["Box"]))

    assert [file.stream(name) for name in ("long", "short", "shorter")] == [long, short, b"end"]
    assert file.names == {"long", "short", "shorter", "box"}


def test_tables_in_circles_end():
    """The list of tables that follows itself; a chain and a directory that do."""
    numbers = [0] * 127 + [1]
    lists = struct.pack("<128I", *[made.TABLE] * 128) + struct.pack("<128I", *numbers)
    header = made.compound_header(
        200_000, 2, made.END_OF_CHAIN, 0, [0] * 109, further=1, n=(200_000 - 109) // 127
    )
    endless_chain = struct.pack("<128I", *range(1, 128), 0)
    whole = made.doc()
    table = whole[-512:]

    assert [
        told(header + lists + bytes(512)),
        told(whole.replace(table, endless_chain)),
        told(whole.replace(table, bytes(512))),
    ] == [UNKNOWN, DAMAGED, DAMAGED]


@examples
@given(
    st.sampled_from(
        [made.picture(form) for form in FORMS]
        + [made.PDF, made.package(), made.xlsx(), made.doc(), made.xls()]
    ),
    st.lists(st.tuples(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=4)), max_size=8),
    st.integers(0, 1 << 16),
)
def test_junk_is_known_or_refused_in_a_sentence(data, changes, cut):
    junk = bytearray(data)
    for place, content in changes:
        at = place % len(junk)
        junk[at : at + len(content)] = content
    if cut % 2:
        del junk[cut % len(junk) :]

    assert told(bytes(junk))


@examples
@given(st.binary(max_size=3000))
def test_any_bytes_behind_a_signature_are_told(tail):
    starts = [
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"PK\x03\x04",
        made.doc()[:76],
        made.doc()[:512],
    ]

    assert {told(start + tail)[-1] for start in starts} == {"。"}
