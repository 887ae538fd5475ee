"""The calendar as a page and as a feed for phones, and who sees what in it."""

import datetime
import re

import pytest
from django.test import Client

from tests import factory
from voters.hours import hours_of
from voters.models import CalendarFeed, DayEvent

from .township_of_groups import make_groups, mandates_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendars(cast):
    """A coming day of each group; the delegate of group 1 is on duty in September."""
    factory.make_township()
    first, second = factory.make_group(1), factory.make_group(2)
    own = cast["delegate"].delegate.mandates.get()
    leader = cast["leader"].delegate.mandates.get()
    return {
        "september": factory.make_reception_day("2020-09-15", first, [own], state="planned"),
        "october": factory.make_reception_day("2020-10-15", first, [leader], state="planned"),
        "other": factory.make_reception_day("2020-09-15", second, state="planned"),
    }


def feed_of(user):
    return CalendarFeed.objects.create(user=user)


def read(feed):
    return Client().get(f"/calendar/{feed.token}.ics")


def unfolded(response):
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def events(response):
    return [line.removeprefix("SUMMARY:") for line in unfolded(response) if "SUMMARY" in line]


@pytest.mark.parametrize(
    ("username", "groups"),
    [
        ("office", ["第一代表小组", "第二代表小组"]),
        ("chair", ["第一代表小组", "第二代表小组"]),
        ("leader", ["第一代表小组"]),
        ("other_leader", ["第二代表小组"]),
        ("delegate", ["第一代表小组"]),
    ],
)
def test_everybody_sees_the_own_groups(username, groups, cast, calendars, logged_in):
    client = logged_in(cast[username])

    shown = client.get("/calendar/2020/").context["table"]

    assert [str(group) for group, _ in shown] == groups
    assert len(client.get("/calendar/2020/9/").context["entries"]) == len(groups)


def test_own_turns_are_marked(cast, calendars, logged_in):
    page = logged_in(cast["delegate"]).get("/calendar/2020/").content.decode()

    assert "本人轮值1次" in page
    assert page.count('class="calendar-day own"') == 1
    assert calendars["september"].get_absolute_url() not in page


def test_one_group_can_be_chosen(office, calendars, logged_in):
    group = calendars["other"].group

    shown = logged_in(office).get(f"/calendar/2020/?group={group.pk}").context["table"]

    assert [row[0] for row in shown] == [group]


def test_an_empty_year_leads_to_the_plan(office, chair, logged_in):
    plan = 'href="/calendar/2031/plan/"'

    assert plan in logged_in(office).get("/calendar/2031/").content.decode()
    assert plan not in logged_in(chair).get("/calendar/2031/").content.decode()
    assert logged_in(office).get("/calendar/2031/13/").status_code == 404
    assert logged_in(office).get("/calendar/12031/").status_code == 404


def test_the_dashboard_leads_to_the_year_while_it_is_empty(office, logged_in):
    (group,) = make_groups(1)
    client = logged_in(office)
    assert 'href="/calendar/2020/plan/"' in client.get("/").content.decode()

    factory.make_reception_day("2020-01-15", group, [])

    assert "/reception-days/add/?date=2020-09-15" in client.get("/").content.decode()


def test_the_year_costs_the_same_queries_for_more_groups(office, logged_in, queries_of):
    client = logged_in(office)

    def fill(groups, members):
        for group in make_groups(groups, members):
            for month in range(1, 13):
                factory.make_reception_day(f"2021-{month:02d}-15", group, mandates_of(group)[:2])

    fill(2, 2)
    small = queries_of(client, "/calendar/2021/")
    CalendarFeed.objects.create(user=office)
    feed = f"/calendar/{office.calendar_feed.token}.ics"
    small_feed = queries_of(Client(), feed)
    for group in make_groups(5, 3)[2:]:
        for month in range(1, 13):
            factory.make_reception_day(f"2021-{month:02d}-15", group, mandates_of(group)[:2])

    assert queries_of(client, "/calendar/2021/") == small
    assert queries_of(Client(), feed) == small_feed


def test_the_address_is_made_renewed_and_removed(office, logged_in):
    client, page = logged_in(office), "/calendar/address/"

    client.post(page, {"action": "create"})
    first = CalendarFeed.objects.get()
    assert f"/calendar/{first.token}.ics" in client.get(page).content.decode()
    assert read(first).status_code == 200
    client.post(page, {"action": "renew"})
    second = CalendarFeed.objects.get()
    assert (read(first).status_code, read(second).status_code) == (404, 200)
    client.post(page, {"action": "remove"})

    assert read(second).status_code == 404
    assert CalendarFeed.objects.count() == 0


def test_an_unknown_address_is_not_found(db):
    assert Client().get("/calendar/unknown.ics").status_code == 404


def test_an_account_that_is_closed_or_has_no_calendar_reads_nothing(cast, calendars):
    cast["leader"].is_active = False
    cast["leader"].save()

    assert [read(feed_of(cast[name])).status_code for name in ("leader", "unit", "auditor")] == [
        404,
        404,
        404,
    ]


def test_a_feed_holds_only_what_its_owner_may_see(cast, calendars):
    shown = {name: events(read(feed_of(cast[name]))) for name in ("office", "leader", "delegate")}

    assert shown == {
        "office": ["第一代表小组接待选民", "第二代表小组接待选民", "第一代表小组接待选民"],
        "leader": ["第一代表小组接待选民", "第一代表小组接待选民（本人轮值）"],
        "delegate": ["第一代表小组接待选民（本人轮值）"],
    }


def test_the_feed_to_the_letter(cast, calendars):
    day = calendars["september"]
    day.place = "镇政府会议室，一楼;东侧,门口"
    day.original_date = datetime.date(2020, 9, 14)
    day.save()
    event = DayEvent.objects.create(day=day, kind="moved")
    DayEvent.objects.filter(pk=event.pk).update(
        at=datetime.datetime(2020, 8, 20, 1, 2, 3, tzinfo=datetime.UTC)
    )
    feed = feed_of(cast["delegate"])

    response = read(feed)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = unfolded(response)
    start = lines.index("BEGIN:VEVENT")
    assert lines[:3] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//township congress//reception days//ZH",
    ]
    assert lines[start:] == [
        "BEGIN:VEVENT",
        f"UID:reception-day-{day.pk}@testserver",
        "DTSTAMP:20200820T010203Z",
        "SEQUENCE:1",
        "DTSTART;TZID=Asia/Shanghai:20200915T083000",
        "DTEND;TZID=Asia/Shanghai:20200915T110000",
        "SUMMARY:第一代表小组接待选民（本人轮值）",
        "LOCATION:镇政府会议室，一楼\\;东侧\\,门口",
        "DESCRIPTION:接待代表：代表甲\\n时间：8:30—11:00\\n原定2020-09-14",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert read(feed).content == response.content


def test_lines_end_and_fold_as_the_standard_says(cast, calendars):
    day = calendars["september"]
    day.place = "活动室" * 30
    day.save()

    content = read(feed_of(cast["delegate"])).content

    assert re.search(rb"(?<!\r)\n", content) is None
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert all(line.decode() for line in content.split(b"\r\n")[:-1])
    assert f"LOCATION:{'活动室' * 30}" in content.decode().replace("\r\n ", "")


def test_a_cancelled_day_is_told_as_cancelled_and_odd_hours_take_the_whole_day(cast, calendars):
    day = calendars["september"]
    day.state, day.hours = "cancelled", "全天"
    day.save()

    lines = unfolded(read(feed_of(cast["delegate"])))

    assert "STATUS:CANCELLED" in lines
    assert "SUMMARY:第一代表小组接待选民（本人轮值）（取消）" in lines
    assert "DTSTART;VALUE=DATE:20200915" in lines
    assert "DTEND;VALUE=DATE:20200916" in lines
    assert "DTSTAMP:20200915T000000Z" in lines


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("8:30—11:00", ("08:30", "11:00")),
        ("上午8：30-11：00", ("08:30", "11:00")),
        ("下午2:30至5:00", ("14:30", "17:00")),
        ("上午9点至下午3点半", ("09:00", "15:30")),
        ("8时30分至11时", ("08:30", "11:00")),
        ("上午", None),
        ("8:30—11:00，14:30—17:00", None),
        ("11:00—8:30", None),
        ("8:75—11:00", None),
    ],
)
def test_hours_are_read(words, hours):
    read_hours = hours_of(words)

    assert (read_hours and tuple(f"{time:%H:%M}" for time in read_hours)) == hours
