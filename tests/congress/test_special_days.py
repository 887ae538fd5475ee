"""The office's own holidays and make-up days over the published calendar."""

import uuid

import pytest

from congress.models import SpecialDay
from congress.workdays import WorkCalendar, WorkdayCount
from tests import factory
from tests.factory import day
from voters.deadlines import Deadlines
from voters.models import FeedbackItem

pytestmark = pytest.mark.django_db


def make_special_day(date, is_workday=False, note=""):
    return SpecialDay.objects.create(date=day(date), is_workday=is_workday, note=note)


def test_own_days_stand_over_the_published_calendar():
    make_special_day("2020-08-20", note="防汛")
    make_special_day("2020-08-22", is_workday=True)
    calendar = WorkCalendar.since(day("2020-08-20"))

    assert [calendar.is_workday(day(f"2020-08-{number}")) for number in (20, 21, 22, 23)] == [
        False,
        True,
        True,
        False,
    ]
    assert calendar.falls_on(day("2020-08-20")) == "防汛"
    assert calendar.falls_on(day("2020-08-22")) == "周末，调休上班"


def test_what_a_day_falls_on():
    calendar = WorkCalendar()

    assert [
        calendar.falls_on(day(text))
        for text in ("2020-08-15", "2020-08-20", "2020-10-01", "2020-09-27", "2020-01-25")
    ] == ["周末", "", "国庆节", "周末，调休上班", "春节"]
    assert calendar.falls_on(day("2098-10-01")) == ""


def certain_days():
    calendar = WorkCalendar.since(day("2098-10-08"))
    days = ("2098-01-01", "2098-10-01", "2098-10-08", "2099-01-01", "2099-01-04")
    return [text for text in days if calendar.is_certain(day(text))]


def test_a_year_is_known_once_its_first_and_last_holiday_are_entered():
    assert certain_days() == []

    make_special_day("2098-10-01", note="国庆节")
    make_special_day("2099-01-01", note="元旦")
    assert certain_days() == ["2098-10-01", "2099-01-01"]

    make_special_day("2098-01-01", note="元旦")
    assert certain_days() == ["2098-01-01", "2098-10-01", "2098-10-08", "2099-01-01"]


def test_the_list_says_when_a_year_is_complete(office, logged_in):
    make_special_day("2098-10-01", note="国庆节")

    page = logged_in(office).get("/special-days/").content.decode()

    assert "公历1月1日和10月1日都登记后，该年视为已录全。" in page


def test_the_nearest_working_days():
    make_special_day("2020-08-17")
    calendar = WorkCalendar.since(day("2020-08-15"))

    assert calendar.next_workday(day("2020-08-15")) == day("2020-08-18")
    assert calendar.previous_workday(day("2020-08-15")) == day("2020-08-14")
    assert calendar.next_workday(day("2020-08-20")) == day("2020-08-20")


def test_deadlines_heed_own_days(django_assert_num_queries):
    factory.make_township(feedback_target_days=1)
    make_special_day("2020-08-21")

    with django_assert_num_queries(2):
        due = Deadlines.since(day("2020-08-20")).of(FeedbackItem(), day("2020-08-20"))

    assert due == WorkdayCount(day("2020-08-24"), is_certain=True)


def test_the_office_enters_a_day_once(office, logged_in):
    client = logged_in(office)
    sent = {"submission": str(uuid.uuid4()), "date": "2027-10-01", "note": "国庆节"}

    client.post("/special-days/add/", sent)
    again = client.post("/special-days/add/", sent | {"submission": str(uuid.uuid4())})

    assert list(SpecialDay.objects.values_list("note", "is_workday")) == [("国庆节", False)]
    assert again.context["form"].errors == {"date": ["这一天已经登记，请修改原有记录。"]}
    assert "2027-10-01" in client.get("/special-days/?year=2027").content.decode()
