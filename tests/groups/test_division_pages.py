"""The pages of a division: the board as it is sent, confirming, printing, who sees what."""

import io
import re

import openpyxl
import pdfplumber
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.division.board import Board
from groups.division.confirming import undo
from groups.models import DelegateGroup, Division
from tests import factory
from tests.factory import make_division, make_township
from tests.groups.divided import (
    confirm_all,
    make_town,
    members_on,
    next_term,
    place,
    places,
    re_elect,
)

pytestmark = pytest.mark.django_db

NAMES = ["甲一", "甲二", "甲三", "乙一", "乙二", "乙三"]


@pytest.fixture
def draft(office, set_today):
    """The sixteenth term as the fifteenth was divided; two are in no group yet."""
    set_today("2021-12-20")
    make_township()
    make_town()
    term = next_term(office)
    re_elect(term, NAMES, new=["甲新", "新人"])
    return make_division(office, term, way="last")


def address(page, division):
    return reverse(f"division_{page}", args=[division.pk])


def fields_of(response):
    """What the browser would send of the form: hidden fields, chosen options, texts."""
    html = response.content.decode()
    form = html[html.index('class="division"') :]
    sent = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)[1].replace("&quot;", '"')
        for name in ["seen", *re.findall(r'name="(s\d+)"', form)]
    }
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="(\w*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


def key_of(division, name):
    return next(p.key for p in Board(division).people if p.delegate.name == name)


def test_the_way_of_a_new_draft(office, draft, logged_in):
    browser = logged_in(office)
    form = browser.get(reverse("division_add")).context["form"]

    response = browser.post(
        reverse("division_add"),
        {
            "term": draft.term_id,
            "start": "2021-12-21",
            "way": "area",
            "count": "2",
            "submission": form["submission"].value(),
        },
        follow=True,
    )

    made = Division.objects.exclude(pk=draft.pk).get()
    assert response.redirect_chain == [(made.get_absolute_url(), 302)]
    assert (Board(made).ordinals, made.way, made.made_by) == ([1, 2], "area", office)


def test_number_of_groups_is_asked_where_nothing_is_taken_over(office, draft, logged_in):
    browser = logged_in(office)
    given = {"term": draft.term_id, "start": "2021-12-01", "way": "empty", "count": ""}

    errors = browser.post(reverse("division_add"), given).context["form"].errors

    assert errors["count"] == ["请填写分几个小组。"]
    assert errors["start"] == ["起始日期不能早于本届任期起始（2021-12-20）。"]


def test_the_board_is_sent_as_plain_selects(office, draft, logged_in):
    browser = logged_in(office)
    page = browser.get(address("board", draft))
    sent = fields_of(page)
    sent |= {
        f"d{key_of(draft, '新人')}": "2",
        f"p{key_of(draft, '新人')}": "liaison",
        "s1": " 张办 ",
    }

    response = browser.post(address("board", draft), sent | {"add_group": "1"}, follow=True)

    assert [str(m) for m in response.context["messages"]] == ["已保存编组。已增加第三代表小组。"]
    assert places(draft)[1]["新人"] == "二组联系员"
    assert Board(draft).placing.staff == {1: "张办"}
    heads = [(c.name, c.balance.persons, c.remark) for c in response.context["page"].columns]
    assert heads == [
        ("未编入", 1, ""),
        ("第一代表小组", 3, ""),
        ("第二代表小组", 4, ""),
        ("第三代表小组", 0, "不足3名，没有组长"),
    ]


def test_two_editors_of_one_board(office, secretary, draft, logged_in):
    browser, other = logged_in(office), logged_in(secretary)
    mine, theirs = (fields_of(each.get(address("board", draft))) for each in (browser, other))
    newcomer, nobody = (f"d{key_of(draft, name)}" for name in ("新人", "甲新"))
    other.post(address("board", draft), theirs | {newcomer: "1", nobody: "1"})

    response = browser.post(address("board", draft), mine | {newcomer: "2"})

    assert response.status_code == 409
    assert response.context["differing"] == [("新人", "一组", "二组")]
    again = fields_of(response)
    assert (again[newcomer], again[nobody]) == ("2", "1")
    browser.post(address("board", draft), again)
    assert (places(draft)[1]["新人"], places(draft)[1]["甲新"]) == ("二组", "一组")


def test_a_group_that_is_not_empty_stays(office, draft, logged_in):
    browser = logged_in(office)
    sent = fields_of(browser.get(address("board", draft)))

    response = browser.post(address("board", draft), sent | {"remove_group": "2"}, follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "已保存编组。二组还有村、代表或工作人员联系员，请先移出，再撤去这个组。"
    ]


def test_confirming_on_the_page(office, draft, logged_in):
    browser = logged_in(office)
    assert (
        "还有2名在任代表没有编入小组：甲新、新人"
        in browser.get(address("confirm", draft)).content.decode()
    )
    place(office, draft, people={"甲新": 1, "新人": 2, "甲一": 1}, villages={"乙2村": None})
    form = browser.get(address("confirm", draft)).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()}
    refused = browser.post(address("confirm", draft), sent)
    assert refused.context["form"].errors == {
        "reason": ["请写明原因，或回到编组页面把村编入。"],
        "tick_leader": ["请核对后勾选，或回到编组页面调整。"],
    }

    sent |= {"reason": "正在合并", "tick_leader": "on"}
    response = browser.post(address("confirm", draft), sent, follow=True)

    assert response.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert "已确认十六届小组划分（2021年12月20日起）" in response.content.decode()
    assert len(members_on("2021-12-20")) == 10
    assert browser.get(address("board", draft)).url == draft.get_absolute_url()
    browser.post(address("undo", draft))
    assert DelegateGroup.objects.filter(term__ordinal=16).count() == 0


def test_what_stands_in_the_way_of_undoing_is_said(office, draft, logged_in):
    place(office, draft, people={"甲新": 1, "新人": 2})
    confirm_all(office, draft)
    factory.make_activity("2021-12-21", DelegateGroup.objects.get(term__ordinal=16, ordinal=1))

    response = logged_in(office).get(address("undo", draft), follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "确认以后已有新的登记，不能撤销：活动1条。"
    ]


LIST = [
    [
        *("代表小组", "组长", "副组长", "联系员", "代表", "人数", "覆盖村", "活动室"),
    ],
    [
        *("第一代表小组", "甲一", "甲二", "办事员"),
        "县、镇代表：甲一镇代表：甲二、甲三、甲新",
        *("4", "甲1村、甲2村", "1组活动室（甲1村部）"),
    ],
    [
        *("第二代表小组", "乙一", "乙二", "", "镇代表：乙一、乙二、乙三、新人"),
        *("4", "乙1村、乙2村", "2组活动室（乙1村部）"),
    ],
]


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_the_list_is_printed(office, chair, draft, logged_in, is_confirmed):
    place(office, draft, people={"甲新": 1, "新人": 2})
    if is_confirmed:
        confirm_all(office, draft)

    response = logged_in(chair).get(address("paper", draft))

    with pdfplumber.open(io.BytesIO(response.content)) as pdf:
        (page,) = pdf.pages
        text = page.extract_text().splitlines()
        (rows,) = page.extract_tables()
    assert text[0] == "XX镇第十六届人大代表小组划分" + ("" if is_confirmed else "（草案）")
    assert text[1] == "共2个代表小组，在任代表8名，自2021年12月20日起执行。"
    assert [[cell.replace("\n", "") for cell in row] for row in rows] == LIST


def test_the_list_as_a_workbook(office, chair, draft, logged_in):
    place(office, draft, people={"甲新": 1, "新人": 2})

    response = logged_in(chair).get(address("workbook", draft))

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert [cell.value for cell in book["代表小组划分"][2]] == [
        *("第一代表小组", "甲一", "甲二", "办事员", "县、镇代表：甲一；镇代表：甲二、甲三、甲新"),
        *(4, 1, 4, "甲1村、甲2村", 2000, "1组活动室（甲1村部）"),
    ]
    assert [cell.value for cell in book["代表"][2]] == [
        *("第一代表小组", "甲一", "组长", "县、镇", "甲1村选区、县选区", "男", None)
    ]
    assert book["代表"].max_row == 9


@pytest.mark.parametrize("page", ["board", "detail", "compare", "confirm", "workbook"])
def test_pages_cost_the_same_for_many(office, logged_in, queries_of, draft, page):
    browser = logged_in(office)
    place(office, draft, people={"甲新": 1, "新人": 2})
    few = queries_of(browser, address(page, draft))
    names = [f"甲{number}号" for number in range(30)]
    re_elect(draft.term, [], new=names)
    place(office, draft, people=dict.fromkeys(names, 2))

    assert queries_of(browser, address(page, draft)) == few


def test_confirming_costs_the_same_for_many(office, draft):
    place(office, draft, people={"甲新": 1, "新人": 2})
    with CaptureQueriesContext(connection) as few:
        confirm_all(office, draft)
    undo(by=office, division=draft)
    names = [f"甲{number}号" for number in range(30)]
    re_elect(draft.term, [], new=names)
    place(office, draft, people=dict.fromkeys(names, 2))

    with CaptureQueriesContext(connection) as many:
        confirm_all(office, draft)

    assert len(many) == len(few)
