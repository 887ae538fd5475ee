"""Two clerks number forms at the same moment, and one form is opened by its number."""

import re

import pytest

from tests import factory


@pytest.fixture
def day(transactional_db, settings):
    settings.TODAY = factory.day("2020-08-20")
    factory.make_township()
    factory.make_village()
    return factory.make_reception_day()


def numbers_on(page):
    return page.locator("tbody .row-link").all_inner_texts()


def test_two_clerks_number_forms_at_once(open_page, day, office, secretary, log_in, check_axe):
    pages = [open_page(), open_page()]
    for page, user in zip(pages, (office, secretary), strict=True):
        log_in(page, user)
        page.goto("/forms/")
        page.get_by_label("份数").fill("5")
    check_axe(pages[0])
    for page in pages:
        page.get_by_role("button", name="编号").click(no_wait_after=True)
    for page in pages:
        page.wait_for_url(re.compile(r"/forms/batches/"))
    check_axe(pages[0])
    given = [number for page in pages for number in numbers_on(page)]

    assert sorted(given) == [f"2020-{number:03d}" for number in range(1, 11)]

    clerk = pages[0]
    clerk.goto("/forms/")
    clerk.get_by_label("登记号").fill("7")
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(re.compile(r"/visits/add/\?form=2020-007$"))

    assert clerk.get_by_label("登记表号").input_value() == "2020-007"
