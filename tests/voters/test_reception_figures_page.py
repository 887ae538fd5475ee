"""The page 接待情况: its years, who opens it, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory
from tests.voters.figure_pages import PAGE, numbers_unlike_their_lists, opened, tables, values
from voters.models import ReceptionDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def test_the_year_before_is_the_same_days(set_today, client):
    set_today("2020-08-20")
    group = factory.make_group(1)
    for date in ("2019-08-20", "2019-08-21", "2020-08-15"):
        visit = factory.make_visit(factory.make_reception_day(date, group), persons=2)
        factory.make_item(visit)

    assert values(tables(client, year=2020)["按代表小组"].total) == ["合计", 1, 0, 1, 0, 1, 2, 2]
    assert numbers_unlike_their_lists(client, year=2020) == (40, [])
    assert "上年同期" in opened(client, year=2020).content.decode()
    assert "上年同期" not in opened(client, year=2019).content.decode()
    set_today("2021-01-05")
    assert values(tables(client, year=2020)["按代表小组"].total) == ["合计", 1, 0, 1, 0, 1, 2, 4]


def test_an_empty_year_says_so_and_what_to_do(client, chair, logged_in):
    page = opened(client, year=2031).content.decode()

    assert "2031年还没有举行接待选民日。" in page
    assert "安排接待选民日" in page
    assert "导出表格" not in page
    assert "从台账导入" not in opened(logged_in(chair), year=2031).content.decode()


def test_without_a_year_it_is_this_one(set_today, client):
    set_today("2020-08-20")

    assert opened(client).context["title"] == "2020年接待情况"
    assert opened(client, year="").context["title"] == "2020年接待情况"


@pytest.mark.parametrize("query", [{"year": "abc"}, {"year": 1}, {"group": 7}])
def test_what_is_not_there_is_not_found(query, client):
    assert client.get(PAGE, query).status_code == 404


def test_the_navigation_leads_here(client):
    assert f'href="{PAGE}"' in client.get("/visits/").content.decode()


@pytest.mark.parametrize("export", ["", "xlsx"])
def test_three_hundred_visits_cost_as_many_queries_as_three(export, client):
    group = factory.make_group(1)
    village = factory.make_village()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE, {"year": 2020, "export": export})
        return len(captured)

    def fill(date, visits):
        held = factory.make_reception_day(date, group)
        made = [factory.make_visit(held, village) for _ in range(visits)]
        for number, visit in enumerate(made[:20]):
            factory.make_item(visit, topic=factory.make_topic(f"类别{number}"))

    fill("2020-07-15", 3)
    queries()
    few = queries()
    fill("2020-08-15", 297)
    assert queries() == few


def test_a_day_moved_into_the_year_after_counts_there(client):
    factory.make_reception_day("2021-01-04", original_date=factory.day("2020-12-31"))

    assert not ReceptionDay.objects.filter(date__year=2020).exists()
    assert opened(client, year=2020).context["is_empty"]
    assert not opened(client, year=2021).context["is_empty"]
