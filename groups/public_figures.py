"""What a sheet says, as the public pages and the poster show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from delegates.duty_file.headings import SHORT_TITLES

from .models import Publication, PublicSheet


@dataclass(frozen=True)
class Figure:
    """One part of one delegate: so many done, of so many expected where anybody is."""

    title: str
    short: str
    measure: str
    done: int
    expected: int | None

    @property
    def cell(self) -> str:
        return f"{self.done}" if self.expected is None else f"{self.done}/{self.expected}"

    @property
    def words(self) -> str:
        if self.expected is None:
            return f"{self.done}{self.measure}"
        return f"应到{self.expected}{self.measure}，出席{self.done}{self.measure}"


@dataclass(frozen=True)
class Row:
    sheet: PublicSheet
    figures: tuple[Figure, ...]


def headings(parts: Sequence[Sequence[str]]) -> list[str]:
    return [SHORT_TITLES[key] for key, _, _ in parts]


def rows_of(parts: Sequence[Sequence[str]], sheets: Iterable[PublicSheet]) -> list[Row]:
    return [
        Row(
            sheet,
            tuple(
                Figure(title, SHORT_TITLES[key], measure, *sheet.counts.get(key, (0, None)))
                for key, title, measure in parts
            ),
        )
        for sheet in sheets
    ]


def published_rows(publication: Publication) -> list[Row]:
    return rows_of(publication.parts, publication.sheets.all())
