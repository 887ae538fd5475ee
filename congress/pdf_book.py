"""Many PDFs bound into one on the disc: with bookmarks, and without keeping them in memory.

    with PdfBook() as book:
        for part in parts:
            book.append(part)
        book.save(path, front=contents, title="…")

Parts wait in a folder of their own. What fills their pages goes from file to file without being
read, so that a book of many parts takes hardly more memory than one of few.
"""

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf


@dataclass(frozen=True)
class Bookmark:
    title: str
    #: In the book without its front, from 1.
    page: int


class PdfBook:
    def __init__(self):
        self.bookmarks: list[Bookmark] = []
        self.pages = 0
        self._parts: list[Path] = []
        self._folder = tempfile.TemporaryDirectory(prefix="pdf-book-")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure) -> None:
        self._folder.cleanup()

    def append(self, part: bytes) -> None:
        """Add the pages of a PDF; its outermost bookmarks are those of the book."""
        path = Path(self._folder.name, str(len(self._parts)))
        path.write_bytes(part)
        self._parts.append(path)
        with Pdf.open(path) as pdf:
            with pdf.open_outline() as outline:
                self.bookmarks += [
                    Bookmark(str(mark.title), self.pages + _page_of(mark) + 1)
                    for mark in outline.root
                ]
            self.pages += len(pdf.pages)

    def save(self, path: Path, front: bytes, title: str) -> None:
        """Write the book with the pages of ``front``, numbered in Roman, before all others."""
        with Pdf.open(io.BytesIO(front)) as book:
            leading = len(book.pages)
            for part in self._parts:
                with Pdf.open(part) as pdf:
                    book.pages.extend(pdf.pages)
            book.Root.PageLabels = Dictionary(
                Nums=Array([0, Dictionary(S=Name.r), leading, Dictionary(S=Name.D)])
            )
            book.Root.PageMode = Name.UseOutlines
            book.Root.Lang = "zh-CN"
            book.docinfo.Title = title
            with book.open_outline() as outline:
                outline.root.extend(
                    OutlineItem(mark.title, leading + mark.page - 1) for mark in self.bookmarks
                )
            book.save(path)


def _page_of(mark: OutlineItem) -> int:
    return Page(mark.destination[0]).index
