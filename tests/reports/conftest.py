"""The report over the ledgers of 2020."""

import pytest

from reports.models import AnnualReport


@pytest.fixture
def report(imported_2020, db):
    """The annual report of 2020, over its ledgers."""
    return AnnualReport.objects.get(year=2020)
