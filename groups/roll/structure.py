"""代表结构: how many of the delegates of a day are of which class, beside another day if wished."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Q
from django.utils.safestring import SafeString

from congress.charts import Series, bar_chart
from congress.figure_tables import Cell, Table
from congress.numerals import percent
from delegates.categories import DIMENSIONS, LEFT_OVER, UNTOLD, Dimension, of_level
from delegates.models import Level

from .scope import Scope

ROLL = "delegate_roll"


@dataclass(frozen=True)
class Counted:
    """Persons by class, each counted once; and those of each level, where one may be of both."""

    scope: Scope
    people: dict[str, int]
    levels: dict[str, dict[str, int]]

    @property
    def total(self) -> int:
        return sum(self.people.values())


def counted(scope: Scope, dimension: Dimension) -> Counted:
    """One query."""
    mandates = scope.mandates()
    rows = (
        scope.people()
        .annotate(key=dimension.expression(scope.day, mandates))
        .values("key")
        .annotate(
            people=Count("pk"),
            **{
                level: Count("pk", filter=Q(Exists(of_level(mandates, level))))
                for level in Level.values
            },
        )
        .order_by("-people", "key")
    )
    found = {row["key"]: row for row in rows}
    return Counted(
        scope,
        {key: row["people"] for key, row in found.items()},
        {level: {key: row[level] for key, row in found.items()} for level in Level.values},
    )


def tables(scope: Scope, other: Scope | None = None) -> list[Table]:
    """A table for each dimension; of one level the dimension of levels says nothing."""
    return [
        _table(dimension, counted(scope, dimension), other and counted(other, dimension))
        for dimension in DIMENSIONS
        if not (dimension.key == "levels" and scope.level)
    ]


def _keys(dimension: Dimension, *found: Counted) -> list[str]:
    """The classes of the dimension, the others that occur, then what is left over."""
    occurring = dict.fromkeys(key for each in found for key in each.people)
    others = [key for key in occurring if key not in dimension.words and key not in LEFT_OVER]
    left_over = [key for key in reversed(LEFT_OVER) if key in occurring]
    return [*dimension.words, *others, *left_over]


def _table(dimension: Dimension, now: Counted, other: Counted | None) -> Table:
    keys = _keys(dimension, now, *([other] if other else []))
    columns = _columns(dimension, keys, now)
    if other:
        columns = _compared(dimension, keys, now, other)
    headings = ["分类", *(heading for heading, _, _ in columns)]
    rows = [
        (Cell(dimension.word(key)), *(cells[place] for _, cells, _ in columns))
        for place, key in enumerate(keys)
    ]
    total = (Cell("合计"), *(sum_ for _, _, sum_ in columns))
    return Table(
        dimension.label,
        tuple(headings),
        tuple(rows),
        _chart(dimension, keys, now, other),
        total,
        _note(dimension, now),
    )


#: Heading, a cell for each class, the cell of the sum.
Column = tuple[str, list[Cell], Cell]


def _numbers(
    heading: str, dimension: Dimension, keys: list[str], numbers: dict[str, int], scope: Scope
) -> Column:
    cells = [_cell(numbers.get(key, 0), scope, **{dimension.key: key}) for key in keys]
    return heading, cells, _cell(sum(numbers.values()), scope)


def _shares(heading: str, keys: list[str], found: Counted) -> Column:
    """Each rounded by itself, so that equal numbers have equal shares; the sum is the whole."""
    numbers = [found.people.get(key, 0) for key in keys]
    told = [
        percent(number, found.total) if found.total else "" for number in (*numbers, found.total)
    ]
    *cells, whole = map(Cell, told)
    return heading, cells, whole


def _columns(dimension: Dimension, keys: list[str], now: Counted) -> list[Column]:
    columns = [
        _numbers("人数", dimension, keys, now.people, now.scope),
        _shares("占比", keys, now),
    ]
    if not now.scope.level and dimension.key != "levels":
        columns += [
            _numbers(
                f"{level.label}代表",
                dimension,
                keys,
                now.levels[level],
                now.scope.narrowed(level=level.value),
            )
            for level in reversed(Level)
        ]
    return columns


def _compared(dimension: Dimension, keys: list[str], now: Counted, other: Counted) -> list[Column]:
    changes = [now.people.get(key, 0) - other.people.get(key, 0) for key in keys]
    return [
        *_columns(dimension, keys, now)[:2],
        _numbers("对比人数", dimension, keys, other.people, other.scope),
        _shares("对比占比", keys, other),
        ("增减", [Cell(_signed(each)) for each in changes], Cell(_signed(sum(changes)))),
    ]


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number)


def _cell(number: int, scope: Scope, **classes: str) -> Cell:
    return Cell(number, scope.address(ROLL, **classes) if number else "")


def _chart(
    dimension: Dimension, keys: list[str], now: Counted, other: Counted | None
) -> SafeString:
    found = [each for each in (now, other) if each]
    series = [
        Series(f"{each.scope.day}", tuple(each.people.get(key, 0) for key in keys))
        for each in found
    ]
    labels = [dimension.word(key) for key in keys]
    return bar_chart(f"代表{dimension.label}结构", labels, series, unit="名", apart=len(series) > 1)


def _note(dimension: Dimension, now: Counted) -> str:
    if dimension.key != "ethnicity" or not now.total:
        return dimension.note
    minority = now.total - now.people.get("汉族", 0) - now.people.get(UNTOLD, 0)
    return f"其中少数民族{minority}名。"
