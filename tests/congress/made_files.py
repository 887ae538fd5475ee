"""Files as offices send them, and as nobody should: built byte by byte where no library does."""

import io
import random
import struct
import zipfile

import openpyxl
from PIL import Image

DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCM_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
XLSM_MAIN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PPTX_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
END_OF_CHAIN, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR = 512

PDF = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00\x03" + bytes(200)


def picture(form="JPEG", size=(40, 30), **options):
    content = io.BytesIO()
    grain = random.Random(0).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, grain).save(content, form, **options)
    return content.getvalue()


def xlsx():
    content = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["姓名", "人数"])
    book.save(content)
    return content.getvalue()


def content_types(**parts):
    """The listing of a package: ``word_document`` stands for word/document.xml."""
    overrides = "".join(
        f'<Override PartName="/{name.replace("_", "/")}.xml" ContentType="{kind}"/>'
        for name, kind in parts.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def package(listing=None, *, change=None, **more):
    """A Word document, or what ``listing`` and ``more`` parts make of it.

    ``change`` may alter the archive's directory before it is written.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        listing = content_types(word_document=DOCX_MAIN) if listing is None else listing
        archive.writestr("[Content_Types].xml", listing)
        archive.writestr("word/document.xml", "<w:document/>")
        for name, text in more.items():
            archive.writestr(name, text)
        if change:
            change(archive.filelist)
    return content.getvalue()


def compound(streams, storages=()):
    """A compound file with these streams at the top, each small one in mini sectors."""
    sectors, table = [], []

    def put(content):
        first = len(sectors)
        for start in range(0, len(content), SECTOR):
            sectors.append(content[start : start + SECTOR].ljust(SECTOR, b"\0"))
            table.append(len(sectors))
        table[-1] = END_OF_CHAIN
        return first

    mini_stream, mini_table, entries = b"", [], []
    for name, content in streams.items():
        if len(content) >= 4096:
            start = put(content)
        else:
            start = len(mini_table)
            count = -(-len(content) // 64)
            mini_table += [*range(start + 1, start + count), END_OF_CHAIN]
            mini_stream += content.ljust(count * 64, b"\0")
        entries.append((name, 2, start, len(content)))
    entries += [(name, 1, 0, 0) for name in storages]
    mini_start, mini_table_start = END_OF_CHAIN, END_OF_CHAIN
    if mini_stream:
        mini_start = put(mini_stream)
        free = [FREE] * (128 - len(mini_table))
        mini_table_start = put(struct.pack("<128I", *mini_table, *free))
    directory = _entry("Root Entry", 5, FREE, 1, mini_start, len(mini_stream))
    for number, (name, kind, start, size) in enumerate(entries, 1):
        right = number + 1 if number < len(entries) else FREE
        directory += _entry(name, kind, right, FREE, start, size)
    directory_start = put(directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0"))
    tables = -(-(len(sectors) + 1) // 127)
    numbers = [*table, *[TABLE] * tables]
    numbers += [FREE] * (tables * 128 - len(numbers))
    places = [*range(len(sectors), len(sectors) + tables), *[FREE] * (109 - tables)]
    header = compound_header(tables, directory_start, mini_table_start, bool(mini_stream), places)
    return header + b"".join(sectors) + struct.pack(f"<{len(numbers)}I", *numbers)


def compound_header(tables, directory, mini_table, mini_tables, places, further=END_OF_CHAIN, n=0):
    return struct.pack(
        "<8s16sHHHHH6xIIIIIIIII109I",
        bytes.fromhex("D0CF11E0A1B11AE1"),
        bytes(16),
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, directory, 0, 4096, mini_table, mini_tables, further, n),
        *places,
    )


def _entry(name, kind, right, child, start, size):
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIII",
        *(text, len(text) + 2, kind, 1),
        *(FREE, right, child, start, size, 0),
    )


def word_stream(flags=0, size=5000):
    """The beginning of a Word document of 1997 to 2003, and nothing."""
    return struct.pack("<6H", 0xA5EC, 0x00C1, 0, 0x0804, 0, flags).ljust(size, b"\0")


def record(number, content=b""):
    return struct.pack("<HH", number, len(content)) + content


def sheet_record(kind=0):
    return record(0x0085, struct.pack("<IBBBB", 0, 0, kind, 1, 0) + b"A")


def book_stream(*records, size=0):
    beginning = record(0x0809, struct.pack("<8H", 0x0600, 5, 0, 0, 0, 0, 0, 0))
    return (beginning + b"".join(records) + record(0x000A)).ljust(size, b"\0")


def doc(flags=0, storages=()):
    return compound({"WordDocument": word_stream(flags), "1Table": bytes(5000)}, storages)


def xls(*records, storages=(), name="Workbook"):
    return compound({name: book_stream(*(records or [sheet_record()]))}, storages)
