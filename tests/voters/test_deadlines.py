"""Deadlines as a table of cases: working days, months, returns, over the holidays of real years.

The days expected were counted by hand on the State Council's notices, never by the code. Holidays
and make-up days they use:
2020: Spring Festival 24 January, prolonged to 2 February, 19 January (Sunday) worked · Labour Day
1–5 May, 9 May (Saturday) worked · Dragon Boat 25–27 June, 28 June (Sunday) worked · National Day
and Mid-autumn 1–8 October, 27 September (Sunday) and 10 October (Saturday) worked.
2021: New Year 1–3 January · Spring Festival 11–17 February, 7 (Sunday) and 20 February (Saturday)
worked · Mid-autumn 19–21 September, 18 (Saturday) and 26 September (Sunday) worked.
2024: Spring Festival 10–17 February, the eve of 9 February and 4, 18 February (Sundays) worked ·
Mid-autumn 15–17 September, 14 September (Saturday) worked · National Day 1–7 October, 29 September
(Sunday) and 12 October (Saturday) worked.
"""

import pytest

from congress.models import SpecialDay, Township
from congress.workdays import WorkCalendar
from tests.factory import day
from voters.deadlines import Deadlines
from voters.models import FeedbackItem

#: The days of a year that nobody has published, complete once these two are entered.
_FRAME_2099 = (("2099-01-01", False), ("2099-10-01", False))


def deadlines(*special, **rules):
    """Of a township with these rules; ``special`` are (day, worked) of the office's own."""
    days = [SpecialDay(date=day(date), is_workday=works) for date, works in special]
    return Deadlines(Township(**rules), WorkCalendar(days))


def told(count):
    return (count.day.isoformat(), count.is_certain)


@pytest.mark.parametrize(
    ("assigned_on", "target", "due_on"),
    [
        # The day of assignment is not counted (民法典 201): Monday's first day is Tuesday.
        ("2020-08-20", 1, "2020-08-21"),
        ("2020-08-20", 5, "2020-08-27"),
        # 30 working days from 17 August: 10 in August, 19 to Friday 25 September, and the 30th is
        # Sunday the 27th, which is worked.
        ("2020-08-17", 30, "2020-09-27"),
        # A day later the 30th is Monday the 28th.
        ("2020-08-18", 30, "2020-09-28"),
        # Assigned on a day off: the count begins with the next working day all the same.
        ("2020-08-15", 1, "2020-08-17"),
        ("2020-08-16", 30, "2020-09-25"),
        ("2020-04-25", 2, "2020-04-27"),
        # Spring Festival 2020: 19 January is worked, after the 23rd comes 3 February.
        ("2020-01-17", 1, "2020-01-19"),
        ("2020-01-23", 1, "2020-02-03"),
        ("2020-01-20", 5, "2020-02-04"),
        # 7 days in January (16–23 without the 18th, with the 19th), 20 in February, 3 in March.
        ("2020-01-15", 30, "2020-03-04"),
        # Spring Festival 2021: Sunday 7 February, 8–10, then the 18th; Saturday the 20th is worked.
        ("2021-02-05", 5, "2021-02-18"),
        ("2021-02-10", 3, "2021-02-20"),
        # Spring Festival 2024: the eve is worked, then Sunday the 18th.
        ("2024-02-02", 5, "2024-02-08"),
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-02-09", 2, "2024-02-19"),
        # National Day and Mid-autumn 2020: 27–30 September, 9 and Saturday 10 October.
        ("2020-09-25", 3, "2020-09-29"),
        ("2020-09-25", 5, "2020-10-09"),
        ("2020-09-30", 2, "2020-10-10"),
        ("2020-09-30", 3, "2020-10-12"),
        # Mid-autumn of the other years, and National Day 2024.
        ("2021-09-17", 1, "2021-09-18"),
        ("2021-09-24", 1, "2021-09-26"),
        ("2024-09-13", 2, "2024-09-18"),
        ("2024-09-29", 4, "2024-10-10"),
        # Make-up days of Labour Day and Dragon Boat 2020.
        ("2020-04-30", 2, "2020-05-07"),
        ("2020-05-08", 1, "2020-05-09"),
        ("2020-06-24", 1, "2020-06-28"),
        # Over the turn of a year: 1–3 January 2021 is off; 23 days of December, then 4–12 January.
        ("2020-12-31", 1, "2021-01-04"),
        ("2020-11-30", 30, "2021-01-12"),
    ],
)
def test_feedback_is_due_after_working_days(assigned_on, target, due_on):
    terms = deadlines(feedback_target_days=target)

    assert told(terms.of(FeedbackItem(source="visit"), day(assigned_on))) == (due_on, True)


@pytest.mark.parametrize(
    ("assigned_on", "is_wide", "due_on"),
    [
        # The corresponding day of the month (民法典 202), where it is a working day.
        ("2020-08-17", False, "2020-11-17"),
        ("2020-09-03", False, "2020-12-03"),
        ("2020-09-03", True, "2021-03-03"),
        ("2020-12-31", True, "2021-06-30"),
        # Six months after 29 to 31 August end with February; 28 February 2021 is a Sunday.
        ("2020-08-31", True, "2021-03-01"),
        ("2020-08-30", True, "2021-03-01"),
        # In the leap year with the 29th, a Saturday in 2020; in 2025 Friday the 28th.
        ("2019-08-31", True, "2020-03-02"),
        ("2024-08-29", True, "2025-02-28"),
        # Three months after 29 and 30 November, in common and in leap years.
        ("2020-11-30", False, "2021-03-01"),
        ("2019-11-30", False, "2020-03-02"),
        ("2019-11-29", False, "2020-03-02"),
        ("2023-11-30", False, "2024-02-29"),
        # 31 January and 31 March have no corresponding day in April and June.
        ("2024-01-31", False, "2024-04-30"),
        ("2020-03-31", False, "2020-06-30"),
        # A last day off moves on (民法典 203): out of the National Day, onto Friday 9 October.
        ("2020-07-01", False, "2020-10-09"),
        ("2020-07-08", False, "2020-10-09"),
        # … but a make-up Saturday or Sunday is a working day.
        ("2020-07-10", False, "2020-10-10"),
        ("2024-06-29", False, "2024-09-29"),
        # Out of the Spring Festival: of 2020, prolonged; of 2024, onto Sunday the 18th.
        ("2019-10-25", False, "2020-02-03"),
        ("2019-08-02", True, "2020-02-03"),
        ("2023-08-10", True, "2024-02-18"),
        # Out of the Mid-autumn Festival 2024; an assignment on a Saturday counts like any other.
        ("2024-06-15", False, "2024-09-18"),
    ],
)
def test_a_suggestion_is_due_after_months(assigned_on, is_wide, due_on):
    item = FeedbackItem(source="delegate", is_wide=is_wide)

    assert told(deadlines().of(item, day(assigned_on))) == (due_on, True)


@pytest.mark.parametrize(
    ("reopened_on", "months", "due_on"),
    [
        # Sundays move on by one day; 27 September is a Sunday that is worked.
        ("2020-08-20", 1, "2020-09-21"),
        ("2020-08-27", 1, "2020-09-27"),
        ("2020-04-10", 1, "2020-05-11"),
        # 31 August and 31 May have no corresponding day.
        ("2020-08-31", 1, "2020-09-30"),
        ("2020-05-31", 1, "2020-06-30"),
        # February again: Saturday 29 in 2020, Sunday 28 in 2021, Thursday 29 in 2024.
        ("2020-01-31", 1, "2020-03-02"),
        ("2021-01-31", 1, "2021-03-01"),
        ("2024-01-30", 1, "2024-02-29"),
        # A leap day has no corresponding day a year later, and 28 February 2021 is a Sunday.
        ("2020-02-29", 12, "2021-03-01"),
        ("2020-12-15", 12, "2021-12-15"),
    ],
)
def test_what_did_not_satisfy_is_due_again(reopened_on, months, due_on):
    item = FeedbackItem(source="visit")

    assert told(deadlines(redo_months=months).redo(item, day(reopened_on))) == (due_on, True)


@pytest.mark.parametrize(
    ("due_on", "again"),
    [
        # A month from 20 August is Sunday 20 September, so Monday. Who answered long before the
        # first deadline is given no less than that: the next working day after it.
        ("2020-09-20", "2020-09-21"),
        ("2020-09-21", "2020-09-22"),
        ("2020-09-25", "2020-09-27"),
        ("2020-09-30", "2020-10-09"),
    ],
)
def test_the_second_deadline_lies_after_the_first(due_on, again):
    item = FeedbackItem(source="visit", due_on=day(due_on))

    assert told(deadlines().redo(item, day("2020-08-20"))) == (again, True)


@pytest.mark.parametrize(
    ("deadline", "returned_on", "kept_on", "resumed"),
    [
        # Tuesday to Thursday are two working days; Wednesday 30 September is the second after.
        ("2020-09-28", "2020-08-18", "2020-08-20", "2020-09-30"),
        # Over a weekend only Monday counts, and within it nothing.
        ("2020-09-28", "2020-08-21", "2020-08-24", "2020-09-29"),
        ("2020-09-28", "2020-08-21", "2020-08-23", "2020-09-28"),
        ("2020-09-28", "2020-08-21", "2020-08-21", "2020-09-28"),
        # The whole National Day is off: one working day, 9 October.
        ("2020-10-30", "2020-09-30", "2020-10-09", "2020-11-02"),
        # Sunday 27 and Monday 28 September; then 9 and Saturday 10 October.
        ("2020-09-30", "2020-09-25", "2020-09-28", "2020-10-10"),
        # Over the Spring Festival of 2020: only 3 February.
        ("2020-03-03", "2020-01-23", "2020-02-03", "2020-03-04"),
    ],
)
def test_time_while_returned_does_not_count(deadline, returned_on, kept_on, resumed):
    answer = deadlines().resumed(day(deadline), day(returned_on), day(kept_on))

    assert answer.isoformat() == resumed


@pytest.mark.parametrize(
    ("assigned_on", "limit", "last_day"),
    [
        ("2020-08-17", 5, "2020-08-24"),
        ("2020-08-22", 5, "2020-08-28"),
        # 21–23 January, 3 and 4 February.
        ("2020-01-20", 5, "2020-02-04"),
        # Sunday 27, 28–30 September, 9 October; ten days: 10 and 12–15 October besides.
        ("2020-09-25", 5, "2020-10-09"),
        ("2020-09-25", 10, "2020-10-15"),
        # Saturday 14, then 18–20 and Monday 23 September.
        ("2024-09-13", 5, "2024-09-23"),
    ],
)
def test_the_last_day_to_return(assigned_on, limit, last_day):
    terms = deadlines(return_limit_days=limit)

    assert terms.last_day_to_return(day(assigned_on)).isoformat() == last_day


@pytest.mark.parametrize(
    ("source", "assigned_on", "last_day"),
    [
        ("delegate", "2020-08-31", "2021-03-01"),
        ("delegate", "2020-04-01", "2020-10-09"),
        ("visit", "2020-08-31", None),
    ],
)
def test_the_furthest_extension(source, assigned_on, last_day):
    item = FeedbackItem(source=source, assigned_on=day(assigned_on))

    assert deadlines().last_extension(item) == (last_day and day(last_day))


@pytest.mark.parametrize(
    ("special", "assigned_on", "target", "due"),
    [
        # Nothing is published of 2099 and 2100: Monday to Friday, and only an estimate.
        ((), "2099-12-30", 2, ("2100-01-01", False)),
        ((), "2099-12-31", 2, ("2100-01-04", False)),
        # The office's own list of a year makes it certain, but not the next one.
        (_FRAME_2099, "2099-09-30", 1, ("2099-10-02", True)),
        (_FRAME_2099, "2099-12-31", 1, ("2100-01-01", False)),
        # A year that begins uncertain stays so, though the last day of the count is published.
        ((), "2003-12-22", 10, ("2004-01-06", False)),
        # The office's days stand over the published ones: off, worked, a holiday worked.
        ((("2020-08-21", False),), "2020-08-20", 1, ("2020-08-24", True)),
        ((("2020-08-22", True),), "2020-08-21", 1, ("2020-08-22", True)),
        ((("2020-10-08", True),), "2020-09-30", 1, ("2020-10-08", True)),
        ((("2020-09-27", False),), "2020-08-17", 30, ("2020-09-28", True)),
    ],
)
def test_working_days_of_unpublished_years_and_special_days(special, assigned_on, target, due):
    terms = deadlines(*special, feedback_target_days=target)

    assert told(terms.of(FeedbackItem(source="visit"), day(assigned_on))) == due


@pytest.mark.parametrize(
    ("special", "assigned_on", "due"),
    [
        # 2100 is no leap year, and its 28 February a Sunday.
        ((), "2099-11-30", ("2100-03-01", False)),
        (_FRAME_2099, "2099-06-30", ("2099-09-30", True)),
        (_FRAME_2099, "2099-07-01", ("2099-10-02", True)),
        ((("2099-09-30", True),), "2099-06-30", ("2099-09-30", True)),
        ((("2020-11-17", False),), "2020-08-17", ("2020-11-18", True)),
        ((("2020-11-21", True),), "2020-08-21", ("2020-11-21", True)),
    ],
)
def test_months_of_unpublished_years_and_special_days(special, assigned_on, due):
    item = FeedbackItem(source="delegate")

    assert told(deadlines(*special).of(item, day(assigned_on))) == due
