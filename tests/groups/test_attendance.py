"""Who was expected at an activity on its day, and taking attendance."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from delegates.models import Delegate, Mandate
from groups.attendance import sheet, turnout
from groups.models import Attendance, Membership
from tests.factory import (
    day,
    make_activity,
    make_attendance,
    make_delegate,
    make_group,
    make_mandate,
    make_staff_liaison,
    make_suspension,
)
from tests.groups.attendance_sheet import marks, member, page_of, saved

pytestmark = pytest.mark.django_db


def people(activity):
    return [line.mandate.delegate.name for line in sheet(activity)]


def test_expected_at_a_group_activity_are_its_members_of_that_day():
    member("组员")
    member("当日加入", start="2020-07-15")
    member("次日加入", start="2020-07-16")
    member("当日离开", end="2020-07-15")
    member("次日离开", end="2020-07-16")
    member("别组", group=2)
    make_suspension(member("暂停"), "2020-07-15")
    make_suspension(member("已恢复"), "2020-06-01", "2020-07-15")
    make_staff_liaison(make_group(1), "干事")

    assert people(make_activity("2020-07-15", make_group(1))) == [
        "组员",
        "当日加入",
        "次日离开",
        "已恢复",
    ]


def test_expected_at_an_activity_of_the_township_is_who_is_in_office():
    member("二组", group=2)
    member("一组", group=1)
    make_mandate(make_delegate("未编组"))
    make_mandate(make_delegate("当日终止"), end="2020-07-15")
    make_mandate(make_delegate("次日当选"), start="2020-07-16")

    assert people(make_activity("2020-07-15")) == ["一组", "二组", "未编组"]


def test_person_with_two_mandates_is_expected_once():
    person = make_delegate("双职")
    county = make_mandate(person, level="county")
    town = make_mandate(person, level="town")
    activity = make_activity("2020-07-15")

    assert [line.mandate for line in sheet(activity)] == [town]
    make_attendance(activity, county)
    assert [line.mandate for line in sheet(activity)] == [county]


def test_who_was_marked_stays_on_the_sheet_when_the_roster_changes():
    activity = make_activity("2020-07-15", make_group(1))
    make_attendance(activity, member("别组", group=2))

    assert [(line.mandate.delegate.name, line.is_expected) for line in sheet(activity)] == [
        ("别组", False)
    ]


def test_turnout_counts_only_who_was_asked():
    activity = make_activity("2020-07-15")
    for name, status in (("甲", "present"), ("乙", "present"), ("丙", "leave"), ("丁", "absent")):
        make_attendance(activity, member(name), status)
    member("未安排")

    numbers = turnout(activity.attendances.all())

    assert (numbers.expected, numbers.present, numbers.leave, numbers.absent, numbers.rate) == (
        4,
        2,
        1,
        1,
        "50%",
    )
    assert turnout([]).rate == ""


def test_sheet_is_saved_together(leader, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    for name in ("张某", "王某", "李某"):
        member(name)

    answer = logged_in(leader).post(
        page_of(activity),
        marks(activity, 张某="present:health", 王某="leave:work", 李某="absent", 一组组长=""),
    )

    assert answer.url == activity.get_absolute_url()
    assert saved() == [
        ("张某", "present", ""),
        ("王某", "leave", "work"),
        ("李某", "absent", "unstated"),
    ]


def test_mark_is_changed_and_taken_back(office, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    make_attendance(activity, member("张某"))
    make_attendance(activity, member("王某"))

    logged_in(office).post(page_of(activity), marks(activity, 张某="absent:family", 王某=""))

    assert saved() == [("张某", "absent", "family")]


def test_all_present_marks_the_others_and_saves_nothing(office, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    for name in ("张某", "王某"):
        member(name)

    page = logged_in(office).post(
        page_of(activity), marks(activity, 王某="leave:work") | {"all_present": "all"}
    )

    assert [row.status for row in page.context["form"].rows()] == ["present", "leave"]
    assert saved() == []


def test_second_of_two_people_is_told_and_loses_nothing(office, leader, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    for name in ("张某", "王某", "李某"):
        member(name)
    as_both_saw_it = marks(activity)
    first = as_both_saw_it | marks(activity, 张某="present", 王某="leave:work")
    second = as_both_saw_it | marks(activity, 王某="present", 李某="absent:health")
    logged_in(leader).post(page_of(activity), first)

    told = logged_in(office).post(page_of(activity), second)

    assert told.status_code == 409
    assert told.context["differing"] == [("王某", "请假（工作）", "出席")]
    form = told.context["form"]
    again = {bound.html_name: bound.value() or "" for bound in form}
    assert saved() == [("张某", "present", ""), ("王某", "leave", "work")]

    logged_in(office).post(page_of(activity), again)

    assert saved() == [
        ("张某", "present", ""),
        ("王某", "present", ""),
        ("李某", "absent", "health"),
    ]


def test_mark_that_is_no_choice_is_refused(office, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    mandate = member("张某")

    page = logged_in(office).post(page_of(activity), marks(activity, 张某="late"))

    assert page.context["form"].errors == {
        f"status_{mandate.pk}": ["选择一个有效的选项。 late 不在可用的选项中。"]
    }
    assert saved() == []


def test_sheet_costs_the_same_queries_for_three_people_and_three_hundred(
    office, logged_in, queries_of
):
    activity = make_activity("2020-07-15")
    browser = logged_in(office)
    many_members(3)
    shown = queries_of(browser, page_of(activity))
    told = queries_of(browser, reverse("activity_marks", args=[activity.pk]))
    added = _queries_of_saving(browser, activity, 0)
    changed = _queries_of_saving(browser, activity, 1)
    many_members(297)

    assert queries_of(browser, page_of(activity)) == shown
    assert queries_of(browser, reverse("activity_marks", args=[activity.pk])) == told
    # SQLite takes 142 new rows a statement.
    assert _queries_of_saving(browser, activity, 1) - added in (0, 2)
    assert _queries_of_saving(browser, activity, 2) == changed
    assert Attendance.objects.count() == 300


def many_members(count):
    """Members of group 1 besides those there are."""
    first = Delegate.objects.count()
    numbers = range(first, first + count)
    people = Delegate.objects.bulk_create(
        Delegate(
            name=f"代表{number}", sex="男", birth_month=day("1975-03-01"), phone=f"{number:05d}"
        )
        for number in numbers
    )
    model = make_mandate(make_delegate("样本"), end="2020-01-01")
    mandates = Mandate.objects.bulk_create(
        Mandate(
            delegate=person,
            level="town",
            term=model.term,
            constituency=model.constituency,
            card_number=f"M{person.pk}",
            start=model.start,
        )
        for person in people
    )
    Membership.objects.bulk_create(
        Membership(group=make_group(1), mandate=mandate, start=mandate.start)
        for mandate in mandates
    )


def _queries_of_saving(browser, activity, away):
    """Everybody is present, but for one of the first who is on leave."""
    data = marks(activity)
    keys = [name for name in data if name.startswith("status_")]
    data |= dict.fromkeys(keys, "present") | {keys[away]: "leave"}
    with CaptureQueriesContext(connection) as queries:
        assert browser.post(page_of(activity), data).status_code == 302
    return len(queries)


@pytest.mark.parametrize(
    ("role", "status"),
    [("office", 200), ("leader", 200), ("other_leader", 404), ("chair", 403), ("delegate", 403)],
)
def test_attendance_is_taken_by_the_office_and_the_own_leader(cast, logged_in, role, status):
    activity = make_activity("2020-07-15", make_group(1))
    browser = logged_in(cast[role])

    assert browser.get(page_of(activity)).status_code == status
    if status != 200:
        refused = browser.post(page_of(activity), marks(activity, 代表甲="present"))
        assert (refused.status_code, saved()) == (status, [])


def test_expected_are_those_of_the_invited_circle():
    leader = member("一组甲")
    member("县代表", level="county")
    other = member("二组甲", group=2)
    member("二组已离", group=2, end="2020-07-01")
    everybody = make_activity("2020-07-15")
    town = make_activity("2020-07-15", circle="town")
    second = make_activity("2020-07-15", circle="groups")
    second.invited_groups.add(make_group(2))
    named = make_activity("2020-07-15", circle="named")
    named.invited.set([leader, other])
    of_group = make_activity("2020-07-15", make_group(1), circle="named")
    of_group.invited.set([leader, other])

    invited = {activity.pk: people(activity) for activity in (town, second, named, of_group)}

    assert people(everybody) == ["一组甲", "县代表", "二组甲", "二组已离"]
    assert list(invited.values()) == [
        ["一组甲", "二组甲", "二组已离"],
        ["二组甲"],
        ["一组甲", "二组甲"],
        ["一组甲"],
    ]
