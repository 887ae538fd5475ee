"""文号登记 and 收文/发文登记簿: who holds which number, and what came and went in a year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.template.loader import render_to_string

from congress.models import Document, Township
from congress.pdf import render_pdf
from congress.periods import today

from .numbers import number_in


@dataclass(frozen=True)
class Series:
    """An own series: its highest number, the documents that hold one, and how many are void."""

    name: str
    last: int
    held: int
    void: int

    @property
    def missing(self) -> int:
        return self.last - self.held

    @property
    def following(self) -> str:
        return number_in(self.name, self.last + 1)


@dataclass(frozen=True)
class Gap:
    """Numbers that nobody holds, the first and the last."""

    series: str
    first: int
    last: int

    @property
    def is_one(self) -> bool:
        return self.first == self.last

    @property
    def number(self) -> str:
        return number_in(self.series, self.first)

    @property
    def last_number(self) -> str:
        return number_in(self.series, self.last)

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class Line:
    """A row of the register: a document, or a gap before the next one."""

    document: Document | None = None
    gap: Gap | None = None


def series_of_year(year: int) -> list[Series]:
    rows = (
        _numbered(year)
        .order_by("series")
        .values("series")
        .annotate(last=Max("serial"), held=Count("pk"), void=Count("pk", Q(void_on__isnull=False)))
    )
    return [Series(row["series"], row["last"], row["held"], row["void"]) for row in rows]


def years_of_numbers() -> list[int]:
    """Years of own series, this year too; the latest first."""
    series = Document.objects.filter(level=Document.Level.OWN, serial__isnull=False)
    names = series.order_by().values_list("series", flat=True).distinct()
    years = {int(name.rpartition("〔")[2].rstrip("〕")) for name in names}
    return sorted(years | {today().year}, reverse=True)


def _numbered(year: int) -> QuerySet:
    return Document.objects.filter(
        level=Document.Level.OWN, serial__isnull=False, series__endswith=f"〔{year}〕"
    )


def with_gaps(documents: Iterable[Document], before: int = 0) -> Iterator[Line]:
    """Documents of one series in the order of their numbers, and the gaps between them.

    ``before`` is the number held before the first of them.
    """
    for document in documents:
        if document.serial > before + 1:
            yield Line(gap=Gap(document.series, before + 1, document.serial - 1))
        yield Line(document=document)
        before = document.serial


def received_in(year: int) -> QuerySet:
    """County documents by the day they came; where nobody noted it, the day of issue."""
    noted = Q(received_on__year=year) | Q(received_on__isnull=True, date__year=year)
    return (
        Document.objects.filter(noted, level=Document.Level.COUNTY)
        .prefetch_related("matters")
        .order_by("received_on", "date", "pk")
    )


def issued_in(year: int) -> list[Line]:
    """Own documents: the series of the year one after the other with their gaps, then the rest."""
    numbered: dict[str, list[Document]] = {}
    rows = _numbered(year).select_related("replaced_by").prefetch_related("matters")
    for document in rows.order_by("series", "serial"):
        numbered.setdefault(document.series, []).append(document)
    lines = [line for documents in numbered.values() for line in with_gaps(documents)]
    free = (
        Document.objects.filter(level=Document.Level.OWN, serial__isnull=True, date__year=year)
        .select_related("replaced_by")
        .prefetch_related("matters")
    )
    return lines + [Line(document=document) for document in free.order_by("date", "pk")]


def year_register(year: int, township: Township) -> bytes:
    """收文登记簿 and 发文登记簿 on A4 across."""
    received, issued = list(received_in(year)), issued_in(year)
    day = today()
    for document in (*received, *(line.document for line in issued if line.document)):
        document.standing = document.standing_on(day)
    context = {
        "township": township,
        "year": year,
        "received": received,
        "issued": issued,
        "count": sum(1 for line in issued if line.document and not line.document.is_void),
        "void": sum(1 for line in issued if line.document and line.document.is_void),
        "missing": sum(line.gap.count for line in issued if line.gap),
        "day": day,
    }
    return render_pdf(render_to_string("congress/papers/document_register.html", context))
