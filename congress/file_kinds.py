"""What a file is, told from its content alone: neither its name nor the browser is believed.

No picture is drawn, and of an archive one small part is unpacked: 36 bytes of WebP fill a gigabyte
when drawn. filetype and puremagic were weighed and left: they tell Word and Excel from other
archives and compound files by guess, and know neither macros nor passwords.
"""

import io
import struct
import warnings
import zipfile
from dataclasses import dataclass
from xml.parsers import expat

from PIL import Image

from .compound_file import SIGNATURE as COMPOUND
from .compound_file import CompoundFile
from .workbook_file import MAX_PARTS, MAX_UNPACKED_BYTES

MAX_PIXELS = 65_000_000
MAX_CONTENT_TYPES_BYTES = 1 << 20
#: Readers look for the end of a PDF in this many last bytes.
PDF_TAIL = 1024

ACCEPTED = "图片（JPEG、PNG、WebP、GIF）、PDF、Word和Excel文件"
UNKNOWN = f"不接收这种文件。可以上传{ACCEPTED}。"
DAMAGED = "文件已损坏或不完整，打不开。请重新保存后再上传。"
DAMAGED_PICTURE = "图片已损坏或不完整，打不开。请重新拍照或重新保存后再上传。"
TOO_MANY_PIXELS = "图片超过6500万像素，不予接收。请缩小后再上传。"
ENCRYPTED = "文件加了打开密码，无法查看。请取消密码、重新保存后再上传。"
MACROS = "文件含有宏，不予接收。请另存为不含宏的文件（.docx或.xlsx）后再上传。"
UNPACKS_TOO_BIG = "文件解压后超过200MB，不予接收。请删去多余的内容后再上传。"


class FileRefused(Exception):
    """The file is not accepted; its text is the one sentence for the user."""


class UnknownKind(FileRefused):
    """The content is of none of the accepted kinds."""


@dataclass(frozen=True)
class Kind:
    suffix: str
    content_type: str
    #: Other suffixes under which such files go about.
    also: tuple[str, ...] = ()


JPEG = Kind(".jpg", "image/jpeg", (".jpeg", ".jpe", ".jfif"))
PNG = Kind(".png", "image/png")
WEBP = Kind(".webp", "image/webp")
GIF = Kind(".gif", "image/gif")
PDF = Kind(".pdf", "application/pdf")
DOC = Kind(".doc", "application/msword")
DOCX = Kind(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
XLS = Kind(".xls", "application/vnd.ms-excel")
XLSX = Kind(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
KINDS = (JPEG, PNG, WEBP, GIF, PDF, DOC, DOCX, XLS, XLSX)
BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in (kind.suffix, *kind.also)}

#: The type of the main part, ECMA-376 part 1, 11.3.10 and 12.3.23.
MAIN_PARTS = {f"{kind.content_type}.main+xml": kind for kind in (DOCX, XLSX)}
#: Storages of VBA, [MS-OVBA] 2.2.1, in the document itself or in one embedded in it.
MACRO_STORAGES = {"macros", "_vba_project_cur", "vba", "_vba_project"}

# Records of a workbook, [MS-XLS] 2.4; sheets of these kinds hold macros.
BEGIN, END, PASSWORD, SHEET = {0x0009, 0x0209, 0x0409, 0x0809}, 0x000A, 0x002F, 0x0085
MACRO_SHEETS = {1, 6}
# Versions of Word's file information block, [MS-DOC] 2.5.1, and its flag of a password.
WORD_VERSIONS, WORD_PASSWORD = {0xA5DC, 0xA5EC}, 0x0100


def detect(data: bytes) -> Kind:
    """The kind of a file. Raises ``FileRefused`` for what is not accepted."""
    for start, kind in (
        (b"\xff\xd8\xff", JPEG),
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"GIF87a", GIF),
        (b"GIF89a", GIF),
    ):
        if data.startswith(start):
            return _picture(data, kind)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _picture(data, WEBP)
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _checked(_package, data)
    if data.startswith(COMPOUND):
        return _checked(_compound, data)
    raise UnknownKind(UNKNOWN)


def _checked(check, data: bytes) -> Kind:
    try:
        return check(data)
    except FileRefused:
        raise
    except Exception as error:  # files of strangers fail in too many ways to list them
        raise FileRefused(DAMAGED) from error


def _picture(data: bytes, kind: Kind) -> Kind:
    # How many pixels are too many is said below; Pillow's own warning would only fill the log.
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP", "GIF"]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileRefused(TOO_MANY_PIXELS)
            if kind is JPEG:
                _check_end_of_jpeg(data)
            elif kind is GIF:
                _check_end_of_gif(data, image.tile[0].offset)
            else:
                image.verify()
    except FileRefused:
        raise
    except Image.DecompressionBombError as error:
        raise FileRefused(TOO_MANY_PIXELS) from error
    except Exception as error:
        raise FileRefused(DAMAGED_PICTURE) from error
    return kind


def _check_end_of_jpeg(data: bytes):
    """Behind the first scan comes an end: within a scan these two bytes never stand together.

    Not drawn to find out, as a few bytes a scan make a file of any number of them.
    """
    at = 2
    while data[at : at + 2] != b"\xff\xda":
        if data[at] != 0xFF or data[at + 1] in (0x00, 0xFF):
            at += 1  # padding
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            at += 2 + length
    if b"\xff\xd9" not in data[at:]:
        raise FileRefused(DAMAGED_PICTURE)


def _check_end_of_gif(data: bytes, at: int):
    """The blocks of the first picture end with an empty one.

    Nor is this drawn: WeasyPrint has Pillow fill up whatever picture is cut short.
    """
    while data[at]:
        at += 1 + data[at]


def _pdf(data: bytes) -> Kind:
    """A PDF may ask for a password: many only forbid printing and open without one."""
    if b"%%EOF" not in data[-PDF_TAIL:]:
        raise FileRefused(DAMAGED)
    return PDF


def _package(data: bytes) -> Kind:
    """Word or Excel of today: a ZIP that says of itself what its parts are (ECMA-376 part 2)."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = {part.filename.lower(): part for part in archive.infolist()}
    declared = sum(part.file_size for part in archive.infolist())
    if "[content_types].xml" not in parts:
        raise UnknownKind(UNKNOWN)
    if len(archive.infolist()) > MAX_PARTS or declared > MAX_UNPACKED_BYTES:
        raise FileRefused(UNPACKS_TOO_BIG)
    if any(part.flag_bits & 1 for part in parts.values()):
        raise FileRefused(ENCRYPTED)
    # Of two parts of one name each reader takes another.
    if len(parts) != len(archive.infolist()):
        raise FileRefused(DAMAGED)
    listing = parts["[content_types].xml"]
    if listing.file_size > MAX_CONTENT_TYPES_BYTES:
        raise FileRefused(UNPACKS_TOO_BIG)
    types = _content_types(archive.read(listing))
    # macroEnabled, macrosheet, vbaProject
    if any("macro" in kind or "vbaproject" in kind for _, kind in types) or any(
        name.endswith("vbaproject.bin") for name in parts
    ):
        raise FileRefused(MACROS)
    kinds = {MAIN_PARTS[kind] for name, kind in types if kind in MAIN_PARTS and name in parts}
    if len(kinds) != 1:
        raise UnknownKind(UNKNOWN)
    return kinds.pop()


def _content_types(listing: bytes) -> list[tuple[str, str]]:
    """Part and type of each line, in lower case; lines for a suffix have no part."""
    types = []

    def line(_, attributes):
        part = attributes.get("PartName", "").removeprefix("/").lower()
        types.append((part, attributes.get("ContentType", "").lower()))

    def entities(*_):
        raise FileRefused(DAMAGED)

    parser = expat.ParserCreate()
    parser.StartElementHandler = line
    parser.StartDoctypeDeclHandler = entities
    parser.Parse(listing, True)
    return types


def _compound(data: bytes) -> Kind:
    """Word or Excel up to 2003, or any Office file with a password ([MS-OFFCRYPTO] 1.3.2)."""
    file = CompoundFile(data)
    if "encryptedpackage" in file.root:
        raise FileRefused(ENCRYPTED)
    workbook = next((name for name in ("workbook", "book") if name in file.root), None)
    if "worddocument" in file.root:
        _check_document(file.stream("worddocument"))
    elif workbook:
        _check_workbook(file.stream(workbook))
    else:
        raise UnknownKind(UNKNOWN)
    if file.names & MACRO_STORAGES:
        raise FileRefused(MACROS)
    return DOC if "worddocument" in file.root else XLS


def _check_document(stream: bytes):
    version, _, _, _, _, flags = struct.unpack_from("<6H", stream)
    if version not in WORD_VERSIONS:
        raise FileRefused(DAMAGED)
    if flags & WORD_PASSWORD:
        raise FileRefused(ENCRYPTED)


def _check_workbook(stream: bytes):
    at = 0
    while True:
        number, length = struct.unpack_from("<HH", stream, at)
        if at == 0 and number not in BEGIN:
            raise FileRefused(DAMAGED)
        if number == PASSWORD:
            raise FileRefused(ENCRYPTED)
        if number == SHEET and stream[at + 9] in MACRO_SHEETS:
            raise FileRefused(MACROS)
        if number == END:
            return
        at += 4 + length
