"""A delegate finds a mistake in the own duty file on the phone; the office puts it right."""

import pytest

from delegates.models import CorrectionRequest
from tests import factory


@pytest.fixture
def attendance(delegate, office, set_today):
    """The sheet says absent; the delegate was there."""
    set_today("2020-08-20")
    factory.make_township()
    session = factory.make_session(4, "2020-05-06", state="held")
    mandate = delegate.delegate.mandates.get()
    return factory.make_session_attendance(session, mandate, "absent")


def test_from_the_own_file_to_the_correction(
    phone, page, log_in, delegate, office, attendance, check_axe
):
    log_in(phone, delegate)
    phone.goto("/")
    phone.get_by_role("navigation", name="常用").get_by_role("link", name="我的档案").tap()
    phone.get_by_role("heading", name="代表甲履职档案").wait_for()
    row = phone.get_by_role("row", name="出席人民代表大会会议").first
    assert row.get_by_role("cell").all_inner_texts()[:4] == ["1", "0", "0", "1"]
    check_axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390

    phone.locator("#sessions").get_by_role("link", name="申请更正").tap()
    phone.get_by_label("哪条记录").select_option(index=1)
    phone.get_by_label("哪里不对").fill("我到会了")
    phone.get_by_label("应当怎样").fill("有签到表")
    check_axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.get_by_role("button", name="保存").tap()
    phone.get_by_text("已提交更正申请").wait_for()

    log_in(page, office)
    page.goto("/todo/")
    page.get_by_role("link", name="代表甲：5月6日").click()
    assert page.get_by_role("link", name="打开这条记录").get_attribute("href") == (
        attendance.session.get_absolute_url()
    )
    check_axe(page)
    page.get_by_role("link", name="已更正").click()
    page.get_by_label("办理说明").fill("已补记出席")
    check_axe(page)
    page.get_by_role("button", name="登记已更正").click()
    page.get_by_text("已登记更正").wait_for()

    phone.goto("/")
    phone.get_by_role("link", name="更正申请已答复").tap()
    phone.get_by_role("link", name="代表甲").tap()
    phone.get_by_text("已补记出席").wait_for()
    phone.get_by_role("button", name="知道了").tap()
    phone.get_by_text("不再列入待办").wait_for()
    assert CorrectionRequest.objects.get().read_at is not None
