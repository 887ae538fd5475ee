"""A group leader writes findings and follows up recommendations on a phone."""

import pytest
from django.urls import reverse

from tests.factory import (
    make_activity,
    make_finding,
    make_group,
    make_recommendation,
    make_transmission,
)

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def activity(leader, set_today):
    set_today("2020-08-20")
    activity = make_activity("2020-07-15", make_group(1), place="码头")
    make_finding(activity, "进展顺利。", kind="good")
    make_recommendation(activity, "加快进度。", addressee="镇政府")
    make_transmission(activity, "2020-07-20", "镇政府")
    return activity


@pytest.mark.parametrize("scripts", [True, False])
def test_leader_adds_findings_in_another_order(open_page, log_in, leader, activity, scripts):
    page = open_page(java_script_enabled=scripts, **PHONE)
    log_in(page, leader)
    page.goto(activity.get_absolute_url())
    page.get_by_role("link", name="填写发现与建议").click()
    second = page.get_by_role("group", name="发现2")
    second.get_by_label("内容").fill("码头滞后。")
    second.get_by_label("性质").select_option("问题")
    if scripts:
        page.get_by_role("button", name="再加一条发现").click()
    third = page.get_by_role("group", name="发现3")
    third.get_by_label("内容").fill("群众支持。")
    if scripts:
        third.get_by_role("button", name="上移一条").click()
    else:
        third.get_by_label("顺序").fill("2")
        second.get_by_label("顺序").fill("3")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(activity.get_absolute_url())

    assert list(activity.findings.values_list("kind", "text")) == [
        ("good", "进展顺利。"),
        ("", "群众支持。"),
        ("problem", "码头滞后。"),
    ]


def test_reply_is_entered_from_the_timeline_and_told_to_the_delegates(
    phone, log_in, leader, activity, check_axe
):
    log_in(phone, leader)
    for address in (
        activity.get_absolute_url(),
        reverse("activity_report", args=[activity.pk]),
        reverse("activity_transmission", args=[activity.pk]),
        reverse("recommendation_list"),
        reverse("transmission_list"),
    ):
        phone.goto(address)
        check_axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") == 390, address
    phone.goto(activity.get_absolute_url())
    phone.get_by_role("link", name="登记答复").click()
    phone.get_by_label("内容").fill("已调配人手。")
    phone.get_by_label("落实情况").select_option("正在落实")
    phone.get_by_role("button", name="保存").click()
    phone.get_by_role("link", name="告知代表").click()
    phone.get_by_role("button", name="已告知").click()
    phone.wait_for_url(f"**{activity.get_absolute_url()}#chain")

    (reply,) = activity.follow_ups.all()
    assert (reply.who, reply.answers, reply.result, str(reply.told_delegates_on)) == (
        "镇政府",
        activity.transmissions.get(),
        "in_progress",
        "2020-08-20",
    )
