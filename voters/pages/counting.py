"""Counting what hangs on a record without grouping the list."""

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce


def number_of(model: type[models.Model], field: str) -> Coalesce:
    """How many records of ``model`` point at the row through ``field``."""
    found = model._default_manager.filter(**{field: OuterRef("pk")}).order_by()
    counted = found.values(field).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
