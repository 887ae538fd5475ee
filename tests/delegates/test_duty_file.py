"""The duty file as far as this room fills it: mandates, and the sessions of the congress."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.periods import Period
from delegates.duty_file import Entry, Part, Standing, duty_files
from tests.factory import (
    day,
    make_delegate,
    make_honour,
    make_mandate,
    make_session,
    make_session_attendance,
    make_suspension,
    make_user,
)

pytestmark = pytest.mark.django_db
YEAR = Period.of_year(2020)


@pytest.fixture(autouse=True)
def _on_the_day(set_today):
    set_today("2020-08-20")


def held(ordinal, date):
    return make_session(ordinal, date, state="held")


def sessions_in(file):
    return [(str(each.day), each.standing, each.remark) for each in file.part("sessions").entries]


def test_sessions_are_those_of_the_own_congress_while_in_office(secretary):
    person = make_delegate("李敏")
    mandate = make_mandate(person, start="2020-03-01")
    make_mandate(person, level="county")
    held(2, "2020-02-10")
    spring, summer = held(3, "2020-03-01"), held(4, "2020-05-06")
    held(5, "2020-07-01")
    make_session(6, "2020-08-10")
    make_suspension(mandate, "2020-07-01", "2020-08-01")
    make_session_attendance(spring, mandate)
    make_session_attendance(summer, mandate, "approved", reason="health", approved_by="主席团")
    [file] = duty_files([person], YEAR, secretary)
    assert sessions_in(file) == [
        ("2020-03-01", Standing.PRESENT, ""),
        ("2020-05-06", Standing.LEAVE, "健康"),
    ]
    part = file.part("sessions")
    assert (part.expected, part.present, part.leave, part.absent) == (2, 1, 1, 0)
    assert (part.done, part.rate) == (1, "50%")


def test_a_session_without_attendance_counts_as_not_marked(secretary):
    mandate = make_mandate(make_delegate("李敏"))
    held(4, "2020-05-06")
    [file] = duty_files([mandate.delegate], YEAR, secretary)
    part = file.part("sessions")
    assert (part.expected, part.unmarked, part.done, part.rate) == (1, 1, 0, "")


def test_reasons_of_health_are_for_the_office_and_the_person():
    mandate = make_mandate(make_delegate("李敏"))
    person = mandate.delegate
    person.account = make_user("limin", "delegate")
    person.save()
    make_session_attendance(
        held(4, "2020-05-06"), mandate, "approved", reason="health", approved_by="主席团"
    )
    readers = {
        "office": make_user("desk", "office"),
        "own": person.account,
        "chair": make_user("chair", "chair"),
        "public": None,
    }
    told = {
        name: sessions_in(duty_files([person], YEAR, reader)[0])[0][2]
        for name, reader in readers.items()
    }
    assert told == {"office": "健康", "own": "健康", "chair": "", "public": ""}


def test_mandates_that_touch_the_period(secretary):
    person = make_delegate("李敏")
    ended = {"end_reason": "resigned", "card_number": "镇001"}
    make_mandate(person, start="2017-01-10", end="2020-01-01", **ended)
    ended["card_number"] = "镇002"
    second = make_mandate(person, start="2020-02-01", end="2020-06-30", **ended)
    make_suspension(second, "2020-03-01", "2020-04-01")
    [file] = duty_files([person], YEAR, secretary)
    assert [(str(each.day), each.remark) for each in file.part("mandates").entries] == [
        (
            "2020-02-01",
            "2020年3月1日暂停执行代表职务，2020年4月1日恢复；2020年6月30日终止（辞职被接受）",
        )
    ]


def test_as_many_queries_for_three_as_for_one(secretary):
    persons = [make_mandate().delegate for _ in range(3)]
    for each in (held(4, "2020-05-06"), held(5, "2020-07-01")):
        for person in persons:
            make_session_attendance(each, person.mandates.get())
    asked = []
    for number in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            duty_files(persons[:number], YEAR, secretary)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_counts_of_a_part():
    entries = (
        Entry(day("2020-01-05"), "未要求到会的活动"),
        Entry(day("2020-02-05"), "视察", standing=Standing.PRESENT),
        Entry(day("2020-03-05"), "视察", standing=Standing.ABSENT),
        Entry(day("2020-04-05"), "视察", standing=Standing.LEAVE),
    )
    part = Part("inspection", "视察调研", "次", entries)
    assert (part.expected, part.done, part.present, part.leave, part.absent, part.rate) == (
        (3, 2, 1, 1, 1, "33.3%")
    )


def test_honours_of_the_period_are_told(secretary):
    person = make_delegate("李敏")
    make_honour(person)
    make_honour(person, "2019-03-10")
    make_honour()
    [file] = duty_files([person], YEAR, secretary)
    assert [(str(each.day), each.words, each.remark) for each in file.part("honours").entries] == [
        ("2020-03-10", "优秀人大代表（县级）", "YY县人大常委会授予")
    ]


def test_an_honour_is_entered_from_the_persons_page(office, logged_in):
    person = make_delegate("李敏")
    client = logged_in(office)
    page = client.get(f"/delegates/{person.pk}/")
    [address] = [address for label, address in page.context["buttons"] if label == "登记表彰"]
    form = client.get(address).context["form"]
    assert form["delegate"].value() == str(person.pk)
    sent = {
        "delegate": person.pk,
        "day": "2020-08-21",
        "title": "优秀人大代表",
        "granted_by": "YY县人大常委会",
        "level": "county",
        "submission": form["submission"].value(),
    }
    refused = client.post(address, sent).context["form"]
    assert refused.errors == {"day": ["表彰日期不能晚于今天。"]}
    for _ in range(2):
        client.post(address, sent | {"day": "2020-08-20"})
    assert [str(each.day) for each in person.honours.all()] == ["2020-08-20"]
