"""Inviting on the form of an activity, and asking for leave on the phone."""

import pytest
from django.urls import reverse

from congress.roles import Role
from groups.models import Activity, LeaveRequest
from tests import factory


@pytest.fixture
def people(transactional_db, set_today):
    set_today("2020-08-20")
    factory.make_township()
    for name, group in (("甲一", 1), ("甲二", 1), ("乙一", 2)):
        factory.make_membership(
            factory.make_group(group), factory.make_mandate(factory.make_delegate(name))
        )


def test_only_what_the_circle_needs_is_shown_and_sent(page, people, log_in, check_axe):
    log_in(page, factory.make_user("office", Role.OFFICE))
    page.goto(reverse("activity_add"))
    page.select_option("#id_kind", "inspection")
    page.fill("#id_title", "视察")
    page.fill("#id_date", "2020-08-25")
    page.fill("#id_place", "镇政府")
    page.fill("#id_content", "道路")
    names, groups = page.locator("[data-circle=named]"), page.locator("[data-circle=groups]")
    assert (names.is_visible(), groups.is_visible()) == (False, False)

    page.check("[name=circle][value=groups]")
    assert (names.is_visible(), groups.is_visible()) == (False, True)
    groups.get_by_label("第二代表小组").check()
    page.check("[name=circle][value=named]")
    assert (names.is_visible(), groups.is_visible()) == (True, False)
    check_axe(page)

    page.get_by_label("第一代表小组全选或全不选").click()
    assert page.locator(".people-tools .hint").inner_text() == "已选2名"
    page.get_by_label("按姓名查找代表").fill("乙")
    assert page.locator(".names label:visible").all_inner_texts() == ["乙一"]
    page.get_by_label("乙一").check()
    page.get_by_label("按姓名查找代表").fill("")
    page.select_option("#id_group", label="第一代表小组")
    assert page.locator(".names label:visible").all_inner_texts() == ["甲一", "甲二"]
    assert not page.locator("[name=circle][value=groups]").is_visible()
    assert page.locator(".people-tools .hint").inner_text() == "已选2名"
    page.get_by_label("甲二").uncheck()
    page.click(".form-actions button")

    page.wait_for_selector("h2:has-text('应到1人')")
    activity = Activity.objects.get()
    assert activity.circle == "named"
    assert [str(each.delegate) for each in activity.invited.all()] == ["甲一"]
    assert activity.invited_groups.count() == 0


def test_a_delegate_asks_for_leave_on_the_phone(phone, people, log_in, check_axe):
    user = factory.make_user("delegate", Role.DELEGATE)
    factory.make_mandate(factory.make_delegate("代表甲", account=user))
    factory.make_activity("2020-08-25", title="全镇视察", agenda="学习\n座谈")
    log_in(phone, user)
    phone.goto(reverse("dashboard"))
    with phone.expect_navigation():
        phone.locator(".foot-bar").get_by_text("我的活动").click()
    check_axe(phone)
    with phone.expect_navigation():
        phone.get_by_text("全镇视察").click()
    check_axe(phone)
    phone.get_by_role("link", name="请假").click()
    phone.select_option("#id_reason", "work")
    phone.get_by_role("button", name="提交").click()

    phone.wait_for_selector("text=请假待批准")
    assert LeaveRequest.objects.get().mandate.delegate.name == "代表甲"
    overhang = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.evaluate(overhang) == 0
