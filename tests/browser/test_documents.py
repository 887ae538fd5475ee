"""Documents at both widths: registered with the next number, found by their text, made void."""

import pytest
from django.urls import reverse

from congress.models import Document
from tests.congress.test_document_text import docx
from tests.factory import make_document, make_document_file, make_township


@pytest.fixture(autouse=True)
def town(set_today, transactional_db, settings, tmp_path):
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path
    make_township()


def fits(screen):
    overhang = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert screen.evaluate(overhang) == 0


@pytest.mark.parametrize("window", ["page", "phone"])
def test_a_document_is_registered_found_and_made_void(window, request, log_in, office, check_axe):
    screen = request.getfixturevalue(window)
    make_document("XX镇人〔2020〕1号", title="旧文件")
    make_document("XX镇人〔2020〕3号", title="台账带入的文件")
    log_in(screen, office)
    screen.goto(reverse("document_list"))
    check_axe(screen)
    fits(screen)

    with screen.expect_navigation():
        screen.get_by_role("link", name="登记发文").click()
    check_axe(screen)
    fits(screen)
    screen.get_by_label("标题").fill("关于小组活动的意见")
    screen.get_by_label("发文日期").fill("2020-08-19")
    screen.get_by_label("代表小组活动").check()
    screen.get_by_label("选择文件").set_input_files(
        {"name": "正文.docx", "mimeType": "", "buffer": docx("每季度活动一次，由组长召集。")}
    )
    screen.get_by_role("button", name="保存").click()
    screen.get_by_text("取号XX镇人〔2020〕4号").wait_for()
    check_axe(screen)
    fits(screen)

    screen.goto(reverse("document_list"))
    screen.get_by_label("搜索").fill("每季度 组长")
    screen.get_by_role("button", name="筛选").click()
    screen.locator("mark").first.wait_for()
    assert screen.locator("mark").all_text_contents() == ["每季度", "组长"]
    check_axe(screen)
    fits(screen)
    screen.get_by_role("link", name="正文.docx").click()
    screen.get_by_role("heading", name="在附件文字中查找").wait_for()
    assert screen.locator("mark").all_text_contents() == ["每季度", "组长"]

    with screen.expect_navigation():
        screen.get_by_role("link", name="作废", exact=True).click()
    check_axe(screen)
    screen.get_by_label("作废原因").fill("重复发文")
    screen.get_by_role("button", name="保存").click()
    screen.get_by_text("已作废，文号保留不再使用").wait_for()
    screen.goto(reverse("document_numbers"))
    check_axe(screen)
    fits(screen)
    screen.get_by_role("link", name="记为作废").click()
    screen.get_by_label("作废原因").fill("没有发文")
    screen.get_by_role("button", name="保存").click()
    screen.get_by_text("XX镇人〔2020〕2号已记为作废").wait_for()

    numbers = Document.objects.order_by("serial")
    assert list(numbers.values_list("serial", "void_reason")) == [
        (1, ""),
        (2, "没有发文"),
        (3, ""),
        (4, "重复发文"),
    ]


def test_a_delegate_reads_and_searches_on_a_phone(phone, log_in, delegate, check_axe):
    document = make_document("XX镇人〔2020〕1号", title="关于接待选民日的意见")
    make_document_file(document, text="每月15日接待选民。", name="意见.pdf")
    log_in(phone, delegate)
    phone.goto(reverse("document_list") + "?q=15日")
    check_axe(phone)
    fits(phone)

    phone.get_by_role("link", name="关于接待选民日的意见").click()
    phone.get_by_role("heading", name="《关于接待选民日的意见》").wait_for()
    check_axe(phone)

    assert phone.get_by_role("link", name="修改", exact=True).count() == 0
