"""What every test may ask for."""

import datetime

import pytest


@pytest.fixture
def set_today(settings):
    """Return a function that sets the office's day, written like 2020-08-20."""

    def set_day(day):
        settings.TODAY = datetime.date.fromisoformat(day)

    return set_day
