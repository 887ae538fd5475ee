"""Days between dates and medians, as the database works them out."""

import datetime
import statistics

import pytest
from django.core.exceptions import FieldError
from django.db.models import F, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.durations import DaysBetween, counts_by, median, middle
from congress.models import Submission, Term, Village
from tests import factory

pytestmark = pytest.mark.django_db

FIRST_DAY = factory.day("2020-01-20")


def make_terms(lengths):
    """Terms that lasted so many days; None is the present one."""
    Term.objects.bulk_create(
        Term(
            ordinal=ordinal,
            first_day=FIRST_DAY,
            last_day=None if days is None else FIRST_DAY + datetime.timedelta(days),
        )
        for ordinal, days in enumerate(lengths, 1)
    )


LENGTH = DaysBetween("last_day", "first_day")


@pytest.mark.parametrize(
    ("later", "earlier", "days"),
    [
        ("2020-03-01", "2020-02-28", 2),
        ("2021-03-01", "2021-02-28", 1),
        ("2020-01-01", "2019-12-31", 1),
        ("2020-12-31", "2020-01-01", 365),
        ("2400-01-01", "1900-01-01", 182621),
    ],
)
def test_days_of_the_calendar(later, earlier, days):
    Term.objects.create(ordinal=1, first_day=earlier, last_day=later)

    assert Term.objects.values_list(LENGTH, DaysBetween("first_day", "last_day")).get() == (
        days,
        -days,
    )
    given_days = DaysBetween(Value(factory.day(later)), Value(factory.day(earlier)))
    assert Term.objects.values_list(
        DaysBetween(Value(factory.day(later)), "first_day"),
        DaysBetween("last_day", Value(factory.day(earlier))),
        DaysBetween("last_day", "last_day"),
        given_days,
    ).get() == (days, days, 0, days)


def test_no_days_where_a_date_is_missing():
    make_terms([None])

    assert Term.objects.values_list(LENGTH, DaysBetween("first_day", "last_day")).get() == (
        None,
        None,
    )


def test_days_filter_and_add_up():
    make_terms([10, 20, None])

    assert Term.objects.annotate(days=LENGTH).filter(days__gt=10).get().ordinal == 2
    assert sorted(Term.objects.exclude(last_day=None).values_list(LENGTH + F("ordinal"))) == [
        (11,),
        (22,),
    ]


def test_points_in_time_are_refused():
    with pytest.raises(FieldError, match="not points in time"):
        Submission.objects.annotate(days=DaysBetween("at", "at"))


@pytest.mark.parametrize(
    ("lengths", "middle"),
    [
        ([], None),
        ([None, None], None),
        ([7], 7.0),
        ([None, 7], 7.0),
        ([7, 2], 4.5),
        ([2, None, 4], 3.0),
        ([9, 1, 4], 4.0),
        ([1, 1, 1, 9], 1.0),
        ([1, 1, 9, 9], 5.0),
    ],
)
def test_median(lengths, middle):
    make_terms(lengths)

    assert median(Term.objects.all(), LENGTH) == middle


def test_median_of_rows_chosen_and_joined():
    make_terms([5, 7, 100])

    assert median(Term.objects.filter(ordinal__lt=3), LENGTH) == 6.0
    assert median(Term.objects.none(), LENGTH) is None
    annotated = Term.objects.annotate(days=LENGTH, other=F("ordinal"))
    assert median(annotated, F("days")) == 7.0
    for population in (3, 3, 8):
        factory.make_village(population=population)
    assert median(Village.objects.all(), F("population")) == 3.0


@settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.none() | st.integers(1, 12) | st.integers(1, 3000), max_size=40))
def test_median_is_that_of_the_numbers(lengths):
    Term.objects.all().delete()
    make_terms(lengths)
    known = [length for length in lengths if length is not None]
    expected = statistics.median(known) if known else None

    assert median(Term.objects.all(), LENGTH) == expected
    backwards = median(Term.objects.all(), DaysBetween("first_day", "last_day"))
    assert backwards == (None if expected is None else -expected)


def test_one_query_whatever_the_rows(django_assert_num_queries):
    for lengths in ([], [3], range(1, 400)):
        Term.objects.all().delete()
        make_terms(lengths)
        with django_assert_num_queries(1):
            median(Term.objects.all(), LENGTH)


def test_counts_by_a_key():
    make_terms([3, 3, 1])
    Term.objects.create(ordinal=4, first_day=factory.day("2021-01-20"))

    counts = counts_by(Term.objects.all(), LENGTH, "first_day")

    assert counts == {FIRST_DAY: {3: 2, 1: 1}}
    assert [middle(each) for each in counts.values()] == [3]
    assert middle({}) is None
