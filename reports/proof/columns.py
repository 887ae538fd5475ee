"""Columns of the lists behind figures, by what stands in them."""

from dataclasses import replace

from congress.tables import Column


def day(heading: str, value: str) -> Column:
    return Column(heading, value, width=12)


def number(heading: str, value: str) -> Column:
    return Column(heading, value, width=10, numeric=True)


def text(heading: str, value, width: int = 30) -> Column:
    return Column(heading, value, width=width)


def related(*names: str):
    return lambda records: records.select_related(*names)


def minor(column: Column) -> Column:
    """Left out on a phone."""
    return replace(column, minor=True)
