"""Drafting in a real browser: saved by itself, and two editors of one place lose nothing."""

import pytest
from playwright.sync_api import expect

from reports.models import AnnualReport
from tests import factory
from tests.factory import day


@pytest.fixture
def report(transactional_db, set_today):
    set_today("2020-08-20")
    factory.make_township()
    return AnnualReport.objects.create(
        year=2020, start=day("2020-01-01"), cut_off=day("2020-08-20")
    )


def text_at(report, place="成效-1"):
    return report.narratives.get(place=place).text


def test_two_editors_of_one_place_lose_nothing(
    page, open_page, report, office, secretary, log_in, check_axe, troubles
):
    other = open_page(viewport={"width": 1366, "height": 768})
    log_in(page, office)
    log_in(other, secretary)
    for each in (page, other):
        each.goto("/reports/2020/draft/")
    place, theirs = (each.locator("[data-place='成效-1']") for each in (page, other))

    place.locator("textarea").fill("办公室写的,第一句。")
    expect(place.locator("[data-said]")).to_contain_text("已保存")
    assert text_at(report) == "办公室写的，第一句。"
    expect(page.locator("[data-place='成效-2']")).to_be_visible()
    place.locator("textarea").blur()
    expect(place.locator("textarea")).to_have_value("办公室写的，第一句。")

    theirs.locator("textarea").fill("秘书写的。")
    expect(theirs.locator("[data-said]")).to_have_text("冲突")
    expect(theirs.locator(".text-conflict")).to_contain_text("办公室写的，第一句。")
    check_axe(other)
    theirs.get_by_role("button", name="两段都要").click()
    expect(theirs.locator("[data-said]")).to_contain_text("已保存")
    assert text_at(report) == "办公室写的，第一句。\n秘书写的。"

    # The line breaks, and the page is opened again.
    page.route("**/narratives/**", lambda route: route.abort())
    free = page.locator("[data-place='成效-2'] textarea")
    free.fill("断网时写的。")
    expect(page.locator("[data-place='成效-2'] [data-said]")).to_contain_text("网络断开")
    page.unroute("**/narratives/**")
    page.reload()
    expect(page.locator("[data-place='成效-2'] [data-said]")).to_contain_text("已保存")
    assert text_at(report, "成效-2") == "断网时写的。"
    troubles[:] = [each for each in troubles if "409" not in each and "ERR_FAILED" not in each]
