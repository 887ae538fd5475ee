"""Every list and its workbook cost the same number of queries for one row and for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory
from voters.models import DutyReport, HandlingUnit, UnitEvaluation

pytestmark = pytest.mark.django_db


def _day(number):
    return factory.make_reception_day(f"2020-0{number}-15")


def _visit(number):
    return factory.make_visit(_day(number), village=factory.make_village())


def _item(number):
    return factory.make_item(_visit(number), "assigned", topic=factory.make_topic(f"类别{number}"))


def _evaluation(number):
    activity = factory.make_activity(f"2019-12-0{number}", kind="evaluation")
    return factory.make_unit_evaluation(activity, factory.make_unit(f"{number}号单位"))


LISTS = {
    "/reception-days/": _day,
    "/duties/": _day,
    "/visits/": _visit,
    "/items/": _item,
    "/topics/": lambda number: factory.make_topic(f"类别{number}"),
    "/units/": lambda number: factory.make_unit(f"{number}号单位"),
    "/duty-reports/": lambda number: factory.make_duty_report(),
    "/unit-evaluations/": _evaluation,
}


@pytest.mark.parametrize("query", ["", "?export=xlsx"])
@pytest.mark.parametrize("url", LISTS)
def test_a_row_costs_no_query(url, query, office, logged_in):
    client = logged_in(office)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(url + query)
            assert response.getvalue() if query else response.content
        return len(captured)

    LISTS[url](1)
    queries()
    one = queries()
    LISTS[url](2)
    LISTS[url](3)
    assert queries() == one


@pytest.mark.parametrize("kind", ["day", "visit", "item"])
def test_a_detail_costs_the_same_with_more_on_it(kind, office, logged_in):
    client = logged_in(office)
    item = _item(1)
    record = {"day": item.visit.day, "visit": item.visit, "item": item}[kind]

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(record.get_absolute_url())
        return len(captured)

    queries()
    few = queries()
    for _ in range(2):
        factory.make_item(item.visit, "assigned")
        factory.make_visit(item.visit.day)
        item.steps.create(to_state="assigned")
    assert queries() == few


@pytest.mark.parametrize("url", LISTS)
def test_every_column_sorts_both_ways(url, office, logged_in):
    client = logged_in(office)
    for number in (1, 2, 3):
        LISTS[url](number)

    response = client.get(url)
    keys = [heading["column"].key for heading in response.context["headings"]]
    for key in filter(None, keys):
        up = [record.pk for record, _ in client.get(url, {"sort": key}).context["rows"]]
        down = [record.pk for record, _ in client.get(url, {"sort": f"-{key}"}).context["rows"]]
        assert up == down[::-1]


def _held_reports(number):
    """Of one delegate, in as many years."""
    mandate = factory.make_mandate()
    DutyReport.objects.bulk_create(
        DutyReport(
            mandate=mandate,
            planned_month=7,
            year=year,
            **factory.HELD | {"held_on": f"{year}-07-10"},
        )
        for year in range(1901, 1901 + number)
    )
    return "/duty-reports/"


def _voted_units(number):
    activity = factory.make_evaluation(present=45)
    units = HandlingUnit.objects.bulk_create(
        HandlingUnit(name=f"{place}号单位", short_name=f"{place}号") for place in range(number)
    )
    UnitEvaluation.objects.bulk_create(
        UnitEvaluation(activity=activity, unit=unit, **factory.UNIT_VOTES) for unit in units
    )
    return "/unit-evaluations/"


@pytest.mark.parametrize("make", [_held_reports, _voted_units])
def test_ballots_of_three_cost_as_many_queries_as_of_three_hundred(
    make, office, logged_in, queries_of
):
    factory.make_ballot_scale(1900, thresholds=[("比较满意", 70, 90)])
    client = logged_in(office)
    address = make(3)
    few = queries_of(client, address)
    for model in (DutyReport, UnitEvaluation, HandlingUnit):
        model.objects.all().delete()

    make(300)

    assert queries_of(client, address) == few
