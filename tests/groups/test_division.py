"""Dividing a term into groups: proposals, placing by two people, what stops a confirmation."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.editing import EditedMeanwhile
from groups.division import saving
from groups.division.board import Board
from groups.division.checks import errors_of, warnings_of
from groups.division.comparing import compare
from groups.models import Division
from tests import factory
from tests.factory import make_division, make_term
from tests.groups import divided
from tests.groups.divided import make_town, place, places, re_elect, seen_of

pytestmark = pytest.mark.django_db

OLD = ["甲一", "甲二", "甲三", "乙一", "乙二", "乙三"]


@pytest.fixture
def next_term(set_today, office):
    """Six of the eight are elected again, two are new."""
    set_today("2021-12-20")
    make_town()
    term = divided.next_term(office)
    re_elect(term, OLD, new=["甲新", "新人"])
    return term


def test_as_before_keeps_villages_and_persons(office, next_term):
    division = make_division(office, next_term, way="last")

    assert places(division) == (
        {"甲1村": 1, "甲2村": 1, "乙1村": 2, "乙2村": 2},
        {
            "甲一": "一组组长",
            "甲二": "一组副组长",
            "甲三": "一组",
            "乙一": "二组组长",
            "乙二": "二组副组长",
            "乙三": "二组",
            "甲新": "",
            "新人": "",
        },
    )
    assert Board(division).placing.staff == {1: "办事员"}
    assert division.proposal == (
        "照2021-12-19的2个小组：4个村、6名代表放在原来的组，其中4名仍任组长、副组长、联系员，"
        "新任的2名未编入，2名不再担任代表。"
    )


def test_by_area_follows_villages_and_constituencies(office, next_term):
    division = make_division(office, next_term, way="area", count=2)

    villages, people = places(division)

    assert villages == {"甲1村": 1, "甲2村": 1, "乙1村": 2, "乙2村": 2}
    assert {name[0]: place for name, place in people.items()} == {
        "甲": "一组",
        "乙": "二组",
        "新": "二组",
    }
    assert division.proposal == (
        "4个村按排列次序编入，相邻的在一组，7名代表随选区名称中的村，1名编入人数最少的组。"
    )


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_villages_are_cut_into_stretches(office, next_term, count):
    division = make_division(office, next_term, way="area", count=count)

    placed = list(places(division)[0].values())

    assert placed == sorted(placed)
    assert set(placed) == set(range(min(placed), min(placed) + min(count, 4)))


def test_empty_places_nothing(office, next_term):
    division = make_division(office, next_term, way="empty", count=3)

    assert set(places(division)[0].values()) == {None}
    assert set(places(division)[1].values()) == {""}
    assert division.proposal == "新设3个小组，村和代表都未编入。"


def test_the_rest_is_placed_and_what_is_placed_stays(office, next_term):
    division = make_division(office, next_term, way="last")
    place(office, division, villages={"乙2村": None}, people={"甲一": (2, "leader"), "乙一": 1})

    words = saving.place_the_rest(by=office, division=division)

    villages, people = places(division)
    assert villages["乙2村"] == 2
    assert (people["甲一"], people["乙一"], people["甲新"], people["新人"]) == (
        "二组组长",
        "一组",
        "一组",
        "二组",
    )
    assert words == (
        "1个村按排列次序编入，相邻的在一组，1名代表随选区名称中的村，1名编入人数最少的组。"
    )


def test_two_editors_are_merged_row_by_row(office, secretary, next_term):
    division = make_division(office, next_term, way="last")
    seen = seen_of(division)
    place(office, division, people={"新人": 1}, villages={"甲2村": 2})

    place(secretary, division, people={"甲新": 1}, seen=seen)

    villages, people = places(division)
    assert (villages["甲2村"], people["新人"], people["甲新"]) == (2, "一组", "一组")


def test_two_editors_who_contradict_each_other(office, secretary, next_term):
    division = make_division(office, next_term, way="last")
    seen = seen_of(division)
    place(office, division, people={"新人": 1})

    with pytest.raises(EditedMeanwhile):
        place(secretary, division, people={"新人": 2, "甲新": 1}, seen=seen)
    with pytest.raises(EditedMeanwhile):
        place(secretary, division, people={"新人": 2}, villages={"甲1村": 2}, seen=seen)

    assert places(division)[1]["甲新"] == ""


def test_two_editors_who_name_two_leaders(office, secretary, next_term):
    division = make_division(office, next_term, way="last")
    place(office, division, people={"甲一": 1})
    seen = seen_of(division)
    place(office, division, people={"甲一": (1, "leader")})

    with pytest.raises(EditedMeanwhile):
        place(secretary, division, people={"甲三": (1, "leader")}, seen=seen)


def test_a_post_is_given_once(office, next_term):
    division = make_division(office, next_term, way="last")

    with pytest.raises(ValidationError, match="一组组长选了不止一名"):
        place(office, division, people={"甲三": (1, "leader")})


def test_groups_are_added_and_removed(office, next_term):
    division = make_division(office, next_term, way="last")
    saving.add_group(by=office, division=division)
    saving.add_group(by=office, division=division)
    saving.remove_group(by=office, division=division, ordinal=3)

    assert Board(division).ordinals == [1, 2, 4]
    with pytest.raises(ValidationError, match="一组还有村"):
        saving.remove_group(by=office, division=division, ordinal=1)


def test_only_the_office_divides(chair, auditor, next_term, office):
    division = make_division(office, next_term)
    for user in (chair, auditor):
        with pytest.raises(PermissionDenied):
            make_division(user, next_term, start="2022-01-01")
        with pytest.raises(PermissionDenied):
            place(user, division, people={"新人": 1})
    assert Division.objects.count() == 1


ALL_PLACED = {"甲新": 1, "新人": 2}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, None),
        ({"people": {"甲三": 2, "甲新": 2}}, "第一代表小组只有2名在任代表，至少要有3名"),
        ({"people": {"新人": None}}, "还有1名在任代表没有编入小组：新人"),
        (
            {"people": {"甲三": (1, "liaison")}},
            "第一代表小组有两名联系员：工作人员办事员和代表甲三",
        ),
    ],
    ids=["none", "two", "unplaced", "liaisons"],
)
def test_what_stops_a_confirmation(office, next_term, changes, error):
    division = make_division(office, next_term, way="last")
    place(office, division, people=ALL_PLACED)
    if changes:
        place(office, division, **changes)

    errors = errors_of(Board(division))

    assert [each[: len(error)] for each in errors] == [error] if error else errors == []


def test_what_was_recorded_for_later_days_stops_it(office, next_term):
    division = make_division(office, next_term, way="last", start="2021-12-20")
    place(office, division, people=ALL_PLACED)
    late = factory.make_mandate(term=next_term, start="2021-12-25")
    factory.make_membership(factory.make_group(1), late, start="2021-12-25")
    factory.make_coverage(factory.make_group(1), start="2021-12-24")

    assert errors_of(Board(division)) == [
        "起始日期之后已经登记了1项小组成员的变动，最晚的自2021年12月25日起；"
        "请把起始日期改到这以后，或先删除这些登记。",
        "起始日期之后已经登记了1项覆盖村的变动，最晚的自2021年12月24日起；"
        "请把起始日期改到这以后，或先删除这些登记。",
    ]


def test_warnings(office, next_term):
    division = make_division(office, next_term, way="last", count=3)
    place(office, division, people=ALL_PLACED | {"甲一": 1, "乙三": 1, "甲新": 1})
    re_elect(next_term, [], new=["甲五", "甲六", "甲七"])
    place(office, division, people=dict.fromkeys(["甲五", "甲六", "甲七"], 1))
    factory.make_suspension(Board(division).people_in(2)[-1].mandates[0], "2021-12-20")
    place(office, division, villages={"乙1村": 1, "乙2村": None}, people={"新人": None})

    assert [notice.words for notice in warnings_of(Board(division))] == [
        "一组没有组长。",
        "各组人数相差较大：一组8名，二组2名，平均5.0名。",
        "二组没有覆盖的村。",
        "新人暂停执行代表职务，没有编入小组；恢复职务后请另行编组。",
    ]


def test_comparison_tells_every_change(office, next_term):
    division = make_division(office, next_term, way="last")
    place(
        office,
        division,
        villages={"甲2村": 2},
        people={"甲三": 2, "甲新": 1, "甲一": 1, "甲二": (1, "leader")},
        staff={1: "新办事员"},
    )

    comparison = compare(Board(division))

    assert [(c.name, c.kind, c.before, c.after) for c in comparison.villages] == [
        ("甲2村", "调整", "一组", "二组")
    ]
    assert [(c.name, c.kind, c.before, c.after) for c in comparison.people] == [
        ("甲一", "调整", "一组组长", "一组"),
        ("甲二", "调整", "一组副组长", "一组组长"),
        ("甲三", "调整", "一组", "二组"),
        ("甲新", "新编入", "", "一组"),
        ("新人", "未编入", "", ""),
        ("甲四", "不再担任代表", "一组", ""),
        ("乙四", "不再担任代表", "二组", ""),
        ("办事员、新办事员", "调整", "一组联系员（工作人员）", "一组联系员（工作人员）"),
    ]
    assert (comparison.villages_unchanged, comparison.people_unchanged) == (3, 3)


def test_groups_that_ended_some_time_before_are_compared_all_the_same(office, next_term):
    division = make_division(office, next_term, way="last", start="2022-03-01")

    assert places(division)[1]["乙一"] == "二组组长"
    assert Board(division).before.day == factory.day("2021-12-19")


def test_the_old_term_is_ended_first(office, set_today):
    set_today("2021-12-20")
    make_town()
    term = make_term(16, "2021-12-20")
    re_elect(term, OLD)

    errors = errors_of(Board(make_division(office, term, way="last")))

    assert errors == [
        "起始日期那天还有8项十五届镇代表资格没有终止"
        "（甲一、甲二、甲三、甲四、乙一、乙二、乙三、乙四）；"
        "请先在“设置 → 届次”填写十五届的任期届满（代表法第二条）。"
    ]
