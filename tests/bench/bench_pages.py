"""What a list and the report's page cost at a township's size and at a county's."""

import statistics
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.models import Village
from congress.roles import Role
from tests import factory
from voters.models import ReceptionDay, Visit

SIZES = (50, 5_000)


def visits(count):
    day = ReceptionDay.objects.first() or factory.make_reception_day()
    village = Village.objects.first() or factory.make_village()
    known = Visit.objects.count()
    Visit.objects.bulk_create(
        Visit(
            number=f"2020-{number:05d}",
            day=day,
            village=village,
            voter_name=f"选民{number}号",
            words="门口的路坏了。",
        )
        for number in range(known, count)
    )


@pytest.mark.django_db
def test_list_of_visits(client, set_today):
    set_today("2020-08-20")
    client.force_login(factory.make_user("office", Role.OFFICE))
    factory.make_township()
    print()
    for size in SIZES:
        visits(size)
        for page in (1, size // 50):
            address = f"{reverse('visit_list')}?page={page}"
            client.get(address)
            times = []
            for _ in range(7):
                start = time.perf_counter()
                with CaptureQueriesContext(connection) as queries:
                    client.get(address)
                times.append(time.perf_counter() - start)
            print(
                f"{size} visits, page {page}: {statistics.median(times) * 1000:.0f} ms, "
                f"{len(queries)} queries"
            )
