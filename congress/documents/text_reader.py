"""Run as a program of its own: a file on standard input, its text on standard output, in UTF-8.

``python text_reader.py pdf|docx|xlsx|doc MOST`` writes at most MOST characters. A stranger's file
may fill the memory or never end, so that the program limits itself and whoever starts it waits for
a while only (``text``). Exit code 3: the file has no text, a scan or one with a password.
"""

import io
import logging
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

MEMORY = 1 << 30
CPU_SECONDS = 20
NO_TEXT = 3


class NoTextError(Exception):
    """There is none, by the nature of the file."""


def pdf(data: bytes) -> Iterator[str]:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoTextError
    except pypdf.errors.DependencyError as error:  # AES, for which pypdf asks another library
        raise NoTextError from error
    for page in reader.pages:
        yield page.extract_text()
        yield "\n"


def docx(data: bytes) -> Iterator[str]:
    """Paragraphs of text, tables and text boxes alike, in their order."""
    from docx import Document
    from docx.oxml.ns import qn

    body = Document(io.BytesIO(data)).element.body
    for node in body.iter(qn("w:t"), qn("w:p"), qn("w:tab"), qn("w:br")):
        yield node.text or "" if node.tag == qn("w:t") else "\n"


def xlsx(data: bytes) -> Iterator[str]:
    import openpyxl

    workbook = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            for value in row:
                if value is not None:
                    yield str(value)
                    yield "\n"


def doc(data: bytes) -> Iterator[str]:
    """Word up to 2003: the pieces of the text in their order ([MS-DOC] 2.4.1)."""
    import struct

    sys.path.append(str(Path(__file__).parent.parent))
    from compound_file import CompoundFile

    file = CompoundFile(data)
    main = file.stream("worddocument")
    (flags,) = struct.unpack_from("<H", main, 10)
    table = file.stream("1table" if flags & 0x0200 else "0table")
    at, length = struct.unpack_from("<II", main, 0x01A2)
    end = at + length
    while table[at] == 1:  # formatting, before the table of pieces
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    count = (min(end, len(table)) - at - 5 - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    for number in range(count):
        (where,) = struct.unpack_from("<I", table, at + 5 + 4 * (count + 1) + 8 * number + 2)
        size = places[number + 1] - places[number]
        if where & 0x40000000:
            start = (where & 0x3FFFFFFF) // 2
            yield main[start : start + size].decode("cp1252", "replace")
        else:
            yield main[where : where + 2 * size].decode("utf-16-le", "replace")


READERS = {"pdf": pdf, "docx": docx, "xlsx": xlsx, "doc": doc}


def main(kind: str, most: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    logging.disable()
    written = 0
    for piece in READERS[kind](sys.stdin.buffer.read()):
        taken = piece[: most - written]
        sys.stdout.buffer.write(taken.encode("utf-8", "replace"))
        written += len(taken)
        if written >= most:
            return


if __name__ == "__main__":
    try:
        main(sys.argv[1], int(sys.argv[2]))
    except NoTextError:
        sys.exit(NO_TEXT)
    except Exception:  # files of strangers fail in too many ways to list them
        sys.exit(1)
