"""A delegate scans the code in the room, logs in and signs in; the leader's open sheet shows it."""

import pytest
from django.urls import reverse

from groups.models import Activity, Attendance
from tests.factory import make_activity, make_delegate, make_group, make_mandate, make_membership


@pytest.fixture
def activity(leader, delegate, set_today):
    set_today("2020-08-20")
    make_membership(make_group(1), make_mandate(make_delegate("张某")))
    return make_activity("2020-08-20", make_group(1), place="镇政府会议室")


def test_sign_in_from_the_code_to_the_leaders_sheet(
    page, phone, open_page, log_in, leader, delegate, activity, check_axe
):
    log_in(page, leader)
    page.goto(reverse("activity_code", args=[activity.pk]))
    page.get_by_role("button", name="生成二维码").click()
    page.get_by_role("img", name="签到二维码").wait_for()
    check_axe(page)
    address = page.locator(".code-address a").get_attribute("href")

    # The leader has the sheet open and has marked somebody already.
    page.clock.install()
    page.goto(reverse("activity_attendance", args=[activity.pk]))
    page.get_by_role("group", name="张某").get_by_text("缺席", exact=True).click()

    phone.goto(address)
    phone.get_by_label("用户名").fill("delegate")
    phone.get_by_label("密码").fill("demo-password-1")
    phone.get_by_role("button", name="登录").tap()
    phone.get_by_role("heading", name="可以签到").wait_for()
    assert phone.url == address
    assert phone.locator(".who").inner_text() == "代表甲"
    check_axe(phone)
    phone.get_by_role("button", name="签到").tap()
    phone.get_by_role("heading", name="已签到").wait_for()
    check_axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390

    page.clock.fast_forward(16_000)
    page.get_by_text("刚扫码签到：代表甲。").wait_for()
    row = page.get_by_role("group", name="代表甲")
    assert row.get_by_role("radio", name="出席").is_checked()
    assert "扫码签到" in row.inner_text()
    assert page.get_by_role("group", name="张某").get_by_role("radio", name="缺席").is_checked()
    check_axe(page)
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(activity.get_absolute_url())

    assert list(
        Attendance.objects.order_by("mandate__delegate__name").values_list(
            "mandate__delegate__name", "status"
        )
    ) == [("代表甲", "present"), ("张某", "absent")]
    assert Attendance.objects.exclude(signed_in_at=None).count() == 1


def test_code_fills_the_screen_and_counts_who_came(page, log_in, leader, activity, check_axe):
    Activity.objects.update(sign_in_secret="a1b2")
    log_in(page, leader)
    page.clock.install()
    page.goto(reverse("activity_code", args=[activity.pk]))
    page.get_by_role("button", name="全屏显示").click()
    page.wait_for_function("document.fullscreenElement !== null")
    Attendance.objects.create(
        activity=activity, mandate=leader.delegate.mandates.get(), status="present"
    )
    page.clock.fast_forward(16_000)

    page.locator("[data-present]", has_text="1").wait_for()
    check_axe(page)
