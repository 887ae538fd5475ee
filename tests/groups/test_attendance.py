"""Who was expected at an activity on its day, and taking attendance."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.attendance import sheet, turnout
from groups.models import Attendance
from tests.factory import (
    make_activity,
    make_attendance,
    make_delegate,
    make_group,
    make_mandate,
    make_membership,
    make_staff_liaison,
    make_suspension,
)

pytestmark = pytest.mark.django_db


def member(name, group=1, start="2017-01-05", end=None, **fields):
    mandate = make_mandate(make_delegate(name), **fields)
    make_membership(make_group(group), mandate, start=start, end=end)
    return mandate


def people(activity):
    return [line.mandate.delegate.name for line in sheet(activity)]


def saved():
    return list(
        Attendance.objects.order_by("mandate").values_list(
            "mandate__delegate__name", "status", "reason"
        )
    )


def marks(activity, **fields):
    """What a browser sends that marks these people: 张某="leave:work"."""
    data = {"version": activity.version}
    for line in sheet(activity):
        key, name = line.mandate.pk, line.mandate.delegate.name
        seen = ":".join(line.mark or ("", ""))
        status, _, reason = fields.get(name, seen).partition(":")
        data |= {f"status_{key}": status, f"reason_{key}": reason, f"seen_{key}": seen}
    return data


def page_of(activity):
    return reverse("activity_attendance", args=[activity.pk])


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
        page_of(activity), marks(activity, 王某="leave:work") | {"all_present": "1"}
    )

    assert [status.value() for _, status, _, _ in page.context["form"].rows()] == [
        "present",
        "leave",
    ]
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
    assert told.context["differing"] == [
        ("王某", "请假（工作）", "出席"),
        ("李某", "未安排", "缺席（健康）"),
    ]
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


def test_sheet_costs_the_same_queries_for_one_person_and_four(office, logged_in, queries_of):
    activity = make_activity("2020-07-15", make_group(1))
    browser = logged_in(office)
    member("甲")
    shown = queries_of(browser, page_of(activity))
    with_one = _queries_of_saving(browser, activity, 甲="present")
    for name in ("乙", "丙", "丁"):
        member(name)

    assert queries_of(browser, page_of(activity)) == shown
    activity.refresh_from_db()
    assert _queries_of_saving(browser, activity, 乙="present", 丙="leave:work", 丁="absent") == (
        with_one
    )


def _queries_of_saving(browser, activity, **fields):
    data = marks(activity, **fields)
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
