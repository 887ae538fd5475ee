"""Every list and its workbook cost the same number of queries for one row and for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory

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
