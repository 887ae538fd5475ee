"""What a confirmed division makes of groups, members, villages and rooms, and taking it back."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import delegates.actions
import groups.actions
from congress.editing import EditedMeanwhile
from delegates.models import Delegate, Mandate
from groups.attendance import sheet
from groups.division import saving
from groups.division.board import Board
from groups.division.confirming import Confirmation, obstacles, undo
from groups.models import ActivityRoom, DelegateGroup, Membership
from reports.figures.groups import groups as groups_of_report
from reports.scope import Scope
from tests import factory
from tests.factory import make_division, make_term
from tests.groups.divided import (
    confirm_all,
    make_town,
    members_on,
    next_term,
    place,
    re_elect,
    rows,
    villages_on,
)

pytestmark = pytest.mark.django_db

OLD = ["甲一", "甲二", "甲三", "乙一", "乙二", "乙三"]


@pytest.fixture
def town(set_today):
    set_today("2021-12-20")
    make_town()


@pytest.fixture
def new_term(office, town):
    """A complete draft of the sixteenth term."""
    term = next_term(office)
    re_elect(term, OLD, new=["甲新", "新人"])
    division = make_division(office, term, way="last")
    place(office, division, people={"甲新": 1, "新人": 2}, villages={"甲2村": 2})
    return division


@pytest.fixture
def mid_year(office, town, set_today):
    """A draft that divides the fifteenth term anew from July: three groups, 甲三 moves."""
    set_today("2020-07-01")
    for number in (5, 6, 7):
        factory.make_membership(
            factory.make_group(1),
            factory.make_mandate(factory.make_delegate(f"甲{'五六七'[number - 5]}")),
        )
    division = make_division(office, make_term(), way="last", start="2020-07-01")
    from groups.division import saving

    saving.add_group(by=office, division=division)
    place(
        office,
        division,
        people={
            "甲五": (3, "leader"),
            "甲六": 3,
            "甲七": 3,
            "甲三": 2,
            "乙一": 2,
            "乙二": (2, "leader"),
        },
        villages={"甲2村": 3},
    )
    return division


OF_THE_NEW_TERM = [
    (16, 1, "办事员", "", "liaison"),
    (16, 1, "甲一", "county", "member"),
    (16, 1, "甲一", "town", "leader"),
    (16, 1, "甲三", "town", "member"),
    (16, 1, "甲二", "town", "vice_leader"),
    (16, 1, "甲新", "town", "member"),
    (16, 2, "乙一", "town", "leader"),
    (16, 2, "乙三", "town", "member"),
    (16, 2, "乙二", "town", "vice_leader"),
    (16, 2, "新人", "town", "member"),
]


def test_a_new_term(office, new_term):
    eve = members_on("2021-12-19"), villages_on("2021-12-19")

    confirmed = confirm_all(office, new_term)

    assert members_on("2021-12-20") == sorted(OF_THE_NEW_TERM)
    assert villages_on("2021-12-20") == {
        "甲1村": (16, 1),
        "甲2村": (16, 2),
        "乙1村": (16, 2),
        "乙2村": (16, 2),
    }
    assert (members_on("2021-12-19"), villages_on("2021-12-19")) == eve
    assert [(g.term.ordinal, g.ordinal) for g in groups_of_report(Scope.of_year(2021))] == [
        (16, 1),
        (16, 2),
    ]
    assert (confirmed.state, confirmed.confirmed_on) == ("已确认", factory.day("2021-12-20"))


def test_rooms_go_on_with_the_group_of_their_village(office, new_term):
    place(office, new_term, villages={"甲1村": 2, "甲2村": 1})

    confirm_all(office, new_term)

    assert set(
        ActivityRoom.objects.values_list("name", "group__term__ordinal", "group__ordinal", "end")
    ) == {
        ("1组活动室", 15, 1, factory.day("2021-12-20")),
        ("2组活动室", 15, 2, factory.day("2021-12-20")),
        ("1组活动室", 16, 2, None),
        ("2组活动室", 16, 2, None),
    }


def test_a_room_is_given_up_or_handed_to_another_group(office, new_term):
    first, second = ActivityRoom.objects.order_by("pk")

    confirm_all(office, new_term, rooms={first.pk: 2, second.pk: None})

    open_rooms = ActivityRoom.objects.filter(end__isnull=True)
    assert [(room.name, room.group.ordinal) for room in open_rooms] == [("1组活动室", 2)]


def test_a_new_room_that_was_looked_at_is_not_given_up(office, new_term):
    group = ActivityRoom.objects.order_by("pk").first().group
    room = factory.make_room(group, "新活动室", start=new_term.start)
    factory.make_room_check(room, "2021-12-20", sign=True)

    with pytest.raises(ValidationError) as refused:
        confirm_all(office, new_term, rooms={room.pk: None})
    assert refused.value.messages == [
        "“新活动室”自2021年12月20日启用，已有检查记录，请选一个小组接着使用，不能“不再使用”。"
    ]


def test_within_a_term_from_a_day_in_mid_year(office, mid_year):
    before = members_on("2020-06-30")
    activity = factory.make_activity("2020-06-30", factory.make_group(1))
    later = factory.make_activity("2020-07-01", factory.make_group(1))

    confirm_all(office, mid_year)

    assert members_on("2020-06-30") == before
    assert [line.mandate.delegate.name for line in sheet(activity)] == [
        *("甲一", "甲二", "甲三", "甲四", "甲五", "甲六", "甲七")
    ]
    assert [line.mandate.delegate.name for line in sheet(later)] == ["甲一", "甲二", "甲四"]
    assert [
        (ordinal, name, post)
        for _, ordinal, name, _, post in members_on("2020-07-01")
        if ordinal > 1
    ] == [
        (2, "乙一", "member"),
        (2, "乙三", "member"),
        (2, "乙二", "leader"),
        (2, "乙四", "member"),
        (2, "甲三", "member"),
        (3, "甲七", "member"),
        (3, "甲五", "leader"),
        (3, "甲六", "member"),
    ]
    assert villages_on("2020-07-01")["甲2村"] == (15, 3)
    assert [(g.ordinal, g.end) for g in DelegateGroup.objects.order_by("ordinal")] == [
        (1, None),
        (2, None),
        (3, None),
    ]


def test_who_stays_keeps_the_membership(office, mid_year):
    kept = Membership.objects.get(mandate__delegate__name="甲一", mandate__level="town")

    confirm_all(office, mid_year)

    kept.refresh_from_db()
    assert (kept.end, kept.version) == (None, 1)


@pytest.mark.parametrize("draft", ["new_term", "mid_year"])
def test_undoing_restores_everything(office, request, draft):
    division = request.getfixturevalue(draft)
    newcomer = factory.make_mandate(factory.make_delegate("新来"), term=division.term)
    factory.make_membership(factory.make_group(2), newcomer, start=division.start)
    before = rows()
    place(office, division, people={"新来": 1})
    confirm_all(office, division)
    assert rows() != before

    undone = undo(by=office, division=division)

    assert rows() == before
    assert (undone.is_draft, undone.done) == (True, {})


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("activity", ["活动1条"]),
        ("invited", ["活动的邀请1条"]),
        ("reception", ["接待选民日1条"]),
        ("transfer", ["小组成员新增1条", "小组成员有1条在确认后又有改动"]),
        ("coverage", ["覆盖村新增1条"]),
        ("room", ["活动室有1条在确认后又有改动"]),
        ("plan", ["年度计划1条"]),
    ],
)
def test_what_was_recorded_since_stands_in_the_way(office, new_term, what, told):
    confirm_all(office, new_term)
    group = DelegateGroup.objects.get(term__ordinal=16, ordinal=1)
    if what == "activity":
        factory.make_activity("2021-12-21", group)
    elif what == "invited":
        factory.make_activity("2021-12-21").invited_groups.add(group)
    elif what == "reception":
        factory.make_reception_day("2021-12-21", group, on_duty=[])
    elif what == "plan":
        factory.make_plan_item(group, 2022)
    elif what == "coverage":
        factory.make_coverage(group, start="2021-12-21")
    elif what == "room":
        room = ActivityRoom.objects.get(group=group)
        delegates.actions.amend(room, place="甲1村小学")
    else:
        groups.actions.transfer(
            by=office,
            delegate=Delegate.objects.get(name="新人"),
            group=group,
            on=factory.day("2021-12-21"),
        )

    assert obstacles(new_term.__class__.objects.get(pk=new_term.pk)) == told
    with pytest.raises(ValidationError, match="不能撤销"):
        undo(by=office, division=new_term)


def test_what_was_planned_before_is_told_and_does_not_prevent_undoing(office, mid_year):
    factory.make_activity("2020-08-01", factory.make_group(1))
    confirm_all(office, mid_year)

    assert obstacles(mid_year.__class__.objects.get(pk=mid_year.pk)) == []


def test_a_group_that_is_dissolved_within_the_term(office, town, set_today):
    set_today("2020-07-01")
    factory.make_reception_day("2020-07-15", factory.make_group(2), on_duty=[])
    factory.make_activity("2020-06-30", factory.make_group(2))
    division = make_division(office, make_term(), start="2020-07-01", way="area", count=1)

    told = [n.words for n in Confirmation(Board(division)).warnings if n.key == "records"]
    confirm_all(office, division)

    assert told == [
        "终止的小组在起始日期以后还有接待选民日1条，仍记在原小组名下；未办的请改到新的小组，或取消。"
    ]
    assert [(g.ordinal, g.end) for g in DelegateGroup.objects.order_by("ordinal")] == [
        (1, None),
        (2, factory.day("2020-07-01")),
    ]
    assert {row[1] for row in members_on("2020-07-01")} == {1}
    again = make_division(office, make_term(), start="2020-08-01", way="last")
    assert str(saving.add_group(by=office, division=again)) == "第三代表小组"


def test_a_village_in_no_group_needs_a_reason(office, new_term):
    place(office, new_term, villages={"乙2村": None})
    with pytest.raises(ValidationError, match="乙2村没有编入小组，请写明原因"):
        confirm_all(office, new_term)

    confirm_all(office, new_term, reason="乙2村正在合并。")

    assert "乙2村" not in villages_on("2021-12-20")


def test_warnings_are_ticked_first(office, new_term):
    place(office, new_term, people={"甲一": 1})
    with pytest.raises(ValidationError, match="请先勾选：一组没有组长"):
        confirm_all(office, new_term, ticked=set())
    assert DelegateGroup.objects.count() == 2


def test_what_changed_since_it_was_shown_is_shown_again(office, new_term):
    seen = Confirmation(Board(new_term)).fingerprint
    place(office, new_term, people={"新人": 1})

    with pytest.raises(EditedMeanwhile):
        confirm_all(office, new_term, seen=seen)


def test_a_confirmed_division_stays_as_it_is(office, new_term):
    confirm_all(office, new_term)

    with pytest.raises(ValidationError, match="已经确认"):
        place(office, new_term, people={"新人": 1})
    with pytest.raises(ValidationError, match="已经确认"):
        confirm_all(office, new_term)


def test_a_second_division_begins_later(office, new_term):
    confirm_all(office, new_term)
    again = make_division(office, new_term.term, way="last", start="2021-12-20")

    (error,) = [each for each in Confirmation(Board(again)).errors if "已有自" in each]

    assert error == "已有自2021年12月20日起的划分；起始日期须晚于它，或先撤销它的确认。"


def test_only_the_office_confirms(chair, office, new_term):
    with pytest.raises(PermissionDenied):
        confirm_all(chair, new_term)
    confirm_all(office, new_term)
    with pytest.raises(PermissionDenied):
        undo(by=chair, division=new_term)


def test_who_has_left_again_since_leaves_the_new_group_too(office, new_term):
    mandate = Mandate.objects.get(delegate__name="新人")
    groups.actions.end_mandate(
        by=office, mandate=mandate, on=factory.day("2022-02-01"), reason="resigned"
    )

    confirm_all(office, new_term)

    assert mandate.memberships.get().end == factory.day("2022-02-01")


@settings(
    max_examples=8,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_everybody_is_in_one_group_and_the_past_stays(office, town, data):
    """Any division of any day, complete by filling it: before the day nothing moves."""
    is_new = data.draw(st.booleans())
    day = data.draw(st.dates(datetime.date(2020, 1, 1), datetime.date(2021, 12, 20)))
    point = transaction.savepoint()
    try:
        term = make_term()
        if is_new:
            term = next_term(office, str(day))
            re_elect(term, OLD, new=["甲新", "新人"], start=str(day))
        division = make_division(
            office,
            term,
            start=str(day),
            way=data.draw(st.sampled_from(["last", "area", "empty"])),
            count=2,
        )
        saving.place_the_rest(by=office, division=division)
        board = Board(division)
        moved = {
            person.delegate.name: data.draw(st.sampled_from(board.ordinals))
            for person in board.people
            if data.draw(st.booleans())
        }
        place(office, division, people=moved)
        past = [members_on(str(day - datetime.timedelta(days=n))) for n in (1, 30, 900)]
        if Confirmation(Board(division)).errors:
            with pytest.raises(ValidationError):
                confirm_all(office, division)
            return

        confirm_all(office, division)

        for mandate in Mandate.objects.in_office_on(day):
            found = Membership.objects.holding_on(day).filter(mandate__delegate=mandate.delegate_id)
            assert found.filter(mandate=mandate).count() == 1
            assert found.values("group").distinct().count() == 1
        assert [members_on(str(day - datetime.timedelta(days=n))) for n in (1, 30, 900)] == past
    finally:
        transaction.savepoint_rollback(point)
