"""Signing in by the code in the room: who, at what, when, and what it leaves alone."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groups import sign_in
from groups.models import Activity, Attendance
from groups.sign_in import sign_in_hours, token_of
from tests.factory import (
    make_activity,
    make_attendance,
    make_group,
    make_leave_request,
    make_mandate,
    make_suspension,
    make_township,
)

pytestmark = pytest.mark.django_db


def moment(text):
    return datetime.datetime.strptime(text, "%m-%d %H:%M:%S").replace(year=2020)


# The window: an hour before, until the end, on the days of the activity only

DAYS = {"first": datetime.date(2020, 8, 20)}
THREE_DAYS = DAYS | {"last": datetime.date(2020, 8, 22)}
MORNING = {"starts_at": datetime.time(9, 0), "ends_at": datetime.time(11, 30)}
FROM_TWO = {"starts_at": datetime.time(14, 0)}
TWO_TO_NOON = FROM_TWO | {"ends_at": datetime.time(12, 0)}
JUST_AFTER_MIDNIGHT = {"starts_at": datetime.time(0, 30), "ends_at": datetime.time(2, 0)}


@pytest.mark.parametrize(
    ("activity", "now", "is_open"),
    [
        (DAYS | MORNING, "08-20 07:59:59", False),
        (DAYS | MORNING, "08-20 08:00:00", True),
        (DAYS | MORNING, "08-20 10:00:00", True),
        (DAYS | MORNING, "08-20 11:30:59", True),
        (DAYS | MORNING, "08-20 11:31:00", False),
        (DAYS | MORNING, "08-19 09:00:00", False),
        (DAYS | MORNING, "08-21 09:00:00", False),
        (DAYS | FROM_TWO, "08-20 12:59:59", False),
        (DAYS | FROM_TWO, "08-20 23:59:59", True),
        (DAYS | FROM_TWO, "08-21 00:00:00", False),
        (DAYS, "08-20 00:00:00", True),
        (DAYS, "08-20 23:59:59", True),
        (DAYS, "08-19 23:59:59", False),
        (DAYS, "08-21 00:00:00", False),
        (DAYS | JUST_AFTER_MIDNIGHT, "08-19 23:45:00", False),
        (DAYS | JUST_AFTER_MIDNIGHT, "08-20 00:00:00", True),
        (THREE_DAYS, "08-21 03:00:00", True),
        (THREE_DAYS, "08-22 23:59:59", True),
        (THREE_DAYS, "08-23 00:00:00", False),
        (THREE_DAYS | MORNING, "08-21 07:59:59", False),
        (THREE_DAYS | MORNING, "08-21 08:00:00", True),
        (THREE_DAYS | MORNING, "08-21 23:00:00", False),
        (THREE_DAYS | MORNING, "08-22 11:30:00", True),
        (THREE_DAYS | MORNING, "08-22 11:31:00", False),
        (THREE_DAYS | FROM_TWO, "08-21 12:59:59", False),
        (THREE_DAYS | FROM_TWO, "08-22 23:00:00", True),
        (THREE_DAYS | TWO_TO_NOON, "08-20 12:59:59", False),
        (THREE_DAYS | TWO_TO_NOON, "08-20 13:00:00", True),
        (THREE_DAYS | TWO_TO_NOON, "08-21 09:00:00", True),
        (THREE_DAYS | TWO_TO_NOON, "08-22 12:00:00", True),
        (THREE_DAYS | TWO_TO_NOON, "08-22 12:01:00", False),
    ],
)
def test_one_signs_in_during_the_activity_and_the_hour_before(activity, now, is_open):
    assert any(moment(now) in hours for hours in sign_in_hours(**activity)) is is_open


# Scanning


@pytest.fixture
def activity(set_today):
    set_today("2020-08-20")
    return make_activity("2020-08-20", make_group(1), sign_in_secret="a1b2", **MORNING)


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the office's moment."""

    def set_moment(text):
        now = timezone.make_aware(moment(text))
        monkeypatch.setattr("groups.views.sign_in.now", lambda: now)

    set_moment("08-20 09:02:03")
    return set_moment


def scanned(activity):
    return reverse("sign_in", args=[token_of(activity)])


def told(response):
    return response.status_code, response.context["told"].heading


def stored():
    return [
        (
            each.mandate.delegate.name,
            each.status,
            each.reason,
            each.signed_in_at and f"{timezone.localtime(each.signed_in_at):%m-%d %H:%M}",
        )
        for each in Attendance.objects.order_by("mandate")
    ]


def test_a_delegate_scans_presses_once_and_is_present(activity, at, delegate, logged_in):
    browser = logged_in(delegate)

    page = browser.get(scanned(activity))
    assert told(page) == (200, "可以签到")
    assert stored() == []
    assert [text in page.content.decode() for text in ("1号活动", "代表甲", "签到</button>")] == [
        True,
        True,
        True,
    ]
    for minute in ("08-20 09:02:03", "08-20 09:05:00"):
        at(minute)
        assert browser.post(scanned(activity)).url == scanned(activity)

    assert stored() == [("代表甲", "present", "", "08-20 09:02")]
    page = browser.get(scanned(activity))
    assert told(page) == (200, "已签到")
    assert "8月20日09:02签到。" in page.content.decode()


def test_a_leader_signs_in_as_the_delegate_behind_the_account(activity, at, leader, logged_in):
    logged_in(leader).post(scanned(activity))

    assert stored() == [("一组组长", "present", "", "08-20 09:02")]


def test_who_was_not_logged_in_comes_back_to_the_address(activity, client):
    address = scanned(activity)

    assert client.get(address).url == f"/login/?next={address}"


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("other_leader", (403, "您不在这次活动的邀请范围内")),
        ("office", (403, "这个账号不是代表本人的账号")),
        ("chair", (403, "这个账号不是代表本人的账号")),
        ("unit", (403, "这个账号不是代表本人的账号")),
    ],
)
def test_others_are_told_why_not_and_nothing_of_the_activity(
    cast, activity, at, logged_in, who, answer
):
    browser = logged_in(cast[who])

    for response in (browser.get(scanned(activity)), browser.post(scanned(activity))):
        assert told(response) == answer
        assert activity.title not in response.content.decode()
    assert stored() == []


def test_who_is_not_in_office_that_day_is_told_so(activity, at, delegate, logged_in):
    make_suspension(delegate.delegate.mandates.get(), "2020-08-01")

    assert told(logged_in(delegate).post(scanned(activity))) == (403, "活动当日您不在任")
    assert stored() == []


@pytest.mark.parametrize(
    ("now", "heading", "words"),
    [
        ("08-20 07:59:59", "还没到签到时间", "8月20日08:00起可以签到。"),
        (
            "08-20 11:31:00",
            "签到时间已过",
            "签到到8月20日11:30为止。已到会的，请会务人员登记出席。",
        ),
    ],
)
def test_too_early_and_too_late_are_told(activity, at, delegate, logged_in, now, heading, words):
    at(now)

    page = logged_in(delegate).post(scanned(activity))

    assert (told(page), page.context["told"].words) == ((403, heading), words)
    assert stored() == []


def test_the_demonstration_signs_in_on_its_own_day(activity, delegate, logged_in, set_today):
    set_today("2020-08-21")

    assert told(logged_in(delegate).get(scanned(activity))) == (403, "签到时间已过")


def test_an_address_that_was_never_given_out_is_refused(activity, at, delegate, logged_in):
    other = make_activity("2020-08-20", make_group(1), sign_in_secret="c3d4", **MORNING)
    token = token_of(activity)
    forged = [
        token[:-1],
        token.replace(f"{activity.pk}-", f"{other.pk}-", 1),
        f"{activity.pk}-a1b2",
        "x",
        "签到",
    ]
    browser = logged_in(delegate)

    answers = [
        told(send(reverse("sign_in", args=[each])))
        for each in forged
        for send in (browser.get, browser.post)
    ]

    assert answers == [(404, "签到地址不对")] * 10
    assert stored() == []


def test_a_renewed_code_voids_the_one_before_and_a_stopped_one_all(
    activity, at, leader, delegate, logged_in
):
    office, browser = logged_in(leader), logged_in(delegate)
    first = scanned(activity)
    office.post(reverse("activity_code", args=[activity.pk]), {"renew": "1"})
    activity.refresh_from_db()
    second = scanned(activity)

    assert told(browser.post(first)) == (410, "这个二维码已更换或停用")
    assert told(browser.get(second)) == (200, "可以签到")

    office.post(reverse("activity_code", args=[activity.pk]), {"stop": "1"})
    activity.refresh_from_db()

    assert [told(browser.post(each)) for each in (second, scanned(activity))] == [
        (410, "这个二维码已更换或停用")
    ] * 2
    assert stored() == []


def test_a_code_replaced_while_the_page_was_open_signs_nobody_in(activity, at, delegate):
    opened = Activity.objects.get(pk=activity.pk)
    Activity.objects.update(sign_in_secret="new")
    now = timezone.make_aware(moment("08-20 09:02:03"))

    assert sign_in.sign_in(by=delegate, activity=opened, moment=now) == sign_in.REPLACED
    assert stored() == []


def test_approved_leave_gives_way_to_coming_after_all(activity, at, delegate, leader, logged_in):
    mandate = delegate.delegate.mandates.get()
    make_leave_request(
        activity,
        mandate,
        delegate,
        state="approved",
        approved_by="一组组长",
        decided_by=leader,
        decided_at=timezone.now(),
    )
    browser = logged_in(delegate)
    assert "您已请假获准。" in browser.get(scanned(activity)).context["told"].words
    # The leader has saved the sheet, on which the leave stands.
    make_attendance(activity, mandate, "leave", "work")

    browser.post(scanned(activity))

    assert stored() == [("代表甲", "present", "", "08-20 09:02")]


@pytest.mark.parametrize(("status", "word"), [("leave", "请假"), ("absent", "缺席")])
def test_a_mark_made_by_hand_is_left_alone(activity, at, delegate, logged_in, status, word):
    make_attendance(activity, delegate.delegate.mandates.get(), status, "away")

    page = logged_in(delegate).post(scanned(activity))

    assert told(page) == (403, f"已登记为{word}")
    assert page.context["told"].words == (
        f"会务人员已把您登记为{word}（外出），扫码不能改动。您已到会的，请当面告诉会务人员改为出席。"
    )
    assert stored() == [("代表甲", status, "away", None)]


def test_who_was_marked_present_by_hand_need_not_sign_in(activity, at, delegate, logged_in):
    make_attendance(activity, delegate.delegate.mandates.get())

    page = logged_in(delegate).get(scanned(activity))

    assert told(page) == (200, "已签到")
    assert page.context["told"].words == "会务人员已登记您出席，不必再签到。"


def test_of_two_mandates_that_of_the_town_signs_in(activity, at, delegate, logged_in):
    make_mandate(delegate.delegate, level="county")
    whole_town = make_activity("2020-08-20", sign_in_secret="e5f6")

    logged_in(delegate).post(scanned(whole_town))

    assert [each.mandate.level for each in whole_town.attendances.all()] == ["town"]


def test_only_who_is_present_can_have_signed_in(activity):
    attendance = make_attendance(activity, status="absent")

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=attendance.pk).update(signed_in_at=timezone.now())


def test_signing_in_costs_the_same_however_many_were_invited(activity, at, delegate, logged_in):
    def queries():
        with CaptureQueriesContext(connection) as found:
            logged_in(delegate).post(scanned(activity))
        Attendance.objects.all().delete()
        return len(found)

    alone = queries()
    for _ in range(3):
        make_attendance(activity)

    assert queries() == alone


# The code in the room


def code_of(activity):
    return reverse("activity_code", args=[activity.pk])


def test_the_code_holds_the_address_and_opens_only_when_asked(leader, logged_in, settings):
    activity = make_activity("2020-08-20", make_group(1))
    browser = logged_in(leader)
    assert browser.get(code_of(activity)).context.get("code") is None
    assert browser.get(f"{code_of(activity)}pdf/").status_code == 404
    activity.refresh_from_db()
    assert activity.sign_in_secret == ""

    browser.post(code_of(activity), {"renew": "1"})
    activity.refresh_from_db()
    path = scanned(activity)

    assert browser.get(code_of(activity)).context["address"] == f"http://testserver{path}"
    settings.SITE_ADDRESS = "https://renda.example/"
    page = browser.get(code_of(activity))
    assert page.context["address"] == f"https://renda.example{path}"
    assert page.context["code"] in page.content.decode()


def test_the_code_prints(activity, leader, logged_in):
    make_township()

    response = logged_in(leader).get(f"{code_of(activity)}pdf/")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("action", [sign_in.renew_code, sign_in.stop_code])
def test_only_the_office_and_the_own_leader_change_the_code(
    activity, office, leader, other_leader, delegate, action
):
    for user in (other_leader, delegate):
        with pytest.raises(PermissionDenied):
            action(by=user, activity=activity)
    activity.refresh_from_db()
    assert activity.sign_in_secret == "a1b2"

    for user in (office, leader):
        action(by=user, activity=activity)
        activity.refresh_from_db()
        assert activity.sign_in_secret != "a1b2"
