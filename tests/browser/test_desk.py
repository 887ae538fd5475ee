"""The desk by keyboard: one page load and few key strokes a visit, and nothing typed is lost."""

import datetime
import re

import pytest
from django.contrib.sessions.models import Session

from congress.roles import Role
from tests import factory
from voters.models import BlankForm, FeedbackItem, Visit

WORDS = "村口到学校那段路的路灯坏了半年，孩子晚上放学看不见路。"
LINE = f"程有福 13900002001 ljc 村村通道路 {WORDS} 交:交管站"
MOST_STROKES = 60


@pytest.fixture
def clerk(transactional_db, settings):
    """Office staff on a reception day of two delegates, with what the line names."""
    settings.TODAY = datetime.date(2020, 8, 15)
    factory.make_township()
    factory.make_village("LJ冲")
    factory.make_topic("村村通道路")
    factory.make_topic("民生工程")
    factory.make_unit("镇交通管理站", short_name="交管站", contact="田家明")
    group = factory.make_group(1)
    members = [factory.make_membership(group).mandate for _ in range(2)]
    factory.make_reception_day("2020-08-15", group, members, state="announced")
    return factory.make_user("clerk", Role.OFFICE, name="王敏")


@pytest.fixture
def desk(page, clerk, log_in):
    """The desk, opened from the dashboard in one click; counts loads and key strokes."""
    log_in(page, clerk)
    page.goto("/")
    page.get_by_role("link", name="8月15日接待台").click()
    page.wait_for_url("/desk/*/")
    return Desk(page)


class Desk:
    def __init__(self, page):
        self.page = page
        self.strokes = self.loads = 0
        page.on("load", self.count_load)

    def count_load(self):
        self.loads += 1

    def type(self, text):
        self.strokes += len(text)
        self.page.keyboard.type(text)

    def press(self, keys):
        self.strokes += len(keys.split("+"))
        self.page.keyboard.press(keys)

    def field(self, name):
        return self.page.locator(f"[name='{name}']")

    def wait_for_value(self, name, value):
        self.page.wait_for_function(
            "([name, value]) => document.getElementsByName(name)[0]?.value === value",
            arg=[name, value],
        )

    def said(self, words):
        self.page.locator("[data-said]", has_text=words).wait_for()

    @property
    def focus(self):
        return self.page.evaluate("document.activeElement.name")


def visits():
    return list(Visit.objects.order_by("pk").values_list("number", "voter_name", "words"))


def test_a_visit_is_logged_by_keyboard_without_leaving_the_page(desk, check_axe):
    check_axe(desk.page)
    assert desk.focus == "line"
    desk.type(LINE)
    desk.wait_for_value("items-0-responsible", "田家明")
    check_axe(desk.page)
    desk.press("Control+Enter")
    desk.said("已登记2020-001号来访；意见2020-J001交镇交通管理站办理")

    assert desk.loads == 0
    assert desk.strokes - len(WORDS) == 34
    assert desk.strokes - len(WORDS) <= MOST_STROKES
    assert visits() == [("2020-001", "程有福", WORDS)]
    assert Visit.objects.get().received_by.count() == 2
    assert list(FeedbackItem.objects.values_list("state", "lead_unit__name")) == [
        ("assigned", "镇交通管理站")
    ]
    assert (desk.focus, desk.field("line").input_value()) == ("line", "")
    check_axe(desk.page)

    # The next voter, faster than the line is read: the server reads what was typed.
    desk.type("李四 ljc 民生工程 水管漏水")
    desk.press("Control+Enter")
    desk.said("已登记2020-002号来访；意见2020-J002待交办")
    assert desk.loads == 0
    assert desk.page.get_by_text("当日来访（2次，2人次）").count() == 1


def test_corrections_stay_and_a_second_line_is_a_second_item(desk):
    desk.type("程有福 ljc 村村通道路 路灯坏了")
    desk.wait_for_value("items-0-title", "路灯坏了")
    desk.field("items-0-title").fill("修路灯")
    desk.field("line").focus()
    desk.press("End")
    desk.press("Enter")
    desk.type("民生工程 井盖没有了")
    desk.wait_for_value("items-1-summary", "井盖没有了")
    assert desk.field("items-0-title").input_value() == "修路灯"
    assert desk.page.get_by_text("手工改过，不再跟随").count() == 1

    desk.press("Alt+2")
    desk.press("Control+Enter")
    desk.said("已登记2020-001号来访")
    assert list(FeedbackItem.objects.order_by("pk").values_list("title", flat=True)) == [
        "修路灯",
        "井盖没有了",
    ]
    assert Visit.objects.get().received_by.count() == 1


def test_errors_and_likely_duplicates_keep_what_was_typed(desk, check_axe):
    desk.type("程有福 ljc 路灯坏了")
    desk.press("Control+Enter")
    desk.page.locator(".error-summary", has_text="类别").wait_for()
    check_axe(desk.page)
    assert desk.field("line").input_value() == "程有福 ljc 路灯坏了"

    desk.field("line").fill("程有福 ljc 村村通道路 路灯坏了")
    desk.press("Control+Enter")
    desk.said("已登记2020-001号来访")
    desk.type("张三丰 ljc 村村通道路 路灯坏了好久")
    desk.press("Control+Enter")
    desk.page.get_by_role("alert").get_by_text("可能是同一件事").wait_for()
    check_axe(desk.page)
    assert Visit.objects.count() == 1
    desk.press("Control+Enter")
    desk.said("已登记2020-002号来访")
    assert desk.loads == 0


def test_a_cut_network_loses_nothing(desk, troubles):
    desk.type("程有福 ljc 村村通道路 路灯")
    desk.page.context.set_offline(True)
    desk.type("坏了")
    desk.press("Control+Enter")
    desk.said("网络断开，内容已保存在本机，恢复后再按保存。")
    assert Visit.objects.count() == 0
    desk.page.context.set_offline(False)
    desk.press("Control+Enter")
    desk.said("已登记2020-001号来访")

    assert visits() == [("2020-001", "程有福", "路灯坏了")]
    troubles.clear()


def test_a_closed_tab_gives_back_what_was_typed(desk):
    desk.type("程有福 ljc 村村通道路 路灯坏了\n民生工程 井盖没有了")
    desk.wait_for_value("items-1-title", "井盖没有了")
    desk.field("answer").fill("马上去看")
    address, window = desk.page.url, desk.page.context
    desk.page.close()

    desk = Desk(window.new_page())
    desk.page.goto(address)
    desk.page.get_by_text("已恢复未保存的内容").wait_for()
    assert desk.field("items-1-title").input_value() == "井盖没有了"
    assert desk.field("answer").input_value() == "马上去看"
    desk.field("line").press("Control+Enter")
    desk.said("已登记2020-001号来访")
    desk.page.reload()
    assert desk.page.get_by_text("已恢复未保存的内容").is_hidden()
    assert desk.field("line").input_value() == ""


def test_what_was_restored_can_be_dropped(desk):
    desk.type("程有福 ljc 路灯坏了")
    desk.page.reload()
    desk.page.get_by_role("button", name="放弃这些内容").click()
    desk.page.wait_for_function("document.getElementsByName('line')[0].value === ''")

    kept = desk.page.evaluate("Object.keys(localStorage)")
    assert [key for key in kept if key.startswith("desk:")] == []


def test_an_expired_log_in_gives_back_what_was_typed(desk, clerk):
    desk.type("程有福 ljc 村村通道路 路灯坏了")
    desk.wait_for_value("items-0-title", "路灯坏了")
    Session.objects.all().delete()
    desk.press("Control+Enter")
    desk.said("登录已过期，内容已保存在本机")

    desk.page.get_by_role("link", name="重新登录").click()
    desk.page.wait_for_url(re.compile("/login/"))
    desk.page.keyboard.type("clerk")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("demo-password-1")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_text("已恢复未保存的内容").wait_for()
    assert desk.focus == "line"
    desk.press("Control+Enter")
    desk.said("已登记2020-001号来访")
    assert visits() == [("2020-001", "程有福", "路灯坏了")]


def test_saving_twice_makes_one_visit(desk):
    desk.type("程有福 ljc 村村通道路 路灯坏了")
    for _ in range(3):
        desk.press("Control+Enter")
    desk.said("已登记2020-001号来访")
    desk.page.wait_for_load_state("networkidle")

    assert visits() == [("2020-001", "程有福", "路灯坏了")]


def test_a_scanned_number_takes_its_form_or_opens_its_visit(desk):
    BlankForm.objects.create(number="2020-007", batch="6f1c2f4e-0000-4000-8000-000000000000")
    desk.type("https://example.cn/forms/2020-007/\n")
    desk.wait_for_value("form_number", "2020-007")
    desk.type("程有福 ljc 村村通道路 路灯坏了")
    desk.press("Control+Enter")
    desk.said("已登记2020-007号来访")

    desk.type("2020-007\n")
    desk.page.wait_for_url(f"/visits/{Visit.objects.get().pk}/")


def test_the_desk_fits_a_phone(phone, clerk, log_in, check_axe):
    log_in(phone, clerk)
    phone.goto("/desk/")
    phone.wait_for_url("/desk/*/")
    phone.keyboard.type(LINE)
    phone.locator(".read li", has_text="镇交通管理站").wait_for()
    check_axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("button", name="保存", exact=True).last.click()
    phone.locator("[data-said]", has_text="已登记2020-001号来访").wait_for()


def test_a_leader_reads_the_day_on_a_phone(phone, clerk, log_in, check_axe):
    leader = factory.make_user("leader", Role.LEADER, name="组长")
    person = factory.make_delegate(account=leader)
    factory.make_membership(mandate=factory.make_mandate(person), post="leader")
    factory.make_visit(voter_name="张三丰")
    log_in(phone, leader)
    phone.goto("/")
    phone.get_by_role("link", name="8月15日接待台").click()
    phone.get_by_text("张**").wait_for()

    check_axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert phone.get_by_role("textbox").count() == 0
