"""Many PDFs bound into one on the disc: with bookmarks, and without keeping them in memory.

    with path.open("wb") as file:
        book = PdfBook(file)
        for part in parts:
            book.append(part)
        book.close(front=contents, title="…")

Each part is written as soon as it is appended; of it only the places of its objects are kept, so
that a book of many parts takes no more memory than one of few. Written by ISO 32000-1, 7.5.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

_CATALOG, _PAGES, _OUTLINES, _INFO = 1, 2, 3, 4


@dataclass(frozen=True)
class Bookmark:
    title: str
    #: In the book without its front, from 1.
    page: int


class PdfBook:
    """Objects 1 to 4 come last: all others are written before it is known how many there are."""

    def __init__(self, file: BinaryIO):
        self.bookmarks: list[Bookmark] = []
        self._file = file
        self._places: dict[int, int] = {}
        self._last = _INFO
        self._pages: list[int] = []
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    @property
    def pages(self) -> int:
        return len(self._pages)

    def append(self, part: bytes) -> None:
        """Add the pages of a PDF; its outermost bookmarks are those of the book."""
        reader = PdfReader(io.BytesIO(part))
        before = self.pages
        self._pages += self._write_pages(reader)
        for mark in reader.outline:
            # Bookmarks within bookmarks are lists.
            if not isinstance(mark, list):
                page = before + reader.get_destination_page_number(mark) + 1
                self.bookmarks.append(Bookmark(str(mark.title), page))

    def close(self, front: bytes, title: str) -> None:
        """Put the pages of ``front`` before all others and write what holds the book together."""
        leading = list(self._write_pages(PdfReader(io.BytesIO(front))))
        kids = [_reference(number) for number in (*leading, *self._pages)]
        self._write(
            _PAGES,
            _dictionary(
                Type=NameObject("/Pages"), Kids=ArrayObject(kids), Count=NumberObject(len(kids))
            ),
        )
        self._write_outlines()
        labels = [
            *(NumberObject(0), _dictionary(S=NameObject("/r"))),
            *(NumberObject(len(leading)), _dictionary(S=NameObject("/D"))),
        ]
        self._write(
            _CATALOG,
            _dictionary(
                Type=NameObject("/Catalog"),
                Pages=_reference(_PAGES),
                Outlines=_reference(_OUTLINES),
                PageMode=NameObject("/UseOutlines"),
                PageLabels=_dictionary(Nums=ArrayObject(labels)),
                Lang=TextStringObject("zh-CN"),
            ),
        )
        self._write(_INFO, _dictionary(Title=TextStringObject(title)))
        self._write_places()

    def _write_pages(self, reader: PdfReader) -> Iterator[int]:
        """Write the pages with all that they need; yields their numbers."""
        numbers: dict[int, int] = {}
        waiting: list[int] = []

        def number_of(key: int) -> int:
            if key not in numbers:
                self._last += 1
                numbers[key] = self._last
                waiting.append(key)
            return numbers[key]

        for page in reader.pages:
            own = page.indirect_reference.idnum
            yield number_of(own)
            # Else all pages of the part would follow through their parent.
            page[NameObject("/Parent")] = NullObject()
            while waiting:
                key = waiting.pop()
                value = page if key == own else reader.get_object(key)
                _renumber(value, number_of)
                if key == own:
                    page[NameObject("/Parent")] = _reference(_PAGES)
                self._write(numbers[key], value)

    def _write_outlines(self) -> None:
        first = self._last + 1
        last = self._last = self._last + len(self.bookmarks)
        for number, mark in enumerate(self.bookmarks, first):
            entry = _dictionary(
                Title=TextStringObject(mark.title),
                Parent=_reference(_OUTLINES),
                Dest=ArrayObject([_reference(self._pages[mark.page - 1]), NameObject("/Fit")]),
            )
            if number > first:
                entry[NameObject("/Prev")] = _reference(number - 1)
            if number < last:
                entry[NameObject("/Next")] = _reference(number + 1)
            self._write(number, entry)
        ends = {"First": _reference(first), "Last": _reference(last)} if self.bookmarks else {}
        count = NumberObject(len(self.bookmarks))
        self._write(_OUTLINES, _dictionary(Type=NameObject("/Outlines"), Count=count, **ends))

    def _write(self, number: int, value: PdfObject) -> None:
        self._places[number] = self._file.tell()
        self._file.write(f"{number} 0 obj\n".encode())
        value.write_to_stream(self._file)
        self._file.write(b"\nendobj\n")

    def _write_places(self) -> None:
        start, size = self._file.tell(), self._last + 1
        self._file.write(f"xref\n0 {size}\n0000000000 65535 f \n".encode())
        for number in range(1, size):
            self._file.write(f"{self._places[number]:010} 00000 n \n".encode())
        trailer = _dictionary(
            Size=NumberObject(size), Root=_reference(_CATALOG), Info=_reference(_INFO)
        )
        self._file.write(b"trailer\n")
        trailer.write_to_stream(self._file)
        self._file.write(f"\nstartxref\n{start}\n%%EOF\n".encode())


def _reference(number: int) -> IndirectObject:
    return IndirectObject(number, 0, None)


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _renumber(value: PdfObject, number_of: Callable[[int], int]) -> None:
    """Let the references within an object name the objects of the book."""
    if isinstance(value, DictionaryObject):
        places = list(dict.items(value))
    elif isinstance(value, ArrayObject):
        places = list(enumerate(list.__iter__(value)))
    else:
        return
    for place, inner in places:
        if isinstance(inner, IndirectObject):
            kind = dict if isinstance(value, dict) else list
            kind.__setitem__(value, place, _reference(number_of(inner.idnum)))
        else:
            _renumber(inner, number_of)
