"""The office divides a small term by keyboard and mouse, and confirms it."""

import pytest
from django.urls import reverse

from groups.models import Division
from tests.factory import make_division
from tests.groups.divided import make_town, members_on, next_term, places, re_elect, villages_on

NAMES = ["甲一", "甲二", "甲三", "乙一", "乙二", "乙三"]


@pytest.fixture
def draft(office, set_today):
    set_today("2021-12-20")
    make_town()
    term = next_term(office)
    re_elect(term, NAMES, new=["新人", "甲新"])
    return make_division(office, term, way="last")


def test_a_term_is_divided_by_keyboard_and_mouse(page, log_in, office, draft, check_axe):
    log_in(page, office)
    page.goto(reverse("division_board", args=[draft.pk]))
    news = page.locator("[data-news]")
    group_one, group_two = page.get_by_role("region").all()[1:]

    def card(name):
        return page.locator(f".placed[data-name='{name}']")

    # By keyboard: a number, an arrow, and back.
    card("新人").focus()
    page.keyboard.press("1")
    assert news.inner_text().startswith("新人移到第一代表小组，该组现有代表4名。1名代表未编入。")
    page.keyboard.press("ArrowRight")
    assert group_two.locator(".person").count() == 4
    page.keyboard.press("Control+z")
    assert news.inner_text().startswith("已撤销上一次移动。")
    page.keyboard.press("2")
    assert [head.inner_text() for head in page.locator("[data-count=persons]").all()] == [
        *("1", "3", "4")
    ]
    # By mouse.
    card("甲新").locator("strong").drag_to(group_one.locator("h2"))
    card("甲2村").locator("strong").drag_to(group_two.locator("h2"))
    assert group_one.locator("[data-count=population]").inner_text() == "1000"
    # By its select; a post is held once.
    card("甲三").get_by_label("甲三的组内职务").select_option(label="组长")
    assert card("甲一").locator("[data-post]").input_value() == "member"
    check_axe(page)
    page.get_by_role("button", name="保存").last.click()
    page.get_by_text("已保存编组。").wait_for()

    assert places(draft) == (
        {"甲1村": 1, "甲2村": 2, "乙1村": 2, "乙2村": 2},
        {
            "甲一": "一组",
            "甲二": "一组副组长",
            "甲三": "一组组长",
            "甲新": "一组",
            "乙一": "二组组长",
            "乙二": "二组副组长",
            "乙三": "二组",
            "新人": "二组",
        },
    )

    page.get_by_role("link", name="下一步：确认").click()
    page.get_by_role("button", name="确认划分").wait_for()
    for box in page.get_by_role("checkbox").all():
        box.check()
    check_axe(page)
    page.get_by_role("button", name="确认划分").click()
    page.wait_for_url(draft.get_absolute_url())
    page.get_by_role("row", name="第二代表小组").get_by_text("乙一、乙二").wait_for()

    assert not Division.objects.get().is_draft
    assert [each for each in members_on("2021-12-20") if each[2] == "新人"] == [
        (16, 2, "新人", "town", "member")
    ]
    assert villages_on("2021-12-20")["甲2村"] == (16, 2)
