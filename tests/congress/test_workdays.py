"""Working days by the published calendars: holidays, make-up days, years not yet published."""

import pytest

from congress.workdays import WorkCalendar, WorkdayCount
from tests.factory import day

PUBLISHED = WorkCalendar()


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2020-08-20", True),
        ("2020-08-22", False),
        ("2020-01-19", True),  # a Sunday worked for the Spring Festival
        ("2020-01-24", False),
        ("2020-01-31", False),  # the Spring Festival of 2020 was prolonged
        ("2020-09-27", True),  # a Sunday worked for the National Day
        ("2020-10-01", False),
        ("2020-10-08", False),
        ("2020-10-10", True),  # a Saturday worked for the National Day
    ],
)
def test_the_published_calendar_decides(text, works):
    assert PUBLISHED.is_workday(day(text)) is works


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2020-08-20", 1, "2020-08-21"),
        ("2020-08-21", 1, "2020-08-24"),
        ("2020-08-17", 30, "2020-09-27"),
        ("2020-09-30", 1, "2020-10-09"),
        ("2020-09-30", 2, "2020-10-10"),
        ("2020-01-22", 2, "2020-02-03"),
    ],
)
def test_the_day_itself_is_not_counted(start, count, end):
    assert PUBLISHED.after_workdays(day(start), count) == WorkdayCount(day(end), is_certain=True)


def test_a_year_without_calendar_counts_weekdays_and_says_so():
    assert PUBLISHED.after_workdays(day("2099-12-31"), 2) == WorkdayCount(
        day("2100-01-04"), is_certain=False
    )
    assert PUBLISHED.is_workday(day("2100-01-01")) is True
    assert PUBLISHED.is_workday(day("2100-01-02")) is False


def test_a_count_that_runs_into_an_unpublished_year_is_uncertain():
    count = PUBLISHED.after_workdays(day("2003-12-31"), 1)

    assert count == WorkdayCount(day("2004-01-02"), is_certain=True)
    assert PUBLISHED.after_workdays(day("1999-12-30"), 1).is_certain is False


def test_less_than_one_day_is_refused():
    with pytest.raises(ValueError, match="工作日数至少为1"):
        PUBLISHED.after_workdays(day("2020-08-20"), 0)
