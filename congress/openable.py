"""Which addresses of records a user may open: asked for many at once, for pages that link to them.

In as many queries as there are kinds of records among them.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.urls import resolve

from .models import User


def openable(user: User, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses, each the page of a record, that answer to this user."""
    by_pages: dict[type, dict[int, str]] = defaultdict(dict)
    for address in set(addresses):
        match = resolve(address)
        by_pages[match.func.view_initkwargs["pages"]][match.kwargs["pk"]] = address
    found = set()
    for pages, by_key in by_pages.items():
        if pages.may_read(user):
            visible = pages.visible_to(user).filter(pk__in=by_key)
            found |= {by_key[key] for key in visible.values_list("pk", flat=True)}
    return found
