"""Counting what hangs on a record without grouping the list, and what a list may not show."""

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce


def number_of(records: models.QuerySet, field: str) -> Coalesce:
    """How many of these records point at the row through ``field``."""
    found = records.filter(**{field: OuterRef("pk")}).order_by()
    counted = found.values(field).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def told_in_confidence(pages, request, records: models.QuerySet) -> str:
    """另有1条要求保密: how many of the list's ``records`` the user is not named with.

    Numbers of the statistics count them, so that a list says why it is shorter. Not where words
    are searched: whether they are found would tell what was said.
    """
    if request.GET.get("q"):
        return ""
    filtered = pages.filter_for(request.user)(request.GET, records, request=request)
    return in_confidence_to_others(filtered.qs, pages.measure)


def in_confidence_to_others(records: models.QuerySet, measure: str) -> str:
    number = records.count()
    return f"另有{number}{measure}要求保密，只有知情人员能看到" if number else ""
