"""The office's day, and a year's little beginnings."""

import datetime

import pytest

from tests import factory


@pytest.fixture(autouse=True)
def _office_day(settings):
    settings.TODAY = datetime.date(2020, 8, 20)


@pytest.fixture
def reception_day(db):
    """Held on 15 August by two delegates of group 1."""
    factory.make_township()
    group = factory.make_group(1)
    members = [factory.make_membership(group).mandate for _ in range(2)]
    return factory.make_reception_day("2020-08-15", group, members)
