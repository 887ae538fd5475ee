"""A group leader edits the plan on a phone, and the year strip moves with the records."""

import pytest
from django.urls import reverse

from groups import planning
from groups.models import PlanChange, PlanItem
from tests.factory import (
    make_group,
    make_membership,
    make_plan_item,
    make_reception_day,
    make_township,
)


@pytest.fixture(autouse=True)
def planned(set_today, transactional_db):
    set_today("2020-08-20")
    make_township()


def fits(phone):
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_a_leader_edits_the_plan_on_a_phone(phone, log_in, leader, check_axe):
    group = make_group(1)
    make_plan_item(group, title="视察道路", first_month=9)
    make_plan_item(group, title="走访选民", kind="other", first_month=10)
    log_in(phone, leader)
    phone.goto(reverse("plan_year", args=[2020]))
    with phone.expect_navigation():
        phone.get_by_role("link", name="编辑第一代表小组计划").click()
    check_axe(phone)

    phone.get_by_text("视察道路").first.click()
    card = phone.get_by_role("listitem").filter(has_text="视察道路")
    card.get_by_label("计划数量").fill("2")
    card.get_by_label("截止月份").select_option(label="11月")
    check_axe(phone)
    fits(phone)
    card.get_by_role("button", name="保存").click()
    phone.get_by_text("已保存“视察道路”").wait_for()

    phone.get_by_role("button", name="下移：视察道路").click()
    phone.get_by_role("button", name="上移：视察道路").wait_for()

    phone.get_by_text("添加一项").click()
    new = phone.locator("details", has=phone.get_by_role("button", name="添加", exact=True))
    new.get_by_label("项目").fill("小组学法")
    new.get_by_label("类型").select_option(label="学习培训")
    new.get_by_label("起始月份").select_option(label="9月")
    new.get_by_label("截止月份").select_option(label="9月")
    new.get_by_role("button", name="添加", exact=True).click()
    phone.get_by_text("已添加“小组学法”").wait_for()

    phone.get_by_text("走访选民").first.click()
    phone.get_by_role("listitem").filter(has_text="走访选民").get_by_role(
        "link", name="删除"
    ).click()
    phone.get_by_role("button", name="确认删除").click()
    phone.get_by_text("已删除年度计划“走访选民”").wait_for()

    items = PlanItem.objects.order_by("number")
    assert list(
        items.values_list("number", "title", "first_month", "last_month", "planned_count")
    ) == [(2, "视察道路", 9, 11, 2), (3, "小组学法", 9, 9, 1)]


def test_after_issue_the_phone_asks_for_the_reason(phone, log_in, leader, secretary, check_axe):
    make_plan_item(make_group(1), title="视察道路", first_month=9)
    planning.issue(by=secretary, year=2020, groups=[make_group(1)])
    log_in(phone, leader)
    phone.goto(reverse("group_plan", args=[2020, make_group(1).pk]))
    phone.get_by_text("视察道路").first.click()
    card = phone.get_by_role("listitem").filter(has_text="视察道路")
    card.get_by_label("责任人").fill("何长庚")
    card.get_by_role("button", name="保存").click()

    phone.get_by_role("heading", name="有内容需要改正，尚未保存").wait_for()
    check_axe(phone)
    card.get_by_label("变更原因").fill("组长外出")
    card.get_by_role("button", name="保存").click()
    phone.get_by_text("原因：组长外出").wait_for()
    fits(phone)

    assert list(PlanChange.objects.values_list("before", "after")) == [
        ("责任人：组长", "责任人：何长庚")
    ]


def test_targets_are_as_large_as_a_thumb(phone, log_in, leader):
    make_plan_item(make_group(1), title="视察道路")
    make_plan_item(make_group(1), title="走访选民")
    log_in(phone, leader)
    phone.goto(reverse("group_plan", args=[2020, make_group(1).pk]))
    phone.get_by_text("视察道路").first.click()

    targets = phone.locator("main :is(summary, button, .btn, input, select):visible")
    boxes = [target.bounding_box() for target in targets.all()]

    assert len(boxes) > 12
    assert [box for box in boxes if box["height"] < 44] == []


@pytest.mark.parametrize("window", ["page", "phone"])
def test_the_strip_moves_once_a_reception_day_is_held(
    window, request, log_in, office, leader, check_axe
):
    screen = request.getfixturevalue(window)
    group = make_group(1)
    make_plan_item(group, kind="reception", title="接待日", first_month=8, last_month=9)
    PlanItem.objects.update(planned_count=2)
    mandate = make_membership(group).mandate
    day = make_reception_day("2020-08-15", group, on_duty=[mandate], state="planned")
    log_in(screen, office)

    def strip():
        screen.goto(reverse("plan_year", args=[2020]))
        check_axe(screen)
        visible = screen.locator("svg.grid:visible")
        assert visible.count() == 1
        return visible.locator("text.number, text.number + text").all_text_contents()

    assert strip() == ["0/1", "本月", "0/1", "未到"]
    screen.goto(day.get_absolute_url())
    screen.get_by_role("link", name="标为已举行").click()
    screen.get_by_role("button", name="标为已举行").click()
    screen.wait_for_url(day.get_absolute_url())

    assert strip() == ["1/1", "完成", "0/1", "未到"]
    screen.goto(PlanItem.objects.get().get_absolute_url())
    screen.get_by_role("link", name=str(day)).wait_for()
    check_axe(screen)
