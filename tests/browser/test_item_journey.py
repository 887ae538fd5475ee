"""An item from unit to voter and back: answered, told, found bad, answered again, closed."""

import re

import pytest

from congress.roles import Role
from tests import factory
from voters.actions import add_usual_templates
from voters.models import FeedbackItem


@pytest.fixture
def office(transactional_db, set_today):
    set_today("2020-08-20")
    factory.make_township()
    office = factory.make_user("office", Role.OFFICE, name="王敏")
    add_usual_templates(user=office)
    return office


@pytest.fixture
def unit(office):
    return factory.make_user("unit", Role.UNIT, name="田家明")


@pytest.fixture
def item(unit):
    """Assigned to the unit on 17 August."""
    handling = factory.make_unit()
    handling.accounts.add(unit)
    visit = factory.make_visit(factory.make_reception_day(), factory.make_village("LJ冲"))
    return factory.make_item(visit, "assigned", lead_unit=handling, title="修路")


def open_step(page, item, label):
    page.goto(f"/items/{item.pk}/")
    # The scripts of the next page have run before anything is chosen there.
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=label, exact=True).click()


def send(page, label, leads_to):
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_url(re.compile(leads_to))


def grade(page, about, word):
    page.get_by_role("group", name=about).get_by_role("radio", name=word, exact=True).check()


def answers(page):
    shown = page.get_by_label("四项结论").get_by_role("listitem").all_inner_texts()
    return [words.partition("：")[2].strip() for words in shown]


def unit_signs_and_answers(page, item, check_axe):
    open_step(page, item, "签收")
    check_axe(page)
    send(page, "签收", rf"/items/{item.pk}/$")
    open_step(page, item, "答复")
    page.get_by_label("答复模板").select_option(label="列入计划")
    text = page.get_by_label("答复内容")
    assert page.get_by_role("radio", name="C 列入规划").is_checked()
    assert text.input_value().startswith("您反映的“修路”，因【原因】暂不能马上解决")
    page.get_by_label("承诺事项", exact=False).last.fill("明年六月底前铺好路面")
    page.get_by_label("承诺期限").fill("2021-06-30")
    send(page, "答复", r"/reply/$")
    assert "答复中还有没有补全的内容：【原因】" in page.get_by_role("alert").inner_text()
    check_axe(page)
    page.get_by_label("答复内容").fill("已列入明年道路养护计划。")
    send(page, "答复", rf"/items/{item.pk}/$")
    assert answers(page) == ["已答复", "小组未告知", "选民未告知", "C 列入规划", "未评价"]
    check_axe(page)


def office_tells_and_asks(page, item, check_axe):
    open_step(page, item, "告知")
    check_axe(page)
    page.get_by_label("告知小组日期").fill("2020-08-20")
    page.get_by_label("告知选民日期").fill("2020-08-20")
    page.get_by_label("告知方式").select_option(label="入户")
    send(page, "告知", r"/close/$")
    assert "请接着登记满意度并办结" in page.get_by_role("status").inner_text()
    check_axe(page)


def test_a_voter_who_is_not_satisfied_is_answered_again(
    page, office, unit, item, log_in, check_axe
):
    log_in(page, unit)
    unit_signs_and_answers(page, item, check_axe)

    log_in(page, office)
    office_tells_and_asks(page, item, check_axe)
    grade(page, "过程满意度", "基本满意")
    grade(page, "结果满意度", "不满意")
    page.get_by_label("说明").fill("入户征询")
    page.get_by_role("button", name="办结", exact=True).click()
    page.get_by_text("选民不满意的不能办结").wait_for()
    assert page.get_by_label("说明").input_value() == "入户征询"
    assert page.get_by_role("group", name="结果满意度").get_by_role("radio").nth(2).is_checked()
    check_axe(page)
    page.get_by_label("不满意的原因").fill("还要等一年，老人出门不便")
    send(page, "重新办理", rf"/items/{item.pk}/$")
    assert answers(page)[0] == "须再次答复"

    log_in(page, unit)
    open_step(page, item, "答复")
    assert "还要等一年，老人出门不便" in page.locator(".about").inner_text()
    page.get_by_role("radio", name="A 已解决或基本解决").check()
    assert not page.get_by_label("承诺期限").is_visible()
    page.get_by_label("答复内容").fill("已先铺好碎石便道。")
    send(page, "答复", rf"/items/{item.pk}/$")

    log_in(page, office)
    office_tells_and_asks(page, item, check_axe)
    for about in ("过程满意度", "结果满意度"):
        grade(page, about, "满意")
    send(page, "办结", rf"/items/{item.pk}/$")
    assert answers(page) == [
        "已答复",
        "小组已告知",
        "选民已告知",
        "A 已解决或基本解决",
        "过程满意，结果满意",
    ]
    compared = page.get_by_role("table").inner_text()
    assert ["已列入明年道路养护计划。" in compared, "已先铺好碎石便道。" in compared] == [
        True,
        True,
    ]
    assert FeedbackItem.objects.get().state == "closed"
    check_axe(page)


def test_of_two_who_move_an_item_one_is_told_and_loses_nothing(
    page, open_page, office, unit, item, log_in, check_axe, troubles
):
    log_in(page, unit)
    open_step(page, item, "答复")
    page.get_by_role("radio", name="A 已解决或基本解决").check()
    page.get_by_label("答复内容").fill("已修好路面三百米。")

    other = open_page(viewport={"width": 1366, "height": 768})
    log_in(other, office)
    other.goto(item.get_absolute_url())
    other.locator("main summary", has_text="更多").click()
    other.get_by_role("link", name="催办", exact=True).click()
    other.get_by_label("催办内容").fill("请在本周内答复")
    send(other, "催办", rf"/items/{item.pk}/$")

    page.get_by_role("button", name="答复", exact=True).click()
    told = page.get_by_role("alert")
    told.wait_for()
    assert "王敏刚刚办理了“催办”，现在的状态是“交办”。" in told.inner_text()
    assert page.get_by_label("答复内容").input_value() == "已修好路面三百米。"
    check_axe(page)
    troubles.clear()
    send(page, "答复", rf"/items/{item.pk}/$")
    assert FeedbackItem.objects.values_list("state", "reply").get() == (
        "replied",
        "已修好路面三百米。",
    )


def test_the_items_pages_on_a_phone(phone, office, item, log_in, check_axe):
    """Nothing beside the screen, every button big enough for a finger, the menu within reach."""
    log_in(phone, office)
    for address in (
        item.get_absolute_url(),
        f"/items/{item.pk}/reply/",
        f"/items/{item.pk}/reassign/",
        "/items/help/",
        "/commitments/",
        "/reply-templates/",
    ):
        phone.goto(address)
        check_axe(phone)
        assert (address, phone.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (
            address,
            True,
        )
    phone.goto(item.get_absolute_url())
    phone.locator("main summary", has_text="更多").tap()
    links = phone.locator(".more-groups a").all()
    boxes = [link.bounding_box() for link in links]
    assert min(box["height"] for box in boxes) >= 44
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    check_axe(phone)
