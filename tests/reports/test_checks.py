"""Every check before signing: a case that it finds, and a like one that it lets pass."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.checks import CHECKS, findings
from reports.checks.subject import Subject
from reports.checks.typed_numbers import NUMBER, bears_out
from tests import factory
from tests.factory import make_item, make_plan_item, make_reception_day

from .made_faults import CASES, due, make_report, many, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_20_august(set_today):
    set_today("2020-08-20")


def found(key, report):
    return [each.sentence for each in CHECKS[key].findings(Subject(report))]


@pytest.mark.parametrize(
    ("key", "trigger", "sentence"), [(key, wrong, said) for key, wrong, said, _ in CASES]
)
def test_is_found(key, trigger, sentence):
    report = make_report()
    trigger(report)

    assert sentence in found(key, report)


@pytest.mark.parametrize(("key", "make"), [(key, right) for key, *_, right in CASES])
def test_passes(key, make):
    report = make_report()
    make(report)

    assert found(key, report) == []


def test_every_check_has_a_case():
    assert {key for key, *_ in CASES} == set(CHECKS)


def test_more_records_cost_no_more_queries():
    report = make_report()
    counted = []
    for _ in range(2):
        due()
        make_item(state="replied")
        make_plan_item(first_month=7)
        factory.make_mandate()
        write(f"第{len(counted)}段，接待选民9人次。", f"成效-{len(counted) + 1}")
        make_reception_day(f"2020-08-1{len(counted)}", state="announced")
        with CaptureQueriesContext(connection) as queries:
            findings(report)
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_a_finding_shows_twenty_records_and_counts_the_rest():
    report = make_report()
    many(22, due)
    (shown,) = CHECKS["items_overdue"].findings(Subject(report))

    assert (len(shown.records), shown.more) == (20, 2)
    assert shown.address == shown.records[0].address


@pytest.mark.parametrize(
    ("typed", "true_of"),
    [
        ("100余", (101, 156, 199)),
        ("150多", (151, 159)),
        ("二十余", (21, 29)),
        ("近100", (90, 99)),
        ("约100", (90, 110)),
        ("超过100", (101,)),
        ("100以上", (100, 300)),
        ("一百零四", (104,)),
        ("两千三百", (2300,)),
    ],
)
def test_numbers_around_which_words_stand(typed, true_of):
    match = re.fullmatch(NUMBER, typed)

    assert [value for value in true_of if not bears_out(match, Decimal(value))] == []
    assert not bears_out(match, Decimal(80))
