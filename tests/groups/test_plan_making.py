"""Making the plan of a year: what each source proposes, what is left out, what is added."""

import pytest
from django.urls import reverse

from groups import plan_making, planning
from groups.models import PlanItem, PlanTemplate
from tests.factory import (
    day,
    make_group,
    make_mandate,
    make_plan_item,
    make_term,
    make_township,
)

pytestmark = pytest.mark.django_db
MAKE = reverse("plan_make", args=[2021])


@pytest.fixture(autouse=True)
def town(set_today):
    set_today("2020-12-20")
    make_township()


def told(items):
    return [
        (item.group and item.group.ordinal, item.title, item.months, item.planned_count)
        for item in items
    ]


def send(client, page, source, *places):
    data = {"source": source, "seen": page.context["draft"].fingerprint, "item": places}
    return client.post(MAKE, data, follow=True)


def test_last_years_plan_is_copied_with_all_it_says(secretary, logged_in):
    make_plan_item(
        make_group(1),
        title="2020年视察，总结2019年工作",
        first_month=3,
        last_month=9,
        planned_count=2,
        responsible="何长庚",
        participants="本组代表",
        note="先调研",
    )
    make_plan_item(title="培训", kind="training", first_month=5)
    browser = logged_in(secretary)

    page = browser.get(MAKE, {"source": "last"})
    done = send(browser, page, "last", 0, 1)

    assert [str(each) for each in done.context["messages"]] == [
        "已列入2021年度计划2项，接下来可以逐项修改，再下发。"
    ]
    first, second = PlanItem.objects.filter(year=2021).order_by("number")
    assert (first.number, second.number, second.title, second.group) == (1, 2, "培训", None)
    assert [getattr(first, name) for name in ("title", "group", "months", "planned_count")] == [
        "2021年视察，总结2019年工作",
        make_group(1),
        "3-9",
        2,
    ]
    assert (first.responsible, first.participants, first.note) == ("何长庚", "本组代表", "先调研")
    assert PlanItem.objects.filter(year=2020).count() == 2


def test_groups_of_a_new_term_are_found_by_their_ordinal(secretary, logged_in):
    new = make_term(16, "2021-01-05")
    for ordinal in (1, 2, 3):
        old = make_group(ordinal, end=day("2021-01-01"))
        make_plan_item(old, title=f"{ordinal}组走访")
    groups = [make_group(ordinal, new, start=day("2021-01-05")) for ordinal in (1, 2)]

    draft = logged_in(secretary).get(MAKE, {"source": "last"}).context["draft"]

    assert [(item.title, item.group) for item in draft.items] == [
        ("1组走访", groups[0]),
        ("2组走访", groups[1]),
    ]
    assert draft.left_out == ("2021年没有第三代表小组，其1项没有列入。",)


def test_the_usual_set_follows_the_township(secretary, logged_in):
    for _ in range(11):
        make_mandate()
    make_mandate(level="county")
    make_group(1)

    draft = logged_in(secretary).get(MAKE, {"source": "standard"}).context["draft"]

    assert told(draft.items) == [
        (None, "召开镇人大会议", "1", 1),
        (None, "代表学习培训", "4", 1),
        (None, "代表向原选区选民述职", "3-11", 3),
        (None, "视察重点工程", "6", 1),
        (None, "召开镇人大会议", "7-8", 1),
        (None, "视察民生工程", "10", 1),
        (None, "镇直单位工作评议", "12", 1),
        (1, "代表接待选民日（每月15日）", "1-12", 12),
        (1, "小组学习", "3", 1),
        (1, "小组视察调研", "5", 1),
    ]
    assert draft.items[-1].responsible == "第一代表小组组长"


def test_a_plan_kept_as_template_serves_another_year(secretary, logged_in):
    for ordinal in (1, 2):
        group = make_group(ordinal)
        make_plan_item(group, title="走访", responsible=f"{group}组长")
    make_plan_item(make_group(2), title="座谈", responsible="汪德胜")
    make_plan_item(title="培训", kind="training")
    browser = logged_in(secretary)

    browser.post(reverse("plan_keep", args=[2020]), {"name": "三组计划"})
    template = PlanTemplate.objects.get()
    refused = browser.post(reverse("plan_keep", args=[2020]), {"name": "三组计划"})
    page = browser.get(MAKE, {"source": f"template-{template.pk}"})

    assert refused.context["form"].errors == {"name": ["已有同名的模板。"]}
    lines = template.items.values_list("for_each_group", "title", "responsible")
    assert list(lines) == [
        (True, "走访", "组长"),
        (True, "座谈", "汪德胜"),
        (False, "培训", "组长"),
    ]
    assert told(page.context["draft"].items) == [
        (None, "培训", "7", 1),
        (1, "走访", "7", 1),
        (1, "座谈", "7", 1),
        (2, "走访", "7", 1),
        (2, "座谈", "7", 1),
    ]
    detail = browser.get(template.get_absolute_url()).context
    assert [item.title for item in detail["items"]] == ["走访", "座谈", "培训"]


def test_an_empty_year_is_no_template(secretary, logged_in):
    page = logged_in(secretary).post(reverse("plan_keep", args=[2031]), {"name": "空"})

    assert page.context["form"].non_field_errors() == ["还没有2031年度计划，不能保存为模板。"]
    assert PlanTemplate.objects.count() == 0


def test_only_what_is_ticked_is_added_and_once(secretary, logged_in):
    make_plan_item(title="培训", kind="training")
    make_plan_item(title="视察")
    browser = logged_in(secretary)
    page = browser.get(MAKE, {"source": "last"})

    send(browser, page, "last", 1)
    again = send(browser, page, "last", 0, 1)
    rest = browser.get(MAKE, {"source": "last"}).context["draft"]

    assert again.status_code == 409
    assert told(PlanItem.objects.filter(year=2021)) == [(None, "视察", "7", 1)]
    assert (told(rest.items), rest.left_out) == (
        [(None, "培训", "7", 1)],
        ("计划中已有的1项不再列入。",),
    )


def test_an_issued_plan_is_not_added_to(secretary, logged_in):
    make_plan_item(title="培训", kind="training")
    make_plan_item(make_group(1), title="视察")
    make_plan_item(make_group(1), title="走访", year=2021)
    planning.issue(by=secretary, year=2021, groups=[make_group(1)])

    draft = logged_in(secretary).get(MAKE, {"source": "last"}).context["draft"]

    assert (told(draft.items), draft.left_out) == (
        [(None, "培训", "7", 1)],
        ("第一代表小组计划已下发，不再列入。",),
    )


def test_the_first_page_offers_the_sources(secretary, logged_in):
    make_plan_item(title="培训")
    browser = logged_in(secretary)

    context = browser.get(MAKE).context

    assert (context["last_year"], context["last_count"]) == (2020, 1)
    for source in ("next", "template-7", "template-x"):
        assert browser.get(MAKE, {"source": source}).status_code == 404
        assert plan_making.draft(2021, source, []) is None


def test_nothing_ticked_adds_nothing(secretary, logged_in):
    make_plan_item(title="培训")
    browser = logged_in(secretary)

    done = send(browser, browser.get(MAKE, {"source": "last"}), "last")

    assert [str(each) for each in done.context["messages"]] == ["没有勾选项目，没有增加。"]
    assert PlanItem.objects.filter(year=2021).count() == 0
