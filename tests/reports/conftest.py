"""The ledgers of 2020, imported once a module."""

import pytest
from django.conf import settings
from django.db import transaction

from reports.ledgers import plan_import
from reports.models import AnnualReport

LEDGERS = settings.BASE_DIR / "reports" / "demonstration" / "xx-town-2020.xlsx"


@pytest.fixture(scope="module")
def imported_2020(django_db_setup, django_db_blocker):
    """Everything of the year in the database, for the tests of one module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with LEDGERS.open("rb") as file:
            plan_import(file).apply()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def report(imported_2020, db):
    """The annual report of 2020, over its ledgers."""
    return AnnualReport.objects.get(year=2020)
