"""Two records of one person: compared, merged, opened by the old address, and taken apart again."""

import pytest
from django.urls import reverse

from delegates.models import Delegate
from tests.factory import (
    make_activity,
    make_attendance,
    make_delegate,
    make_mandate,
    make_membership,
    make_township,
)


@pytest.fixture(autouse=True)
def town(set_today, transactional_db):
    set_today("2020-08-20")
    make_township()


def fits(screen):
    overhang = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert screen.evaluate(overhang) == 0


def test_a_person_recorded_twice_is_merged_and_taken_apart(phone, log_in, office, check_axe):
    kept = make_delegate("艾力·吐尔逊", phone="13900006007")
    other = make_delegate("艾力吐尔逊", phone="", education="高中")
    ours, theirs = make_mandate(kept), make_mandate(other)
    make_membership(mandate=ours)
    activity = make_activity(title="视察道路")
    make_attendance(activity, ours)
    double = make_attendance(activity, theirs, "absent")
    log_in(phone, office)

    phone.goto(kept.get_absolute_url())
    phone.get_by_role("link", name="比较两份记录").click()
    phone.get_by_role("heading", name="有1处矛盾，改正后才能合并").wait_for()
    check_axe(phone)
    fits(phone)
    type(double).objects.filter(pk=double.pk).update(status="present", reason="")

    phone.goto(reverse("duplicates"))
    check_axe(phone)
    fits(phone)
    phone.get_by_role("link", name="比较").click()
    phone.get_by_label("姓名留左边的：").check()
    check_axe(phone)
    phone.get_by_role("button", name="确认合并").click()
    phone.get_by_text("两份记录合并为一份").wait_for()
    check_axe(phone)
    fits(phone)
    phone.goto(other.get_absolute_url())
    phone.get_by_role("heading", name="艾力·吐尔逊").wait_for()
    assert Delegate.objects.get().education == "高中"

    with phone.expect_navigation():
        phone.get_by_role("link", name="撤销合并").click()
    check_axe(phone)
    phone.get_by_role("button", name="确认撤销").click()
    phone.get_by_text("恢复为两位代表").wait_for()
    assert list(Delegate.objects.order_by("pk").values_list("name", "education")) == [
        ("艾力·吐尔逊", ""),
        ("艾力吐尔逊", "高中"),
    ]
