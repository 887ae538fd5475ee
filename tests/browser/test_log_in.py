"""The way in, by keyboard at the desk and on a phone."""

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
