"""A group leader takes attendance on a phone, with and without scripts."""

import pytest
from django.urls import reverse

from groups.models import Attendance
from tests.factory import make_activity, make_delegate, make_group, make_mandate, make_membership

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def activity(leader):
    for name in ("张某", "王某"):
        make_membership(make_group(1), make_mandate(make_delegate(name)))
    return make_activity("2020-07-15", make_group(1))


def saved():
    return list(
        Attendance.objects.order_by("mandate").values_list(
            "mandate__delegate__name", "status", "reason"
        )
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_leader_takes_attendance_on_a_phone(open_page, log_in, leader, activity, scripts):
    page = open_page(java_script_enabled=scripts, **PHONE)
    log_in(page, leader)
    page.goto(reverse("activity_detail", args=[activity.pk]))
    page.get_by_role("link", name="登记出席").click()
    page.get_by_role("button", name="全部出席").click()
    row = page.get_by_role("group", name="王某")
    row.get_by_text("请假").click()
    row.get_by_role("combobox").select_option(label="外出")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_url(activity.get_absolute_url())

    assert saved() == [
        ("一组组长", "present", ""),
        ("张某", "present", ""),
        ("王某", "leave", "away"),
    ]


def test_sheet_fits_a_phone_and_a_thumb(phone, log_in, leader, activity, check_axe):
    log_in(phone, leader)
    phone.goto(reverse("activity_attendance", args=[activity.pk]))
    phone.get_by_role("group", name="王某").get_by_text("缺席").click()

    targets = phone.locator(".choices label, .reason select:visible, form.attendance button")
    boxes = [target.bounding_box() for target in targets.all()]

    assert len(boxes) == 3 * 4 + 1 + 3
    assert [box for box in boxes if box["height"] < 44 or box["width"] < 44] == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    check_axe(phone)
