"""All duty files of a period as one PDF, made on the disc a few files at a time.

It is kept for the log-in that asked for it, a day at most.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from congress.background import Tell
from congress.models import Township, User
from congress.pdf import render_pdf
from congress.pdf_book import PdfBook
from congress.private_notes import PrivateNote
from delegates.duty_file import duty_files
from delegates.models import Delegate

from .duty_paper import contents_html, duty_files_html
from .forms.duty_files import ChosenPeriod

#: Files set at once: more share their fonts, fewer take less memory.
AT_ONCE = 6
SETTING = "正在排版履职档案"


@dataclass
class DutyBook(PrivateNote):
    FOLDER: ClassVar[str] = "duty_books"

    #: Of the file, without suffix.
    name: str
    number: int = 0
    pages: int = 0

    def make(
        self,
        persons: Sequence[Delegate],
        chosen: ChosenPeriod,
        *,
        reader: User,
        township: Township,
        tell: Tell,
    ) -> None:
        """As this reader may see them. The book is there as a whole or not at all."""
        draft = self.file(".draft.pdf")
        draft.touch(mode=0o600)
        try:
            with PdfBook() as book:
                for done in range(0, len(persons), AT_ONCE):
                    tell(done, len(persons), SETTING)
                    some = duty_files(persons[done : done + AT_ONCE], chosen.period, reader)
                    html = duty_files_html(some, chosen.words, township)
                    book.append(render_pdf(html, first_page=book.pages + 1))
                tell(len(persons), len(persons), "正在编目录")
                front = render_pdf(contents_html(book.bookmarks, chosen.words, township))
                book.save(draft, front, self.name)
            os.replace(draft, self.file(".pdf"))
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        self.number, self.pages = len(persons), book.pages
        self.save()
