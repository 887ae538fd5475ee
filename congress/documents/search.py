"""Every word in title, number, issuer or the text of a file; and where in the text it stands.

The database looks for the place and cuts the passage out: a text is as long as a book.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest, Lower, StrIndex, Substr

from congress.models import Document, DocumentFile

FIELDS = ("title", "number", "issuer", "rules")
#: Of a query; the rest is not looked for.
MOST_WORDS = 8
BEFORE, LONG = 24, 72


@dataclass(frozen=True)
class Passage:
    """Where a word stands in a file: the file, its name, and pieces as (text, is it the word)."""

    document_id: int
    file_id: int
    name: str
    pieces: tuple[tuple[str, bool], ...]


def words_of(query: str) -> list[str]:
    return list(dict.fromkeys(query.replace("\x00", "").split()))[:MOST_WORDS]


def found(documents: QuerySet, query: str) -> QuerySet:
    for word in words_of(query):
        in_files = DocumentFile.objects.filter(document=OuterRef("pk"), text__icontains=word)
        condition = Q(Exists(in_files))
        for field in FIELDS:
            condition |= Q(**{f"{field}__icontains": word})
        documents = documents.filter(condition)
    return documents


def passages(documents: Iterable[Document], query: str) -> dict[int, list[Passage]]:
    """Of each document the first place of a word in each of its files; one query."""
    words = words_of(query)
    if not words:
        return {}
    files = DocumentFile.objects.filter(document__in=[each.pk for each in documents])
    first = {}
    for number, word in enumerate(words):
        place = StrIndex(Lower("text"), Lower(Value(word, output_field=CharField())))
        files = files.annotate(**{f"place_{number}": place})
        first[f"part_{number}"] = Substr("text", Greatest(F(f"place_{number}") - BEFORE, 1), LONG)
    anywhere = Q()
    for number in range(len(words)):
        anywhere |= Q(**{f"place_{number}__gt": 0})
    told: dict[int, list[Passage]] = {}
    for file in files.filter(anywhere).annotate(**first).order_by("pk"):
        number = next(n for n in range(len(words)) if getattr(file, f"place_{n}"))
        cut_before = getattr(file, f"place_{number}") > BEFORE + 1
        passage = _passage(file, getattr(file, f"part_{number}"), words, cut_before)
        told.setdefault(file.document_id, []).append(passage)
    return told


def all_passages(document: Document, query: str, most: int = 20) -> list[Passage]:
    """The first places of the words in the files of one document, in their order."""
    words = words_of(query)
    if not words:
        return []
    pattern = _pattern(words)
    told = []
    for file in DocumentFile.objects.filter(document=document).defer(None).order_by("pk"):
        end = 0
        for hit in pattern.finditer(file.text):
            if hit.start() < end:
                continue
            start = max(hit.start() - BEFORE, end)
            end = start + LONG
            told.append(_passage(file, file.text[start:end], words, start > 0))
            if len(told) == most:
                return told
    return told


def _passage(file: DocumentFile, text: str, words: list[str], cut_before: bool) -> Passage:
    pieces = list(_pieces(text, words))
    if cut_before:
        pieces.insert(0, ("…", False))
    if len(text) == LONG:
        pieces.append(("…", False))
    return Passage(file.document_id, file.pk, file.name, tuple(pieces))


def _pieces(text: str, words: list[str]) -> Iterator[tuple[str, bool]]:
    at = 0
    for hit in _pattern(words).finditer(text):
        if hit.start() > at:
            yield text[at : hit.start()], False
        yield hit.group(), True
        at = hit.end()
    if at < len(text):
        yield text[at:], False


def _pattern(words: list[str]) -> re.Pattern:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), re.IGNORECASE)
