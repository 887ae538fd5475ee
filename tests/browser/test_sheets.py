"""A unit's sheet comes back: its code is scanned, what it says is typed in, then the next one."""

import re

import pytest

from tests import factory
from voters.models import FeedbackItem


@pytest.fixture
def items(transactional_db, settings):
    settings.TODAY = factory.day("2020-08-20")
    factory.make_township()
    return [factory.make_item(state=state) for state in ("signed", "assigned")]


def test_sheet_after_sheet_by_keyboard(page, items, office, log_in, check_axe):
    log_in(page, office)
    page.goto("/items/enter/")
    check_axe(page)
    page.keyboard.type("http：、、office、items、number、2020－J009、")
    page.keyboard.press("Enter")
    page.get_by_text("没有2020-J009号意见建议").wait_for()
    check_axe(page)

    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/reply/\?sheet=1$"))
    check_axe(page)
    page.get_by_label("A 已解决或基本解决").check()
    page.get_by_label("答复内容").fill("路面已修好。")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/items/enter/$"))
    page.get_by_text("答复已记录").wait_for()

    page.keyboard.type("j2")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/sign/\?sheet=1$"))
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/items/enter/$"))

    assert list(FeedbackItem.objects.order_by("pk").values_list("state", "reply")) == [
        ("replied", "路面已修好。"),
        ("signed", ""),
    ]
