"""All duty files as one PDF: how long it takes, and that more of them take no more memory.

Each number is measured in a process of its own, as memory once taken is not given back.
"""

import multiprocessing
import resource
import time

import pytest
from django.conf import settings
from django.db import connections

from congress.models import Township, User
from delegates.models import Delegate, Mandate
from groups.duty_book import DutyBook
from groups.forms.duty_files import ChosenPeriod
from groups.models import Activity, Attendance, Membership
from reports.ledgers import plan_import
from tests import factory

LEDGERS = settings.BASE_DIR / "reports/demonstration/xx-town-2020.xlsx"
NUMBERS = (20, 60, 180)


def fill_up(number):
    """So many delegates in all; the further ones came to every activity of the year."""
    pattern, group = Mandate.objects.first(), factory.make_group(1)
    for place in range(Delegate.objects.count(), number):
        person = factory.make_delegate(f"代表第{place + 1}号")
        mandate = Mandate.objects.create(
            delegate=person,
            level="town",
            term=pattern.term,
            constituency=pattern.constituency,
            card_number=f"B{place:03d}",
            start=pattern.start,
        )
        Membership.objects.create(group=group, mandate=mandate, start=mandate.start)
        Attendance.objects.bulk_create(
            Attendance(activity=activity, mandate=mandate, status="present")
            for activity in Activity.objects.all()
        )


def measure(number, answer):
    persons = list(Delegate.objects.order_by("pk")[:number])
    book = DutyBook(f"{number:032d}", "bench", "履职档案")
    start = time.perf_counter()
    book.make(
        persons,
        ChosenPeriod.of_year(2020),
        reader=User.objects.get(),
        township=Township.objects.first(),
        tell=lambda *_: None,
    )
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.put((seconds, peak, book.pages, book.file(".pdf").stat().st_size / 2**20))


@pytest.mark.django_db(transaction=True)
def test_all_duty_files(set_today, settings, tmp_path):
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path
    with LEDGERS.open("rb") as file:
        plan_import(file).apply()
    factory.make_user("office")
    fill_up(max(NUMBERS))
    # A process of its own has a connection of its own.
    connections.close_all()
    apart = multiprocessing.get_context("fork")
    measured = {}
    for number in NUMBERS:
        answer = apart.Queue()
        process = apart.Process(target=measure, args=(number, answer))
        process.start()
        measured[number] = answer.get()
        process.join()
    print()
    for number, (seconds, peak, pages, size) in measured.items():
        print(
            f"{number:3} duty files, {pages} pages, {size:.1f} MB: {seconds:.1f} s, "
            f"{seconds / number:.2f} s each, peak memory {peak:.0f} MB"
        )
    few, many = measured[60], measured[180]
    print(f"180 to 60: time {many[0] / few[0]:.2f}, peak memory {many[1] / few[1]:.2f}")
