"""How long things took, worked out by the database: days between two dates, and their median."""

import bisect
import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldError
from django.db.models import Count, DateTimeField, FloatField, Func, IntegerField, QuerySet
from django.db.models.expressions import Expression


class DaysBetween(Func):
    """Whole days from ``earlier`` to ``later``, below zero where they stand the other way round.

    Both are dates; empty where one of them is. Django's own difference of dates is a Python
    callback for every row on SQLite.
    """

    arity = 2
    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()

    def __init__(self, later, earlier, **extra):
        super().__init__(later, earlier, **extra)

    def resolve_expression(self, *args, **kwargs):
        """Raises ``FieldError`` for points in time: their day depends on the time zone."""
        resolved = super().resolve_expression(*args, **kwargs)
        for source in resolved.get_source_expressions():
            if isinstance(source.output_field, DateTimeField):
                raise FieldError("DaysBetween takes dates, not points in time")
        return resolved

    def as_sqlite(self, compiler, connection, **extra):
        days = self.copy()
        days.set_source_expressions(
            Func(source, function="julianday", output_field=FloatField())
            for source in self.get_source_expressions()
        )
        template = "CAST(%(expressions)s AS INTEGER)"
        return super(DaysBetween, days).as_sql(compiler, connection, template=template, **extra)


def median(queryset: QuerySet, measured: Expression) -> float | None:
    """The median of a whole number over the rows that have one; None where none has.

    One query, which brings each different number once: durations repeat, rows grow.
    """
    counts = (
        queryset.order_by()
        .values(measured=measured)
        .annotate(rows=Count("*"))
        .order_by("measured")
        .values_list("measured", "rows")
    )
    return middle({number: rows for number, rows in counts if number is not None})


def counts_by(queryset: QuerySet, measured: Expression, key: str) -> dict[Any, Counter[int]]:
    """How often each number occurs, for each value of ``key``, for ``middle``; one query."""
    counts = (
        queryset.order_by()
        .values(key, measured=measured)
        .annotate(rows=Count("*"))
        .values_list(key, "measured", "rows")
    )
    found: dict[Any, Counter[int]] = defaultdict(Counter)
    for value, number, rows in counts:
        if number is not None:
            found[value][number] = rows
    return dict(found)


def middle(counts: Mapping[int, int]) -> float | None:
    """The median of numbers of which it is known how often each occurs."""
    if not counts:
        return None
    numbers = sorted(counts)
    up_to = list(itertools.accumulate(counts[number] for number in numbers))
    places = (up_to[-1] - 1) // 2, up_to[-1] // 2
    low, high = (numbers[bisect.bisect_right(up_to, place)] for place in places)
    return (low + high) / 2
