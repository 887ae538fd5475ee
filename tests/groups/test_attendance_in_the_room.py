"""Taking attendance while things happen: leave, late guests, people who sign in meanwhile."""

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from groups.actions import take_attendance
from groups.attendance import Mark, sheet, taken
from groups.models import Activity, Attendance
from tests.factory import make_activity, make_attendance, make_group, make_leave_request
from tests.groups.attendance_sheet import marks, member, page_of, saved

pytestmark = pytest.mark.django_db


# Leave, late invitations, who was not asked


def test_leave_approved_beforehand_stands_on_the_sheet_and_is_saved_with_it(
    leader, delegate, logged_in
):
    activity = make_activity("2020-07-15", make_group(1))
    approved_leave(activity, delegate, leader)
    assert numbers(activity) == {"expected": 2, "present": 0, "leave": 1, "absent": 0, "left": 1}

    page = logged_in(leader).get(page_of(activity))
    assert [(row.status, row.reason, row.approved_by) for row in page.context["rows"]] == [
        ("", "", "一组组长"),
        ("leave", "work", "人大主席"),
    ]
    logged_in(leader).post(page_of(activity), marks(activity, 一组组长="present"))

    assert list(Attendance.objects.order_by("pk").values_list("status", "approved_by")) == [
        ("present", ""),
        ("leave", "人大主席"),
    ]


def approved_leave(activity, delegate, leader):
    mandate = delegate.delegate.mandates.get()
    return make_leave_request(
        activity,
        mandate,
        delegate,
        state="approved",
        approved_by="人大主席",
        decided_by=leader,
        decided_at=timezone.now(),
    )


def numbers(activity):
    activity = Activity.objects.get(pk=activity.pk)
    found = taken(activity, sheet(activity)).turnout
    return {
        "expected": found.expected,
        "present": found.present,
        "leave": found.leave,
        "absent": found.absent,
        "left": found.unmarked,
    }


def test_leave_says_who_approved_it_and_an_absence_does_not(office, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    member("张某")
    member("王某")

    logged_in(office).post(
        page_of(activity), marks(activity, 张某="leave:health:李建国", 王某="absent:work:李建国")
    )

    assert list(Attendance.objects.order_by("mandate").values_list("status", "approved_by")) == [
        ("leave", "李建国"),
        ("absent", ""),
    ]
    page = logged_in(office).get(activity.get_absolute_url()).content.decode()
    assert re.findall("<li>(.某：.*?)</li>", page) == [
        "张某：请假（健康，李建国批准）",
        "王某：缺席（工作）",
    ]


def test_page_of_the_activity_tells_who_is_not_marked_yet(office, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    for name in ("张某", "王某", "李某"):
        member(name)

    answer = logged_in(office).post(page_of(activity), marks(activity, 张某="present"), follow=True)

    page = answer.content.decode()
    assert [str(each) for each in answer.context["messages"]] == [
        f"已保存“{activity}”的出席情况：实到1名，还有2名未登记。"
    ]
    assert re.findall(r"<dt>(\w+)</dt><dd>(\d+)</dd>", page) == [
        ("应到", "3"),
        ("实到", "1"),
        ("请假", "0"),
        ("缺席", "0"),
        ("未登记", "2"),
    ]
    assert "<p>王某、李某</p>" in page


def test_who_is_left_was_not_asked_once_somebody_says_so(office, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    member("张某")
    member("王某")

    logged_in(office).post(
        page_of(activity), marks(activity, 张某="present") | {"rest_not_asked": "on"}
    )
    assert numbers(activity) == {"expected": 1, "present": 1, "leave": 0, "absent": 0, "left": 0}

    logged_in(office).post(page_of(activity), marks(activity))
    assert numbers(activity) == {"expected": 2, "present": 1, "leave": 0, "absent": 0, "left": 1}


def test_somebody_who_was_not_invited_is_added_on_the_spot(leader, other_leader, logged_in):
    activity = make_activity("2020-07-15", make_group(1), circle="named")
    activity.invited.add(leader.delegate.mandates.get())
    guest = member("临时到会")
    stranger = other_leader.delegate.mandates.get()
    browser = logged_in(leader)
    assert [each.delegate.name for each in browser.get(page_of(activity)).context["others"]] == [
        "临时到会"
    ]

    page = browser.post(
        page_of(activity),
        marks(activity, 一组组长="present") | {"invite": "1", "newcomer": str(guest.pk)},
    )

    assert [(row.line.mandate, row.status) for row in page.context["rows"]] == [
        (leader.delegate.mandates.get(), "present"),
        (guest, "present"),
    ]
    assert (page.context["late"], saved()) == ([guest.pk], [])

    browser.post(
        page_of(activity),
        marks(activity, 一组组长="present")
        | {"late": [guest.pk, stranger.pk], f"status_{guest.pk}": "present"}
        | {f"status_{stranger.pk}": "present"},
    )

    assert saved() == [("一组组长", "present", ""), ("临时到会", "present", "")]


def test_nobody_chosen_to_be_added_is_told(leader, logged_in):
    activity = make_activity("2020-07-15", make_group(1))

    page = logged_in(leader).post(
        page_of(activity), marks(activity, 一组组长="present") | {"invite": "1", "newcomer": ""}
    )

    assert [str(each) for each in page.context["messages"]] == ["请先选择要加入名单的代表。"]
    assert [row.status for row in page.context["rows"]] == ["present"]


def test_all_present_of_one_group_leaves_the_others(office, logged_in):
    activity = make_activity("2020-07-15")
    for name, group in (("张某", 1), ("王某", 2)):
        member(name, group)

    page = logged_in(office).post(
        page_of(activity), marks(activity) | {"all_present": "第二代表小组"}
    )

    assert [row.status for row in page.context["rows"]] == ["", "present"]


# Signing in while the sheet is open


def test_who_signed_in_meanwhile_stays_present_without_a_second_save(leader, delegate, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    opened = marks(activity, 一组组长="absent:work")
    signed_in(activity, delegate)

    answer = logged_in(leader).post(page_of(activity), opened)

    assert (answer.status_code, saved()) == (
        302,
        [("一组组长", "absent", "work"), ("代表甲", "present", "")],
    )
    assert activity.attendances.exclude(signed_in_at=None).count() == 1


def signed_in(activity, user):
    attendance = make_attendance(activity, user.delegate.mandates.get())
    Attendance.objects.filter(pk=attendance.pk).update(
        signed_in_at=datetime.datetime(2020, 7, 15, 1, 2, tzinfo=datetime.UTC)
    )
    return attendance


def test_a_mark_against_somebody_who_signed_in_meanwhile_is_asked_back(leader, delegate, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    opened = marks(activity, 代表甲="absent:unstated")
    signed_in(activity, delegate)
    browser = logged_in(leader)

    told = browser.post(page_of(activity), opened)

    assert (told.status_code, told.context["differing"]) == (
        409,
        [("代表甲", "出席", "缺席（未说明）")],
    )
    assert saved() == [("代表甲", "present", "")]
    again = {bound.html_name: bound.value() or "" for bound in told.context["form"]}
    browser.post(page_of(activity), again)
    assert saved() == [("代表甲", "absent", "unstated")]


def test_leave_prefilled_gives_way_to_who_signed_in_meanwhile(leader, delegate, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    approved_leave(activity, delegate, leader)
    opened = marks(activity, 一组组长="present")
    signed_in(activity, delegate)

    logged_in(leader).post(page_of(activity), opened)

    assert saved() == [("一组组长", "present", ""), ("代表甲", "present", "")]


def test_open_pages_are_told_how_everybody_is_marked(leader, delegate, logged_in):
    activity = make_activity("2020-07-15", make_group(1))
    signed_in(activity, delegate)
    first, second = (user.delegate.mandates.get().pk for user in (leader, delegate))

    answer = logged_in(leader).get(reverse("activity_marks", args=[activity.pk]))

    assert answer.json() == {
        "version": 1,
        "rest_not_asked": False,
        "marks": {str(first): None, str(second): ["present", "", ""]},
        "signed_in": {str(second): "09:02"},
        "expected": 2,
        "present": 1,
    }


@pytest.mark.parametrize("seen", ["", "{", "[]", '{"marks": {"x": 1}}', '{"marks": {}}'])
def test_a_sheet_that_lost_what_was_seen_is_refused(office, logged_in, seen):
    activity = make_activity("2020-07-15", make_group(1))
    member("张某")

    page = logged_in(office).post(
        page_of(activity), marks(activity, 张某="present") | {"seen": seen}
    )

    assert page.context["form"].errors == {
        "seen": ["这个页面已失效，请记下填写的内容，重新打开后再填。"]
    }
    assert saved() == []


def test_taking_attendance_is_refused_to_other_groups(other_leader, delegate):
    activity = make_activity("2020-07-15", make_group(1))
    mandate = delegate.delegate.mandates.get()

    for user in (other_leader, delegate):
        with pytest.raises(PermissionDenied):
            take_attendance(
                by=user,
                activity=activity,
                marks={mandate.pk: Mark("present")},
                seen={mandate.pk: None},
            )
    assert saved() == []


def test_page_of_the_group_tells_who_was_missing_and_what_is_not_finished(
    office, logged_in, set_today
):
    set_today("2020-08-20")
    first, second = member("张某"), member("王某")
    finished = make_activity("2020-07-15", make_group(1), title="走访")
    make_attendance(finished, first)
    make_attendance(finished, second, "leave")
    make_attendance(make_activity("2020-07-16", make_group(1), title="培训"), first)

    page = logged_in(office).get(make_group(1).get_absolute_url()).content.decode()

    told = re.findall(r"<li>(7月\d+日) <a href=[^>]*>(\w+)</a>(.*)</li>", page)
    assert told == [
        ("7月16日", "培训", "，实到1人（未登记完）"),
        ("7月15日", "走访", "，应到2人，实到1人，请假1人"),
    ]
