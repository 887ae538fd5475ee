"""A roster as it arrives: read, judged row by row, taken in as a whole or not at all."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.workbook_file import WorkbookError
from delegates.models import Constituency, Delegate, Mandate
from groups.models import Membership
from groups.roster.judging import Judge, term_in_force
from groups.roster.reading import read_roster
from groups.roster.saving import take_in
from tests import factory
from tests.groups.made_rosters import GOOD, HEADINGS, person, roster_file

pytestmark = pytest.mark.django_db
ROSTER = Path(__file__).parent / "dirty-roster.xlsx"
ACCEPTED = """
4  Z15-301 孟广才 1975-03 13900006001 1
5  Z15-302 卫红 1975-03 13900006002 1
6  Z15-303 谭志刚 1975-03 13900006003 1
7  Z15-304 任赟 1975-03 13900006004 1
8  Z15-305 曾繁荣 1975-03 13900006005 1
9  Z15-306 严冬梅 1975-03 13900006006 1
11 Z15-307 艾力·吐尔逊 1980-05 13900006007 1
12 Z15-308 柏长春 1966-11 13900006008 2
16 Z15-312 古\U0002cc56 1968-10 13900006012 2
19 Z15-314 屈大海 1969-04 13900006015 3
21 Z15-316 佟雅琴 1990-12 13900006016 3
22 Z15-317 巴图尔 1986-11 13900006017 3
23 X15-306 麦冬生 1971-08 - 3
25 Z15-320 宁志远 1983-10 13900006020 3
"""
REJECTED = [
    (10, "代表证号"),
    (13, "姓名"),
    (14, "性别"),
    (15, "身份证号"),
    (17, "出生年月"),
    (18, "代表证号"),
    (20, "姓名"),
    (24, "所属小组"),
    (26, "所属小组"),
]


@pytest.fixture(autouse=True)
def town(set_today):
    set_today("2020-08-20")
    factory.make_township()
    for ordinal in (1, 2, 3):
        factory.make_group(ordinal)


def judged(file, remembered=None):
    return Judge(term_in_force()).judge(read_roster(file, remembered or {}).rows)


def accepted(file):
    return [outcome.row.number for outcome in judged(file) if not outcome.is_refused]


def said(file):
    """(row, column, message) of all that is refused."""
    return [
        (outcome.row.number, *error) for outcome in judged(file) for error in outcome.row.errors
    ]


def taken_in(file, by):
    return take_in(by=by, term=term_in_force(), outcomes=judged(file))


def printed(*arguments):
    out = io.StringIO()
    call_command("import_roster", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_office_s_own_roster_row_by_row():
    told = json.loads(printed(ROSTER, "--dry-run", "--json"))

    rows = [
        f"{each['row']:<2} {each['card']} {each['name']} {each['birth']} {each['phone'] or '-'} "
        f"{each['group']}"
        for each in told["accepted"]
    ]
    assert rows == ACCEPTED.strip().splitlines()
    assert [(each["row"], each["column"]) for each in told["rejected"]] == REJECTED
    assert Delegate.objects.count() == 0


def test_the_accepted_rows_are_stored_whole(office):
    printed(ROSTER, "--as", office.username)

    leader = Mandate.objects.get(card_number="Z15-301")
    other = Mandate.objects.get(card_number="X15-306")
    uighur = Delegate.objects.get(name="艾力·吐尔逊")
    posts = Membership.objects.order_by("pk").values_list(
        "mandate__card_number", "group__ordinal", "post"
    )
    assert (Mandate.objects.count(), Delegate.objects.count()) == (14, 14)
    assert (leader.level, leader.constituency.name, str(leader.start), leader.how_elected) == (
        "town",
        "XX第一选区",
        "2016-12-18",
        "general",
    )
    assert (other.level, other.delegate.phone) == ("county", "")
    assert (uighur.ethnicity, uighur.education, uighur.party, uighur.occupation) == (
        "维吾尔族",
        "高中",
        "群众",
        "务农",
    )
    assert [post for post in posts if post[2] != "member"] == [
        ("Z15-301", 1, "leader"),
        ("Z15-302", 1, "vice_leader"),
        ("Z15-303", 1, "liaison"),
        ("Z15-308", 2, "leader"),
        ("Z15-314", 3, "leader"),
    ]


def test_a_second_import_adds_nothing(office):
    printed(ROSTER, "--as", office.username)
    before = [list(model.objects.values_list()) for model in (Delegate, Mandate, Membership)]

    again = judged(ROSTER.open("rb"))
    count = take_in(by=office, term=term_in_force(), outcomes=again)

    words = {outcome.word for outcome in again if not outcome.is_refused}
    after = [list(model.objects.values_list()) for model in (Delegate, Mandate, Membership)]
    assert (count, words) == (0, {"无变化"})
    assert after == before


def test_a_known_person_is_completed_never_emptied(office):
    taken_in(roster_file(GOOD), office)

    count = taken_in(
        roster_file({**GOOD, "民族": "回", "联系电话": None}),
        office,
    )

    stored = Delegate.objects.get()
    assert (count, stored.ethnicity, stored.phone) == (1, "回族", "13900006001")


DIRTY = {
    "two title rows": ({"above": [["XX镇代表花名册"], [], ["单位：镇人大"]]}, [GOOD], []),
    "heading written otherwise": (
        {
            "headings": (
                "证 号",
                "姓\u3000名",
                "性\n别",
                "出生\n日期",
                "民族",
                "手机（必填）",
                "身份证",
                "级别",
                "选举单位",
                "组别",
                "小组职务",
                "当选时间*",
            )
        },
        [GOOD],
        [],
    ),
    "remark below": ({"below": [["注：截至2020年8月"]]}, [GOOD], []),
    "totals": ({"below": [["合 计", "1人"]]}, [GOOD], []),
    "headings again on the next page": ({"below": [HEADINGS]}, [GOOD], []),
    "empty rows between": ({}, [GOOD, {}, person(2)], []),
    "empty name": ({}, [{**GOOD, "姓名": "  "}], [(2, "姓名", "必填，这里是空的。")]),
    "empty day": ({}, [{**GOOD, "当选日期": None}], [(2, "当选日期", "必填，这里是空的。")]),
    "empty level": ({}, [{**GOOD, "代表层级": None}], [(2, "代表层级", "必填，这里是空的。")]),
    "same card": ({}, [GOOD, person(2, 代表证号="Ｚ15－001")], [(3, "代表证号", None)]),
    "same person, two town cards": (
        {},
        [GOOD, {**GOOD, "代表证号": "Z15-002"}],
        [(3, "姓名", None)],
    ),
    "same person without telephone": (
        {},
        [GOOD, {**GOOD, "代表证号": "Z15-002", "联系电话": None}],
        [(3, "姓名", None)],
    ),
    "same name, other telephone": (
        {},
        [GOOD, {**GOOD, "代表证号": "Z15-002", "联系电话": "13900006002"}],
        [],
    ),
    "same name, other month": (
        {},
        [GOOD, {**GOOD, "代表证号": "Z15-002", "出生年月": "1980-01"}],
        [],
    ),
    "county and town mandate": (
        {},
        [GOOD, {**GOOD, "代表证号": "X15-001", "代表层级": "县", "选区": "县第1选区"}],
        [],
    ),
    "two mandates in two groups": (
        {},
        [GOOD, {**GOOD, "代表证号": "X15-001", "代表层级": "县", "所属小组": "二组"}],
        [(3, "所属小组", None)],
    ),
    "same identity number": (
        {},
        [
            {**GOOD, "身份证号": "999999197503010113"},
            person(2, 身份证号="999999197503010113"),
        ],
        [(3, "身份证号", None)],
    ),
    "identity number of another month": (
        {},
        [{**GOOD, "身份证号": "999999196611010810"}],
        [(2, "出生年月", "与身份证号不一致：身份证号写的是1966年11月，请核对。")],
    ),
    "identity number of the other sex": (
        {},
        [{**GOOD, "身份证号": "999999197503010228"}],
        [(2, "性别", "与身份证号不一致，请核对。")],
    ),
    "unknown group": ({}, [{**GOOD, "所属小组": "第四小组"}], [(2, "所属小组", None)]),
    "two leaders": (
        {},
        [{**GOOD, "组内职务": "组长"}, person(2, 组内职务="组长")],
        [(3, "组内职务", "与第2行重复：一个小组只有一名组长。")],
    ),
    "a leader for each group": (
        {},
        [{**GOOD, "组内职务": "组长"}, person(2, 组内职务="组长", 所属小组=2)],
        [],
    ),
    "too young": ({}, [{**GOOD, "出生年月": "2005-01"}], [(2, "出生年月", None)]),
    "elected tomorrow": ({}, [{**GOOD, "当选日期": "2020-08-21"}], [(2, "当选日期", None)]),
    "elected in mid-term": ({}, [{**GOOD, "当选日期": "2019-03-01"}], []),
}


@pytest.mark.parametrize(("layout", "rows", "refused"), DIRTY.values(), ids=DIRTY)
def test_dirty_rosters(layout, rows, refused):
    file = roster_file(*rows, **layout)

    found = said(file)
    expected = [(row, column) for row, column, _ in refused]
    assert [(row, column) for row, column, _ in found] == expected
    told = [message for _, _, message in found]
    assert all(message in (None, say) for (_, _, message), say in zip(refused, told, strict=True))
    file.seek(0)
    assert len(accepted(file)) == len([row for row in rows if row]) - len(refused)


def hide(sheet):
    sheet.column_dimensions["F"].hidden = True


def merge(sheet):
    sheet.merge_cells("J2:J3")


def formula(sheet):
    sheet["L2"] = "=DATE(2016,12,18)"


def error_value(sheet):
    sheet["B2"] = "#REF!"
    sheet["B2"].data_type = "e"


def hidden_row(sheet):
    sheet.row_dimensions[2].hidden = True


def test_a_hidden_column_is_not_taken_unseen():
    read = read_roster(roster_file(GOOD, adjust=hide), {})

    assert read.rows[0]["联系电话"] == ""
    assert [(each.shown, each.why) for each in read.columns if not each.meaning] == [
        ("联系电话", "隐藏的列，不导入；要导入请先取消隐藏")
    ]


def test_a_hidden_row_is_skipped_and_said():
    read = read_roster(roster_file(GOOD, person(2), adjust=hidden_row), {})

    assert [row.number for row in read.rows] == [3]
    assert read.skipped == [(2, "隐藏的行，不导入；要导入请先取消隐藏")]


def test_a_merged_cell_stands_for_its_rows_an_empty_one_for_nothing():
    file = roster_file(GOOD, person(2, 所属小组=None), person(3, 所属小组=None), adjust=merge)

    assert said(file) == [(4, "所属小组", "必填，这里是空的。")]


def test_a_formula_without_result_and_an_error_are_refused():
    assert said(roster_file(GOOD, adjust=formula))[0][:2] == (2, "当选日期")
    assert said(roster_file(GOOD, adjust=error_value))[0][:2] == (2, "姓名")


def test_columns_matched_by_hand_are_remembered():
    headings = ("牌号", *HEADINGS[1:])

    missing = read_roster(roster_file(GOOD, headings=headings), {}).missing
    matched = judged(roster_file(GOOD, headings=headings), {"牌号": "代表证号"})

    assert missing == ["代表证号"]
    assert [(outcome.is_refused, outcome.row["代表证号"]) for outcome in matched] == [
        (False, "Z15-001")
    ]


def test_a_file_without_headings_is_refused():
    with pytest.raises(WorkbookError, match="没有找到栏目名称"):
        read_roster(roster_file(GOOD, headings=("甲", "乙", "丙")), {})


def test_a_known_mandate_is_not_changed_behind_the_pages(office):
    leader = {**GOOD, "组内职务": "组长"}
    taken_in(roster_file(leader), office)

    def blamed(**values):
        return [column for _, column, _ in said(roster_file({**leader, **values}))]

    assert blamed() == []
    assert blamed(姓名="别人") == ["代表证号"]
    assert blamed(所属小组="二组") == ["所属小组"]
    assert blamed(选区="别的选区") == ["选区"]
    assert blamed(组内职务="组员") == ["组内职务"]
    assert blamed(**person(2, 组内职务="组长")) == ["组内职务"]


def test_a_second_mandate_goes_to_the_person_that_is_known(office):
    taken_in(roster_file(GOOD), office)
    county = {**GOOD, "代表证号": "X15-001", "代表层级": "县", "选区": "县第1选区"}

    taken_in(roster_file(county), office)

    refused = said(roster_file({**GOOD, "代表证号": "Z15-009"}))
    assert (Delegate.objects.count(), Mandate.objects.count()) == (1, 2)
    assert [(row, column) for row, column, _ in refused] == [(2, "姓名")]


def test_both_mandates_of_a_new_person_in_one_file(office):
    taken_in(
        roster_file(
            {**GOOD, "组内职务": "组长"},
            {**GOOD, "代表证号": "X15-001", "代表层级": "县", "选区": "县第1选区"},
        ),
        office,
    )

    assert Delegate.objects.get().mandates.count() == 2


def test_without_a_term_nothing_is_read(office):
    factory.make_term().groups.all().delete()
    factory.make_term().delete()

    with pytest.raises(CommandError, match="还没有登记届次"):
        printed(ROSTER, "--dry-run")


def test_only_who_keeps_the_records_may_import(leader):
    with pytest.raises(CommandError, match="--as"):
        printed(ROSTER, "--as", leader.username)


def test_judging_takes_as_many_queries_for_one_row_as_for_many():
    def queries(*rows):
        read = read_roster(roster_file(*rows), {})
        with CaptureQueriesContext(connection) as captured:
            Judge(term_in_force()).judge(read.rows)
        return len(captured)

    assert queries(GOOD) == queries(*(person(number) for number in range(1, 40)))


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12).filter(lambda text: text.isprintable() and not text.startswith("=")),
    st.integers(-10, 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(),
    st.sampled_from([*GOOD.values(), *HEADINGS, "合计"]),
)
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(HEADINGS, CELLS)), max_size=6)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, with_good=st.booleans())
def test_whatever_the_cells_say_rows_go_in_whole_or_not_at_all(office, rows, with_good):
    for model in (Membership, Mandate, Delegate, Constituency):
        model.objects.all().delete()
    file = roster_file(*rows, *([GOOD] if with_good else []))

    outcomes = judged(file)
    count = take_in(by=office, term=term_in_force(), outcomes=outcomes)

    cards = [outcome.row["代表证号"] for outcome in outcomes if not outcome.is_refused]
    assert count == len(cards) == Mandate.objects.count() == Membership.objects.count()
    assert sorted(cards) == sorted(Mandate.objects.values_list("card_number", flat=True))
