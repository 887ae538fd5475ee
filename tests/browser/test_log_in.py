"""The way in, by keyboard at the desk and on a phone."""

import pyotp
import pytest

from congress.models import User
from congress.roles import Role


@pytest.fixture
def clerk(transactional_db):
    return User.objects.create_user("clerk", "reception-2020", name="王敏", role=Role.OFFICE)


def test_log_in_with_the_keyboard_alone(page, clerk, check_axe):
    page.goto("/login/")
    check_axe(page)
    page.keyboard.type("clerk")
    page.keyboard.press("Tab")
    page.keyboard.type("reception-2020")
    page.keyboard.press("Enter")
    page.wait_for_url("/")

    navigation = page.get_by_role("navigation", name="主导航")
    assert navigation.get_by_role("link", name="总览").get_attribute("aria-current") == "page"
    check_axe(page)


def test_wrong_password_is_told_on_a_phone(phone, clerk, check_axe):
    phone.goto("/login/")
    phone.get_by_label("用户名").fill("clerk")
    phone.get_by_label("密码").fill("reception-2021")
    phone.get_by_role("button", name="登录").click()

    assert phone.get_by_role("alert").count() == 1
    check_axe(phone)


def log_in_by_hand(page, username):
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill("reception-2020")
    page.keyboard.press("Enter")


def type_a_village(page):
    """And leave the desk for a quarter of an hour."""
    page.clock.install()
    page.goto("/villages/add/")
    page.get_by_label("村名").fill("柳树村")
    page.clock.fast_forward("15:01")
    page.wait_for_url("**/login/?next=*why=idle")


def test_what_was_typed_outlives_the_end_of_the_log_in(page, clerk, log_in, check_axe):
    log_in(page, clerk)
    type_a_village(page)
    assert page.get_by_text("很久没有操作，已自动退出").is_visible()
    check_axe(page)

    log_in_by_hand(page, "clerk")
    page.wait_for_url("/villages/add/")

    assert page.get_by_label("村名").input_value() == "柳树村"
    assert page.get_by_text("登录结束前没有保存的内容已经填回").is_visible()
    check_axe(page)
    page.reload()
    assert page.get_by_label("村名").input_value() == ""


def test_what_was_saved_meanwhile_is_not_filled_in_again(page, clerk, log_in):
    log_in(page, clerk)
    type_a_village(page)
    page.goto("/login/")
    log_in_by_hand(page, "clerk")
    page.wait_for_url("/")

    other = "/villages/add/?other"
    page.goto(other)
    page.get_by_label("村名").fill("桃源村")
    page.get_by_label("人口").fill("300")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("/villages/**/")
    page.goto(other)
    assert page.get_by_label("村名").input_value() == ""

    page.goto("/villages/add/")
    assert page.get_by_label("村名").input_value() == "柳树村"


def test_what_is_sent_after_the_end_comes_back(page, clerk, log_in):
    log_in(page, clerk)
    page.goto("/villages/add/")
    page.get_by_label("村名").fill("柳树村")
    page.get_by_label("人口").fill("300")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/login/**")
    log_in(page, clerk)
    page.goto("/villages/add/")

    assert page.get_by_label("村名").input_value() == "柳树村"
    assert page.get_by_label("人口").input_value() == "300"


def test_what_came_back_with_errors_outlives_the_end_too(page, clerk, log_in):
    log_in(page, clerk)
    page.clock.install()
    page.goto("/villages/add/")
    page.get_by_label("村名").fill("柳树村")
    page.get_by_role("button", name="保存").click()
    page.locator(".error-summary").wait_for()
    page.clock.fast_forward("15:01")
    page.wait_for_url("**/login/?next=*why=idle")
    log_in_by_hand(page, "clerk")
    page.wait_for_url("/villages/add/")

    assert page.get_by_label("村名").input_value() == "柳树村"


def test_what_a_page_grown_old_refused_is_filled_in_again(page, clerk, log_in, troubles):
    """As after a new log-in in another window."""
    log_in(page, clerk)
    page.goto("/villages/add/")
    page.get_by_label("村名").fill("柳树村")
    page.context.clear_cookies(name="csrf")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("heading", name="页面已过期").wait_for()
    troubles.clear()
    page.goto("/villages/add/")

    assert page.get_by_label("村名").input_value() == "柳树村"


def test_nobody_else_sees_what_was_typed(page, clerk, log_in):
    User.objects.create_user("colleague", "reception-2020", name="李静", role=Role.OFFICE)
    log_in(page, clerk)
    type_a_village(page)

    log_in_by_hand(page, "colleague")
    page.wait_for_url("/villages/add/")

    assert page.get_by_label("村名").input_value() == ""
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_a_minute_before_the_end_the_page_asks(page, clerk, log_in, check_axe):
    log_in(page, clerk)
    page.clock.install()
    page.goto("/villages/")
    page.clock.fast_forward("14:10")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    check_axe(page)

    with page.expect_response("**/stay/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 204
    dialog.wait_for(state="hidden")


def test_typing_is_use_though_nothing_is_sent(page, clerk, log_in):
    log_in(page, clerk)
    page.clock.install()
    page.goto("/villages/add/")
    for _ in range(3):
        page.clock.fast_forward("13:00")
        with page.expect_response("**/stay/") as answer:
            page.get_by_label("村名").press_sequentially("柳")
            page.clock.fast_forward("00:02")
        assert answer.value.status == 204

    assert page.get_by_label("村名").input_value() == "柳柳柳"


def test_a_code_is_set_up_and_asked_for_on_a_phone(phone, clerk, log_in, check_axe):
    User.objects.update(must_use_code=True)
    log_in(phone, clerk)
    phone.goto("/visits/")
    phone.get_by_role("img", name="动态口令的二维码").wait_for()
    check_axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    codes = pyotp.TOTP(phone.locator(".address").inner_text().replace(" ", ""))
    phone.get_by_role("textbox", name="动态口令").fill(codes.now())
    phone.get_by_role("button", name="启用动态口令").tap()
    phone.get_by_text("恢复码只显示这一次").wait_for()
    recovery = phone.locator(".recovery-codes code").first.inner_text()
    check_axe(phone)

    phone.context.clear_cookies(name="session")
    phone.goto("/login/?next=/villages/")
    log_in_by_hand(phone, "clerk")
    phone.get_by_label("动态口令").wait_for()
    check_axe(phone)
    phone.get_by_label("动态口令").fill(recovery)
    phone.get_by_role("button", name="登录").tap()
    phone.wait_for_url("/villages/")
