"""The database's check constraints, evaluated on an object in memory.

A rule is written once, as a ``CheckConstraint`` with its sentence. Pages and the ledger import
ask here, without a query, what the database would refuse. ``violation_error_code`` names the
field the sentence belongs to. As in SQL a comparison with an empty value is neither true nor
false, and a constraint that is not false holds.
"""

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import CombinedExpression

DEFAULT_CODE = models.CheckConstraint(condition=Q(), name="code").violation_error_code

LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, options: value in options,
    "range": lambda value, limits: limits[0] <= value <= limits[1],
    "startswith": str.startswith,
    "endswith": str.endswith,
    "contains": operator.contains,
    "regex": lambda value, pattern: re.search(pattern, value) is not None,
}
ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def violations(record: models.Model) -> Iterator[tuple[str | None, str]]:
    """(field or None, sentence) of each check constraint that the record breaks."""
    for constraint in record._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and (
            holds(constraint.condition, record) is False
        ):
            code = constraint.violation_error_code
            field = code if code != DEFAULT_CODE else None
            yield field, str(constraint.get_violation_error_message())


def holds(condition: Q, record: models.Model, negated: bool = False) -> bool | None:
    """Truth of a condition on a record; None where an empty value leaves it open."""
    negated ^= condition.negated
    truths = [
        holds(child, record, negated) if isinstance(child, Q) else _compare(child, record, negated)
        for child in condition.children
    ]
    if condition.connector == Q.OR:
        truth = _any(truths)
    elif condition.connector == Q.AND:
        truth = _all(truths)
    else:
        raise NotImplementedError(condition.connector)
    return not truth if condition.negated and truth is not None else truth


def _all(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _any(truths: list[bool | None]) -> bool | None:
    if True in truths or not truths:
        return True
    return None if None in truths else False


def _compare(child: tuple[str, Any], record: models.Model, negated: bool) -> bool | None:
    path, expected = child
    name, _, lookup = path.partition("__")
    lookup = lookup or "exact"
    value = _field_value(record, name)
    if lookup == "exact" and expected is None:
        lookup, expected = "isnull", True
    if lookup == "isnull":
        return (value is None) == expected
    expected = _resolve(expected, record)
    if value is None or expected is None:
        # Under NOT, Django adds "and is not null" to the comparison, which makes it plain false.
        return False if negated and value is None else None
    return LOOKUPS[lookup](value, expected)


def _resolve(expression: Any, record: models.Model) -> Any:
    if isinstance(expression, F):
        return _field_value(record, expression.name)
    if isinstance(expression, Value):
        return expression.value
    if isinstance(expression, CombinedExpression):
        left, right = _resolve(expression.lhs, record), _resolve(expression.rhs, record)
        if left is None or right is None:
            return None
        return ARITHMETIC[expression.connector](left, right)
    if hasattr(expression, "resolve_expression"):
        raise NotImplementedError(type(expression).__name__)
    return expression


def _field_value(record: models.Model, name: str) -> Any:
    """A field's value; of a relation its key, or the related object that has no key yet."""
    if name == "pk":
        return record.pk
    field = record._meta.get_field(name)
    value = getattr(record, field.attname)
    if value is None and field.is_relation and field.is_cached(record):
        return field.get_cached_value(record)
    return value
