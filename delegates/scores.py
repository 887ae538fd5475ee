"""The scores of a year as a table: each number leads to the records that it adds up."""

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse

from congress.figure_tables import Cell, Table
from congress.models import User
from congress.periods import Period, today
from delegates.duty_file import duty_files
from delegates.duty_file.headings import SHORT_TITLES
from delegates.duty_file.score import Score, score_of
from delegates.models import Delegate, Mandate, ScoreRules
from delegates.pinyin import spelled

TITLE = "履职积分"


def persons_of(year: int) -> list[Delegate]:
    """Whoever was a delegate on a day of that year so far, by name as it is read."""
    period = Period.of_year(year)
    mandates = Mandate.objects.filter(start__lte=min(period.last, today())).exclude(
        end__lte=period.first
    )
    return sorted(
        Delegate.objects.filter(pk__in=mandates.values("delegate")),
        key=lambda person: (spelled(person.name), person.name, person.pk),
    )


def scores_of(
    persons: Sequence[Delegate], year: int, rules: ScoreRules, reader: User
) -> list[Score]:
    """In the order of the persons."""
    rows = rules.rows.all()
    return [
        score_of(file, rows, rules.total_cap)
        for file in duty_files(persons, Period.of_year(year), reader)
    ]


def by_rank(scores: Sequence[Score]) -> list[tuple[int, Score]]:
    """(rank, score), the highest first; equal scores share a rank."""
    ordered = sorted(scores, key=lambda score: -score.points)
    ranked: list[tuple[int, Score]] = []
    for number, score in enumerate(ordered, 1):
        same = ranked and ranked[-1][1].points == score.points
        ranked.append((ranked[-1][0] if same else number, score))
    return ranked


def table_of(scores: Sequence[Score], year: int, *, ranked: bool = False) -> Table:
    """A row a person, a column a part; with the ranks in front of the numbers where asked for."""
    places = by_rank(scores) if ranked else [(0, score) for score in scores]
    titles = [SHORT_TITLES[each.part.key] for each in scores[0].parts] if scores else []
    headings = ["姓名", *(["名次"] if ranked else []), "总分", *titles]
    rows = []
    for rank, score in places:
        address = reverse("delegate_score", args=[score.file.person.pk, year])
        numbers = [Cell(rank)] if ranked else []
        numbers.append(Cell(_number(score.points), address))
        numbers += [
            Cell(_number(each.points), f"{address}#{each.part.key}") for each in score.parts
        ]
        rows.append((Cell(score.file.person.name), *numbers))
    return Table(TITLE, tuple(headings), tuple(rows))


def _number(points: Decimal) -> int | float:
    """As a cell shows it: no zero behind the point."""
    return int(points) if points == int(points) else float(points)
