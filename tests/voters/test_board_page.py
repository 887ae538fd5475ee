"""The page 办理情况: made years, what it costs, and what it says when there is nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.models import Township
from congress.periods import Period
from tests import factory
from tests.voters.board_pages import (
    PAGE,
    linked,
    numbers_unlike_their_lists,
    opened,
    rates,
    tables,
    values,
)
from tests.voters.many_items import make_items
from voters.models import FeedbackItem
from voters.rates import RATES, Basis, shares_and_asides

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(set_today):
    set_today("2020-08-20")
    factory.make_township()


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def make_corners():
    """Items that a made year has beside the usual ones, each with a number of its own."""
    visit = factory.make_visit(factory.make_reception_day("2020-03-15"))
    answered = {"assigned_on": "2020-03-16", "due_on": "2020-04-30", "replied_on": "2020-05-06"}
    return {
        "answered late": factory.make_item(visit, "replied", **answered),
        "told for a reason": factory.make_item(
            visit,
            "closed",
            voter_told_on=None,
            told_by="",
            voter_untold_reason="匿名反映",
            process_satisfaction="",
            result_satisfaction="",
        ),
        "on the spot": factory.make_item(
            visit,
            "on_spot",
            route="spot",
            lead_unit=None,
            responsible="",
            assigned_on=None,
            due_on=None,
            signed_on=None,
            replied_on=factory.day("2020-03-15"),
            outcome="D",
            reply="已经说明。",
        ),
        "from elsewhere": FeedbackItem.objects.create(
            number="2020-S001",
            source="inspection",
            registered_on=factory.day("2020-07-15"),
            topic=factory.make_topic("安全"),
            title="路灯",
            summary="装路灯。",
        ),
        "cancelled day": factory.make_item(
            factory.make_visit(factory.make_reception_day("2020-04-15", state="cancelled"))
        ),
        "returned": factory.make_item(
            visit,
            "returned",
            lead_unit=factory.make_unit("镇水利站"),
            responsible="田家明",
            assigned_on=factory.day("2020-05-20"),
            due_on=factory.day("2020-08-01"),
            returned_on=factory.day("2020-05-22"),
            return_kind="other",
            signed_on=None,
            signed_by="",
            replied_on=None,
            outcome="",
            reply="",
            group_told_on=None,
            voter_told_on=None,
            told_by="",
            process_satisfaction="",
            result_satisfaction="",
        ),
    }


def test_every_number_of_a_made_year_is_the_list_behind_it(client):
    make_items(90, years=1)
    make_corners()

    for query in ({}, {"first": "2019-08-01", "day": "2020-06-30", "counted": "true"}):
        count, unlike = numbers_unlike_their_lists(client, **query)
        assert (count > 150, unlike) == (True, [])


def test_corners_of_the_rates(client):
    make_corners()

    assert rates(client) == {
        "reply": (3, 5, None),
        "on_time": (2, 3, None),
        "reply_past_due": (1, 1, None),
        "closed_past_due": (0, 1, None),
        "told": (1, 3, 1),
        "solved": (2, 3, None),
        "process_satisfied": (1, 1, 1),
        "result_satisfied": (1, 1, 1),
    }
    assert rates(client, counted="true")["reply"] == (3, 4, None)


def test_a_rate_is_its_two_querysets():
    make_items(90, years=1)
    make_corners()
    items, basis = FeedbackItem.objects.all(), Basis.on(factory.day("2020-08-20"))

    shares, asides = shares_and_asides(items, basis)
    assert shares == {
        key: (rate.numerator(items, basis).count(), rate.denominator(items, basis).count())
        for key, rate in RATES.items()
    }
    for rate in RATES.values():
        parts = [rate.items(items, part, basis) for part in ("numerator", "rest", "denominator")]
        numerator, rest, whole = ({item.pk for item in part} for part in parts)
        assert (numerator | rest, numerator & rest) == (whole, set()), rate.key
    assert asides == {
        key: rate.items(items, "aside", basis).count() for key, rate in RATES.items() if rate.aside
    }
    assert asides["told"] == 1


def test_the_grades_of_the_township_are_those_of_the_rates(client):
    Township.objects.update(evaluation_scale="优/良/差")
    visit = factory.make_visit()
    for grade in ("优", "良", "差"):
        factory.make_item(visit, "closed", process_satisfaction=grade, result_satisfaction=grade)

    assert rates(client)["result_satisfied"] == (1, 3, 2)
    assert "优和良" in opened(client).content.decode()


@pytest.mark.parametrize("export", ["", "xlsx"])
def test_three_thousand_items_cost_as_many_queries_as_three(export, client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            response = client.get(PAGE, {"export": export})
            assert response.getvalue() if export else response.content
        return len(captured)

    make_items(3, years=1)
    queries()
    few = queries()
    make_items(2997, years=1)
    assert (queries(), few < 35) == (few, True)


def test_an_item_moves_from_month_to_month(client):
    visit = factory.make_visit(factory.make_reception_day("2020-01-15"))
    factory.make_item(visit, "closed", group_told_on=factory.day("2020-08-20"), signed_on=None)

    assert [values(row) for row in tables(client)["按月"].rows] == [
        ["2020-01", 1, 0, 0],
        *([f"2020-{month:02}", 0, 0, 0] for month in range(2, 8)),
        ["2020-08", 0, 1, 1],
    ]


def test_an_empty_period_says_so(client):
    page = opened(client, first="2031-01-01", last="2031-12-31").content.decode()

    assert "这段时间没有提出意见建议。" in page
    assert "导出表格" not in page


@pytest.mark.parametrize(
    "query",
    [
        {"first": "abc"},
        {"first": "2020-05-01", "last": "2020-04-01"},
        {"group": 777},
        {"counted": "x"},
        {"day": "0001-01-01"},
    ],
)
def test_what_cannot_be_counted_is_said(query, client):
    page = opened(client, **query)

    assert "统计范围填写有误" in page.content.decode()
    assert "headlines" not in page.context


def test_the_list_takes_no_month_that_there_is_not(client):
    factory.make_item()

    page = client.get("/items/", {"raised_in": "2020-13", "answered_in": "x"})
    assert page.context["page_obj"].paginator.count == 1
    assert page.context["filter"].chips == []


def test_the_navigation_leads_here(client):
    assert f'href="{PAGE}"' in client.get("/items/").content.decode()


def test_no_number_is_shared_by_a_list_of_strangers(other_leader, logged_in):
    make_corners()

    assert opened(logged_in(other_leader)).context["is_empty"]
    assert not [cell for _, cell in linked(logged_in(other_leader)) if cell.address]


def test_collected_in_a_period_is_raised_in_visits_of_it():
    corners = make_corners()
    spring = Period(factory.day("2020-03-01"), factory.day("2020-04-30"))

    elsewhere, cancelled = corners["from elsewhere"], corners["cancelled day"]
    collected = FeedbackItem.objects.collected_in(spring)
    assert {item.pk for item in collected} == {
        item.pk for item in corners.values() if item not in (elsewhere, cancelled)
    }
    raised = FeedbackItem.objects.raised_in(spring.first, spring.last, with_cancelled=True)
    assert set(raised) - set(collected) == {cancelled}
    assert elsewhere in FeedbackItem.objects.raised_in(factory.day("2020-07-01"))
