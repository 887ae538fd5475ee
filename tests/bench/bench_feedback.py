"""What board, inbox and list of feedback items cost at a township's size and at a county's.

The items are those of ten years; the board shows the year to date, and all ten years.
"""

import statistics
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.roles import Role
from tests import factory
from tests.voters.many_items import make_items
from voters.models import FeedbackItem

SIZES = (8_500, 165_000)
REPEATS = 5


def pages(size):
    board, listed = reverse("feedbackitem_board"), reverse("feedbackitem_list")
    return {
        "board, year to date": board,
        "board, ten years": f"{board}?first=2010-01-01",
        "inbox": reverse("feedbackitem_inbox"),
        "an item, with what was asked before": FeedbackItem.objects.last().get_absolute_url(),
        "list": listed,
        "list, last page": f"{listed}?page={size // 50}",
        "list, overdue": f"{listed}?overdue=true",
        "list, a number of the board": f"{listed}?first=2020-01-01&last=2020-08-20&counted=all"
        "&day=2020-08-20&rate=told&part=rest",
    }


def milliseconds(client, address):
    """Median time, and queries."""
    client.get(address)
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000, len(queries)


@pytest.mark.django_db
def test_board_inbox_and_list(client, set_today):
    set_today("2020-08-20")
    factory.make_township()
    client.force_login(factory.make_user("office", Role.OFFICE))
    measured = {}
    for size in SIZES:
        make_items(size - FeedbackItem.objects.count())
        if connection.vendor == "postgresql":
            # As its autovacuum does; nothing does so on SQLite.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        for name, address in pages(size).items():
            measured.setdefault(name, []).append(milliseconds(client, address))
    print(f"\n{connection.vendor}: {' and '.join(f'{size:,}' for size in SIZES)} items")
    for name, ((few, queries), (many, queries_of_many)) in measured.items():
        print(
            f"{name}: {few:.0f} ms, {queries} queries; {many:.0f} ms, {queries_of_many} queries; "
            f"ratio {many / few:.1f}"
        )
