"""Triage by keyboard alone: three items find their units, at both widths."""

import re

import pytest

from congress.roles import Role
from tests import factory
from voters.models import FeedbackItem


@pytest.fixture
def clerk(transactional_db, set_today):
    """Three items on the table on 20 August 2020, and the units that may have them."""
    set_today("2020-08-20")
    factory.make_township()
    for name in ("镇交通管理站", "镇水利站", "村建中心"):
        factory.make_unit(name)
    village = factory.make_village("东村")
    earlier = factory.make_visit(village=village, words="桥栏杆断了，去年也说过。")
    factory.make_item(earlier, "closed", title="修桥栏杆", summary="桥栏杆断了。")
    for words in ("桥栏杆断了两根。", "水渠漏水。", "路灯不亮。"):
        visit = factory.make_visit(village=village, words=words)
        factory.make_item(visit, title=words[:4], summary=words)
    return factory.make_user("clerk", Role.OFFICE, name="王敏")


def focused(screen):
    return screen.evaluate("document.activeElement.name || document.activeElement.textContent")


def overhang(screen):
    return screen.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("window", ["page", "phone"])
def test_three_items_by_keyboard_alone(window, request, clerk, log_in, check_axe):
    screen = request.getfixturevalue(window)
    keys = screen.keyboard
    log_in(screen, clerk)
    screen.goto("/items/inbox/")
    check_axe(screen)
    assert overhang(screen) == 0
    assert focused(screen) == "2020-J002 桥栏杆断"
    assert screen.get_by_role("region", name="以前反映过").get_by_text("修桥栏杆").count() == 1

    # The second item first: down, up and down again, and open.
    keys.press("j")
    keys.press("k")
    keys.press("ArrowDown")
    assert focused(screen) == "2020-J003 水渠漏水"
    keys.press("Enter")
    screen.wait_for_url(re.compile("item="))
    assert focused(screen) == "topic"
    keys.press("Tab")
    keys.press("End")
    # What is typed into a field belongs to it, j and k too.
    keys.type("jk")
    assert focused(screen) == "title"
    assert screen.get_by_label("标题").input_value() == "水渠漏水jk"
    keys.press("Tab")
    keys.press("Tab")
    keys.type("水利")
    assert focused(screen) == "lead_unit"
    keys.press("Control+Enter")
    screen.wait_for_url(re.compile("done="))
    said = screen.locator(".just-done")
    assert said.inner_text().startswith("已把2020-J003交镇水利站办理，期限9月30日。")

    # The next one opens at once; Esc goes back to the list, up to the first.
    assert screen.locator("#open-heading").inner_text().startswith("2020-J004")
    check_axe(screen)
    keys.press("Escape")
    keys.press("ArrowUp")
    keys.press("Enter")
    screen.wait_for_function("location.search.includes('item=') && !location.search.includes('do')")
    for unit, number in (("交通", "2020-J002"), ("村建", "2020-J004")):
        assert screen.locator("#open-heading").inner_text().startswith(number)
        for _ in range(3):
            keys.press("Tab")
        keys.type(unit)
        keys.press("Control+Enter")
        screen.get_by_text(f"已把{number}交").wait_for()

    assert screen.get_by_text("没有待分办的意见建议。").count() == 1
    check_axe(screen)
    assert overhang(screen) == 0
    assert list(
        FeedbackItem.objects.order_by("pk").values_list("title", "state", "lead_unit__name")[1:]
    ) == [
        ("桥栏杆断", "assigned", "镇交通管理站"),
        ("水渠漏水jk", "assigned", "镇水利站"),
        ("路灯不亮", "assigned", "村建中心"),
    ]


def test_what_was_just_assigned_is_taken_back(page, clerk, log_in):
    log_in(page, clerk)
    page.goto("/items/inbox/")
    page.get_by_label("主办单位").fill("镇水利站")
    page.get_by_role("button", name="交办", exact=True).click()
    page.get_by_role("button", name="撤销").click()

    page.get_by_text("2020-J002号：撤回交办已记录，现在是“登记”。").wait_for()
    assert page.locator("#open-heading").inner_text().startswith("2020-J002")
    assert FeedbackItem.objects.get(number="2020-J002").lead_unit is None


@pytest.mark.parametrize("window", ["page", "phone"])
def test_a_page_of_rows_is_moved_together(window, request, clerk, log_in, check_axe):
    screen = request.getfixturevalue(window)
    log_in(screen, clerk)
    screen.goto("/items/?state=registered")
    check_axe(screen)
    screen.get_by_label("选本页").check()
    assert screen.get_by_role("checkbox", name="选中2020-J003").is_checked()
    screen.get_by_role("checkbox", name="选中2020-J003").uncheck()
    assert not screen.get_by_label("选本页").is_checked()
    screen.get_by_label("成批办理的事项").select_option(label="交办")
    with screen.expect_navigation():
        screen.get_by_role("button", name="成批办理").click()
    check_axe(screen)
    assert overhang(screen) == 0
    screen.get_by_label("主办单位").select_option(label="村建中心")
    screen.get_by_role("button", name="交办2条").click()

    screen.get_by_text("已对2条意见建议办理“交办”。").wait_for()
    assert screen.url.endswith("/items/?state=registered")
    assert screen.get_by_text("共1条").count() == 1
    assert list(
        FeedbackItem.objects.filter(lead_unit__name="村建中心").values_list("number", flat=True)
    ) == ["2020-J004", "2020-J002"]
