"""The sign-in sheet of an activity as PDF."""

import io

import pdfplumber
import pytest
from django.urls import reverse

from tests.factory import (
    make_activity,
    make_delegate,
    make_group,
    make_leave_request,
    make_mandate,
    make_membership,
    make_township,
)

pytestmark = pytest.mark.django_db
LONG = "阿卜杜拉·买买提" * 6 + "𬱖㛃"


@pytest.fixture(autouse=True)
def township(set_today):
    set_today("2020-08-20")
    return make_township()


def member(name, group=1, post="member"):
    mandate = make_mandate(make_delegate(name))
    make_membership(make_group(group), mandate, post)
    return mandate


def pages(client, activity):
    """(all tables of the page, its text) of each page; cells in one line."""
    response = client.get(reverse("activity_sheet", args=[activity.pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(response.content)) as pdf:
        return [
            (
                [
                    [[(cell or "").replace("\n", "") for cell in row] for row in table]
                    for table in page.extract_tables()
                ],
                page.extract_text(),
            )
            for page in pdf.pages
        ]


def test_the_sheet_says_what_where_when_and_who(office, logged_in):
    absent = member("乙", group=2)
    member("甲", post="leader")
    activity = make_activity(
        "2020-08-25",
        title="环境视察",
        place="镇政府会议室",
        starts_at="09:00",
        host="主席",
        observers="农业站负责人、村建中心负责人",
    )
    make_leave_request(
        activity,
        absent,
        office,
        "health",
        state="approved",
        approved_by="人大主席",
        decided_by=office,
        decided_at="2020-08-20T09:00+08:00",
    )

    ((tables, text),) = pages(logged_in(office), activity)

    assert text.splitlines()[0] == "环境视察签到表"
    about, people, observers = tables
    assert about == [
        ["日期", "2020年8月25日（周二）", "时间", "09:00"],
        ["地点", "镇政府会议室", "主持人", "主席"],
        ["组织者", "XX镇人大", "人数", "应到2人，实到 人"],
    ]
    assert people == [
        ["序号", "姓名", "小组、职务", "签名", "备注"],
        ["1", "甲", "第一代表小组组长", "", ""],
        ["2", "乙", "第二代表小组", "", "已请假"],
    ]
    assert observers == [
        ["序号", "列席人员", "单位、职务", "签名", "备注"],
        ["1", "农业站负责人", "", "", ""],
        ["2", "村建中心负责人", "", "", ""],
        *[["", "", "", "", ""]] * 3,
    ]


def test_sixty_people_long_and_rare_names_go_over_pages_with_headings(leader, logged_in):
    for number in range(59):
        member(LONG if number % 20 == 0 else f"代表{number:02d}")
    activity = make_activity("2020-08-25", make_group(1), title="学" * 200)

    found = pages(logged_in(leader), activity)

    assert len(found) > 3
    rows = [row for tables, _ in found for table in tables for row in table]
    numbered = [row[:2] for row in rows if len(row) == 5 and row[0].isdecimal()]
    assert [number for number, _ in numbered] == [str(number) for number in range(1, 61)]
    assert [name for _, name in numbered].count(LONG) == 3
    for number, (tables, text) in enumerate(found, 1):
        assert f"— {number} —" in text
        assert ["序号", "姓名", "小组、职务", "签名", "备注"] in [table[0] for table in tables]


def test_nobody_expected_is_a_sheet_to_write_on(office, logged_in):
    ((tables, _),) = pages(logged_in(office), make_activity("2020-08-25", place="镇政府"))

    assert [len(table) for table in tables] == [3, 1, 4]
