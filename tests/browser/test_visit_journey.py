"""The office's main work: a visit is logged while the voter talks, and the report follows."""

import datetime
import io
import re

import pdfplumber
import pytest
from django.conf import settings as project

from congress.models import User
from congress.roles import Role
from reports.ledgers import import_ledgers

LEDGERS = project.BASE_DIR / "reports" / "demonstration" / "xx-town-2020.xlsx"


@pytest.fixture
def clerk(transactional_db, settings):
    """Office staff of XX镇 on 20 August 2020, with the year's ledgers imported."""
    settings.TODAY = datetime.date(2020, 8, 20)
    with LEDGERS.open("rb") as ledgers:
        assert import_ledgers(ledgers).errors == []
    return User.objects.create_user("clerk", "reception-2020", name="王敏", role=Role.OFFICE)


def report_says(page, *figures):
    page.goto("/reports/2020/")
    text = page.get_by_role("article").inner_text().replace("\n", "")
    return [figure in text for figure in figures]


def test_a_visit_with_two_items_reaches_the_report(page, clerk, check_axe):
    page.goto("/login/")
    page.keyboard.type("clerk")
    page.keyboard.press("Tab")
    page.keyboard.type("reception-2020")
    page.keyboard.press("Enter")
    page.wait_for_url("/")
    assert report_says(page, "104人次", "33条") == [True, True]

    page.goto("/visits/")
    with page.expect_navigation():
        page.get_by_role("link", name="添加来访登记").click()
    check_axe(page)
    assert page.evaluate("document.activeElement.name") == "voter_name"
    keys = page.keyboard
    keys.type("张三丰")
    keys.press("Enter")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.type("13812341234")
    keys.press("Enter")
    keys.press("Control+A")
    keys.type("3")
    for _ in range(3):
        keys.press("Enter")
    keys.type("路灯坏了半年，桥也裂了。")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.type("修路灯")
    keys.press("Enter")
    keys.type("修好XX街的路灯。")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.type("田家明")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "再加一条意见"
    keys.press("Enter")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.type("修桥")
    keys.press("Enter")
    keys.type("加固桥墩。")
    check_axe(page)
    keys.press("Control+Enter")

    page.wait_for_url(re.compile(r"/visits/\d+/$"))
    message = page.get_by_role("status").inner_text()
    assert message.startswith("已登记2020-055号来访；意见2020-J034交")
    assert "意见2020-J035待交办" in message
    assert page.get_by_text("138****1234").count() == 1
    check_axe(page)
    page.goto("/visits/")
    assert page.get_by_text("共55次来访，107人次").count() == 1
    page.goto("/items/")
    assert page.get_by_text("共35条，其中逾期2条").count() == 1
    check_axe(page)

    assert report_says(page, "107人次", "35条", "104人次") == [True, True, False]
    with page.expect_download() as download:
        page.get_by_role("link", name="下载PDF").click()
    pdf = io.BytesIO(download.value.path().read_bytes())
    with pdfplumber.open(pdf) as document:
        text = "".join(sheet.extract_text() for sheet in document.pages).replace("\n", "")
    assert ["107人次" in text, "35条" in text] == [True, True]


def test_the_day_brings_its_delegates_and_what_was_typed_stays(page, clerk, log_in, check_axe):
    log_in(page, clerk)
    page.goto("/visits/add/")
    page.get_by_label("来访人", exact=False).first.fill("李四")
    with page.expect_navigation():
        page.get_by_label("接待选民日").select_option(label="2020-08-15（周六）第三代表小组·已举行")

    assert page.get_by_role("checkbox", checked=True).count() == 2
    assert page.get_by_label("周䶮").is_checked() or page.get_by_label("聂正坤").is_checked()
    assert page.get_by_label("来访人", exact=False).first.input_value() == "李四"
    check_axe(page)


def test_an_item_is_handled_on_a_phone(phone, clerk, log_in, check_axe):
    log_in(phone, clerk)
    phone.goto("/items/?state=handling")
    check_axe(phone)
    with phone.expect_navigation():
        phone.get_by_role("link", name="2020-J016").click()
    check_axe(phone)
    with phone.expect_navigation():
        phone.get_by_role("link", name="答复", exact=True).click()
    check_axe(phone)
    phone.get_by_role("radio", name="A 已解决或基本解决").check()
    phone.get_by_label("答复内容").fill("已鉴定并赔偿。")
    phone.get_by_role("button", name="答复").click()

    phone.wait_for_url(re.compile(r"/items/\d+/$"))
    assert phone.get_by_role("status").inner_text() == ("2020-J016号：答复已记录，现在是“已答复”。")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
