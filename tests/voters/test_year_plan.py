"""The year's reception days: by the rule, seen before they are made, made for all at once."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.models import SpecialDay
from congress.workdays import WorkCalendar
from tests import factory
from voters.models import DayEvent, ReceptionDay
from voters.year_plan import plan_year, rule_dates

from .township_of_groups import make_groups

pytestmark = pytest.mark.django_db


def dates(year, day_of_month, shift):
    return [f"{rule.date:%m-%d}" for rule in rule_dates(year, day_of_month, shift, WorkCalendar())]


def sent(year, *months):
    return {"seen": plan_year(year).fingerprint, "month": months or range(1, 13)}


def made_days(group):
    return [f"{day.date:%Y-%m-%d}" for day in group.reception_days.order_by("date")]


def test_the_rule_keeps_the_day():
    assert dates(2020, 15, "keep") == [f"{month:02d}-15" for month in range(1, 13)]


def test_the_rule_takes_the_next_working_day():
    assert dates(2020, 15, "next") == [
        "01-15",
        "02-17",
        "03-16",
        "04-15",
        "05-15",
        "06-15",
        "07-15",
        "08-17",
        "09-15",
        "10-15",
        "11-16",
        "12-15",
    ]


def test_the_rule_takes_the_working_day_before():
    assert dates(2020, 1, "previous")[:2] == ["12-31", "01-23"]
    assert dates(2020, 1, "next")[9] == "10-09"


def test_what_the_rule_day_falls_on():
    rules = rule_dates(2020, 1, "keep", WorkCalendar())

    assert [rule.falls_on for rule in rules if rule.falls_on] == [
        "元旦",
        "春节",
        "周末",
        "劳动节",
        "周末",
        "国庆节",
        "周末",
    ]


def test_a_year_is_made_for_all_groups_and_told(office, logged_in):
    first, second = make_groups(2, reception_shift="next")
    client = logged_in(office)

    response = client.post("/calendar/2021/plan/", sent(2021), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "已安排2021年接待选民日24次，接下来可以排班。"
    ]
    assert made_days(first) == made_days(second)
    assert made_days(first)[:5] == [
        "2021-01-15",
        "2021-02-18",
        "2021-03-15",
        "2021-04-15",
        "2021-05-17",
    ]
    assert set(ReceptionDay.objects.values_list("place", "state")) == {
        ("1组活动室", "planned"),
        ("2组活动室", "planned"),
    }
    notes = DayEvent.objects.filter(kind="made", day__group=first).exclude(note="")
    assert list(notes.values_list("user__username", "note"))[:2] == [
        ("office", "按规定是2021-02-15（春节），顺延到2021-02-18"),
        ("office", "按规定是2021-05-15（周末），顺延到2021-05-17"),
    ]


def test_a_second_click_adds_nothing(office, logged_in):
    make_groups(2)
    client, data = logged_in(office), sent(2021)

    client.post("/calendar/2021/plan/", data)
    again = client.post("/calendar/2021/plan/", data, follow=True)

    assert "没有增加" in again.content.decode()
    assert ReceptionDay.objects.count() == 24


def test_months_that_are_none_are_left_aside(office, logged_in):
    make_groups(2)
    client, data = logged_in(office), sent(2021)

    client.post("/calendar/2021/plan/", data | {"month": ["x", "13", "-1", "²", "9" * 5000, "2"]})

    assert {day.date.month for day in ReceptionDay.objects.all()} == {2}


def test_only_missing_days_are_added_and_only_of_the_months_chosen(office, logged_in):
    (group,) = make_groups(1, reception_shift="next")
    kept = [
        factory.make_reception_day("2021-01-20", group, [], state="planned"),
        factory.make_reception_day(
            "2021-03-02", group, [], original_date=factory.day("2021-02-18")
        ),
        factory.make_reception_day("2021-04-15", group, [], state="cancelled"),
    ]

    logged_in(office).post("/calendar/2021/plan/", sent(2021, 1, 2, 3, 4, 5))

    assert made_days(group) == [
        "2021-01-20",
        "2021-03-02",
        "2021-03-15",
        "2021-04-15",
        "2021-05-17",
    ]
    assert DayEvent.objects.filter(day__in=kept).count() == 0


def test_a_day_shifted_out_of_its_year_is_made_once(office, logged_in):
    (group,) = make_groups(1, reception_day=1, reception_shift="previous")
    client = logged_in(office)

    client.post("/calendar/2020/plan/", sent(2020))
    client.post("/calendar/2020/plan/", sent(2020))
    client.post("/calendar/2019/plan/", sent(2019, 12))

    assert made_days(group)[:3] == ["2019-11-29", "2019-12-31", "2020-01-23"]
    assert len(made_days(group)) == 13


def test_a_group_has_days_only_while_it_exists():
    make_groups(1)
    factory.make_group(2, start=factory.day("2021-06-01"), end=factory.day("2021-09-01"))
    plan = plan_year(2021)

    months = [month.rule.month for month in plan.months if month.groups[1].is_missing]
    assert months == [6, 7, 8]
    assert [group.ordinal for group in plan.homeless] == [2]
    assert plan.to_make == 12


def test_the_page_says_where_a_room_is_missing(office, logged_in):
    factory.make_township()
    group = factory.make_group(3)
    client = logged_in(office)

    page = client.get("/calendar/2021/plan/").content.decode()
    client.post("/calendar/2021/plan/", sent(2021))

    assert "第三代表小组没有登记活动室，不能安排地点。" in page
    assert made_days(group) == []


def test_a_year_without_published_holidays_is_said_to_be_uncertain(office, logged_in):
    make_groups(1)
    client = logged_in(office)
    assert "系统还没有收录" not in client.get("/calendar/2020/plan/").content.decode()
    assert "系统还没有收录" in client.get("/calendar/2098/plan/").content.decode()

    SpecialDay.objects.create(date=datetime.date(2098, 10, 1), note="国庆节")
    assert "系统还没有收录" in client.get("/calendar/2098/plan/").content.decode()

    SpecialDay.objects.create(date=datetime.date(2098, 1, 1), note="元旦")
    assert "系统还没有收录" not in client.get("/calendar/2098/plan/").content.decode()


def test_months_gone_by_are_left_unchecked(office, logged_in):
    make_groups(1)

    page = logged_in(office).get("/calendar/2020/plan/").content.decode()

    assert page.count('name="month"') == 12
    assert page.count(" checked>") == 4


def test_what_was_shown_is_what_is_made(office, logged_in):
    (group,) = make_groups(1)
    data = sent(2021)
    group.rooms.update(place="新活动室")

    response = logged_in(office).post("/calendar/2021/plan/", data)

    assert response.status_code == 409
    assert "没有增加；请核对后再确认" in response.content.decode()
    assert ReceptionDay.objects.count() == 0


def test_ten_groups_cost_as_many_queries_as_three(office, logged_in):
    client = logged_in(office)

    def queries(groups, year):
        make_groups(groups, 1)
        data = sent(year)
        with CaptureQueriesContext(connection) as captured:
            client.post(f"/calendar/{year}/plan/", data)
        # SQLite takes 999 values a statement, so the days are written in one or two of them.
        days = [query for query in captured if query["sql"].startswith('INSERT INTO "voters_recep')]
        assert len(days) <= 2
        return len(captured) - len(days)

    small = queries(3, 2021)
    large = queries(10, 2022)

    assert ReceptionDay.objects.filter(date__year=2022).count() == 120
    assert small == large
