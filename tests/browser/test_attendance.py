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
    row.get_by_text("请假", exact=True).click()
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
    phone.get_by_role("group", name="王某").get_by_text("请假", exact=True).click()

    targets = phone.locator(
        ".choices label, .reason select:visible, .reason input:visible, "
        "form.attendance button:not(.default-button)"
    )
    boxes = [target.bounding_box() for target in targets.all()]

    assert len(boxes) == 3 * 4 + 2 + 2
    assert [box for box in boxes if box["height"] < 44 or box["width"] < 44] == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    check_axe(phone)


class Thumb:
    """Taps, and counts them; choosing from a list takes two."""

    def __init__(self):
        self.taps = 0

    def tap(self, target):
        target.tap()
        self.taps += 1

    def choose(self, target, label):
        target.select_option(label=label)
        self.taps += 2


@pytest.fixture
def twenty(leader, set_today):
    """An activity that the leader and nineteen others are invited to."""
    set_today("2020-07-15")
    for number in range(2, 21):
        make_membership(make_group(1), make_mandate(make_delegate(f"代表{number}号")))
    return make_activity("2020-07-15", make_group(1))


def test_attendance_of_twenty_one_by_one(phone, log_in, leader, twenty):
    log_in(phone, leader)
    phone.goto(reverse("activity_attendance", args=[twenty.pk]))
    thumb = Thumb()
    for row in phone.locator(".attendance-row").all():
        thumb.tap(row.get_by_text("出席", exact=True))
    assert counts(phone) == {"应到": 20, "实到": 20, "请假": 0, "缺席": 0, "未登记": 0}
    thumb.tap(phone.get_by_role("button", name="保存"))
    phone.wait_for_url(twenty.get_absolute_url())

    assert (thumb.taps, [status for _, status, _ in saved()]) == (21, ["present"] * 20)


def test_attendance_of_twenty_with_four_missing(phone, log_in, leader, twenty):
    log_in(phone, leader)
    phone.goto(reverse("activity_attendance", args=[twenty.pk]))
    assert counts(phone) == {"应到": 20, "实到": 0, "请假": 0, "缺席": 0, "未登记": 20}
    thumb = Thumb()
    thumb.tap(phone.get_by_role("button", name="全部出席"))
    for name, word, reason in (
        ("代表3号", "请假", "健康"),
        ("代表8号", "请假", "工作"),
        ("代表12号", "缺席", "外出"),
        ("代表20号", "请假", "家庭"),
    ):
        row = phone.get_by_role("group", name=name)
        thumb.tap(row.get_by_text(word, exact=True))
        thumb.choose(row.get_by_label(f"{name}的事由"), reason)
    assert counts(phone) == {"应到": 20, "实到": 16, "请假": 3, "缺席": 1, "未登记": 0}
    thumb.tap(phone.get_by_role("button", name="保存"))
    phone.wait_for_url(twenty.get_absolute_url())

    assert thumb.taps == 14 <= 25
    assert [each for each in saved() if each[1] != "present"] == [
        ("代表3号", "leave", "health"),
        ("代表8号", "leave", "work"),
        ("代表12号", "absent", "away"),
        ("代表20号", "leave", "family"),
    ]
    approvers = Attendance.objects.filter(status="leave").values_list("approved_by", flat=True)
    assert list(approvers) == ["一组组长"] * 3


def counts(page):
    return {
        each.locator("dt").inner_text(): int(each.locator("dd").inner_text())
        for each in page.locator("[data-counts] > div").all()
    }


def test_name_is_found_among_many(phone, log_in, leader, twenty, check_axe):
    for number in range(21, 36):
        make_membership(make_group(1), make_mandate(make_delegate(f"代表{number}号")))
    log_in(phone, leader)
    phone.goto(reverse("activity_attendance", args=[twenty.pk]))

    phone.get_by_label("找代表").fill("33")
    phone.get_by_text("找到1名").wait_for()
    assert phone.locator(".attendance-row:visible strong").all_inner_texts() == ["代表33号"]
    phone.get_by_role("button", name="全部出席").tap()
    check_axe(phone)
    phone.get_by_label("找代表").fill("")

    assert counts(phone) == {"应到": 35, "实到": 1, "请假": 0, "缺席": 0, "未登记": 34}
