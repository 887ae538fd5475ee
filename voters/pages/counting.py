"""Counting what hangs on a record without grouping the list, and what a list may not show."""

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce


def number_of(model: type[models.Model], field: str) -> Coalesce:
    """How many records of ``model`` point at the row through ``field``."""
    found = model._default_manager.filter(**{field: OuterRef("pk")}).order_by()
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
    number = filtered.qs.count()
    if not number:
        return ""
    return f"另有{number}{pages.measure}要求保密，只有知情人员能看到"
