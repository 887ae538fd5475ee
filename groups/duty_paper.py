"""履职档案 on paper: one delegate after the other, each beginning on a page of its own."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from congress.models import Township
from congress.numerals import section_number
from congress.pdf import render_pdf
from congress.pdf_book import Bookmark
from congress.periods import today
from delegates.duty_file import DutyFile

from .duty_shown import attended_parts, done_parts, headline, shown_parts


def duty_file_paper(file: DutyFile, period: str, township: Township) -> bytes:
    return render_pdf(duty_files_html([file], period, township))


def duty_files_html(files: Sequence[DutyFile], period: str, township: Township) -> str:
    context = {
        "township": township,
        "period": period,
        "made_on": today(),
        "files": [_shown(file) for file in files],
    }
    return render_to_string("groups/papers/duty_files.html", context)


def contents_html(bookmarks: Sequence[Bookmark], period: str, township: Township) -> str:
    """目录 of many files, two to a line."""
    lines = [(number, mark) for number, mark in enumerate(bookmarks, 1)]
    context = {
        "township": township,
        "period": period,
        "number": len(bookmarks),
        "rows": [lines[place : place + 2] for place in range(0, len(lines), 2)],
    }
    return render_to_string("groups/papers/duty_contents.html", context)


def _shown(file: DutyFile) -> dict:
    return {
        "person": file.person,
        "headline": dict(headline(file)),
        "attended": attended_parts(file),
        "done": done_parts(file),
        "parts": [
            (section_number(number), shown) for number, shown in enumerate(shown_parts(file), 1)
        ],
    }
