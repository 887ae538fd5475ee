"""The plan of a year on paper: what the sheet says, and whose plans are on it."""

import io

import pdfplumber
import pytest
from django.urls import reverse

from groups import planning
from tests.factory import make_activity, make_group, make_plan_item, make_township

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def planned(set_today):
    set_today("2020-08-20")
    make_township()
    make_plan_item(
        title="视察民生工程", first_month=10, last_month=11, responsible="主席", note="先调研"
    )
    make_plan_item(make_group(1), title="视察道路", planned_count=2, participants="本组代表")
    make_activity("2020-07-15", make_group(1))


def tables(client, query=""):
    response = client.get(reverse("plan_pdf", args=[2020]) + query)
    assert response.headers["Content-Type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(response.content)) as pdf:
        (page,) = pdf.pages
        assert page.width > page.height
        text = page.extract_text().splitlines()
        (rows,) = page.extract_tables()
    return text[0], [["" if cell is None else cell for cell in row] for row in rows], text[-2]


HEAD = ["序号", "项目", "类型", "时间", "责任人", "参加对象", "计划数量", "完成情况", "备注"]
TOWNSHIP_ROW = [
    "1",
    "视察民生工程",
    "视察调研",
    "10-11月",
    "主席",
    "",
    "1",
    "0/1 未到时间",
    "先调研",
]
GROUP_ROW = [
    *("2", "视察道路", "视察调研", "7月", "组长", "本组代表", "2", "1/2 逾期未完成", ""),
]


def plain(rows):
    return [[cell.replace("\n", "") for cell in row] for row in rows]


def test_the_sheet_of_the_office_has_all_plans(office, logged_in):
    title, rows, foot = tables(logged_in(office))

    assert title == "XX镇人大2020年度工作计划"
    assert plain(rows) == [
        HEAD,
        ["全乡镇", *[""] * 8],
        TOWNSHIP_ROW,
        ["第一代表小组", *[""] * 8],
        GROUP_ROW,
    ]
    assert foot == "完成情况由记录算出，统计至2020年8月20日"


def test_a_leaders_sheet_has_the_own_plan(leader, secretary, logged_in):
    planning.issue(by=secretary, year=2020, groups=[make_group(1)])

    title, rows, foot = tables(logged_in(leader))

    assert title == "XX镇第一代表小组2020年度工作计划"
    assert plain(rows) == [HEAD, GROUP_ROW]
    assert foot == "2020年8月20日下发 完成情况由记录算出，统计至2020年8月20日"


def test_one_plan_is_printed_by_itself(office, logged_in):
    title, rows, _ = tables(logged_in(office), "?plan=township")

    assert (title, plain(rows)) == ("XX镇人大2020年度工作计划", [HEAD, TOWNSHIP_ROW])


def test_a_year_without_a_plan_has_no_sheet(office, leader, logged_in):
    browser = logged_in(office)

    assert browser.get(reverse("plan_pdf", args=[2031])).status_code == 404
    assert browser.get(reverse("plan_pdf", args=[2020]), {"plan": "77"}).status_code == 404
    assert (
        logged_in(leader).get(reverse("plan_pdf", args=[2020]), {"plan": "township"}).status_code
        == 404
    )
