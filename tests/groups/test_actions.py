"""Who belongs to which group when, and in which post; which villages a group covers."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from congress.roles import Role
from delegates.models import Delegate, Mandate
from groups import actions
from groups.models import DelegateGroup, GroupVillage, Membership, Post
from tests.factory import (
    day,
    make_constituency,
    make_coverage,
    make_delegate,
    make_group,
    make_mandate,
    make_membership,
    make_staff_liaison,
    make_suspension,
    make_term,
    make_user,
    make_village,
)

pytestmark = pytest.mark.django_db


def course(**conditions):
    """(person, group, post, start, end) of memberships in the order of their days."""
    return [
        (
            membership.person_name,
            membership.group.ordinal,
            str(membership.get_post_display()),
            str(membership.start),
            str(membership.end or ""),
        )
        for membership in Membership.objects.filter(**conditions).order_by("start", "pk")
    ]


def refusal(call, **arguments):
    with pytest.raises(ValidationError) as refused:
        call(**arguments)
    return refused.value.messages


def election(**fields):
    return {
        "level": "town",
        "term": make_term(),
        "constituency": make_constituency(),
        "card_number": "Z15-050",
        "start": day("2020-04-01"),
        "how_elected": Mandate.HowElected.BY_ELECTION,
        **fields,
    }


def test_election_makes_person_mandate_and_membership(office):
    person = Delegate(name="张 某", sex="女", birth_month=day("1980-05-20"), phone="13800000000")

    mandate = actions.elect(
        by=office, delegate=person, group=make_group(1), post=Post.LEADER, **election()
    )

    assert (person.name, person.birth_month) == ("张某", day("1980-05-01"))
    assert list(person.mandates.all()) == [mandate]
    assert course() == [("张某", 1, "组长", "2020-04-01", "")]


def test_election_into_a_post_that_is_held_saves_nothing(office):
    make_membership(make_group(1), make_mandate(make_delegate("何某")), post=Post.LEADER)
    person = Delegate(name="张某", sex="女", birth_month=day("1980-05-01"))

    assert refusal(
        actions.elect,
        by=office,
        delegate=person,
        group=make_group(1),
        post=Post.LEADER,
        **election(),
    ) == ["第一代表小组的组长现由何某担任，请先改任。"]
    assert list(Delegate.objects.values_list("name", flat=True)) == ["何某"]


def test_end_of_a_mandate_closes_the_membership_that_day(office):
    mandate = make_mandate(make_delegate("张某"))
    make_membership(make_group(1), mandate)

    actions.end_mandate(by=office, mandate=mandate, on=day("2020-06-01"), reason="resigned")

    assert course() == [("张某", 1, "组员", "2017-01-05", "2020-06-01")]
    assert Mandate.objects.get().end == day("2020-06-01")


def test_transfer_closes_one_membership_and_opens_the_next(office):
    mandate = make_mandate(make_delegate("张某"))
    make_membership(make_group(1), mandate, post=Post.VICE_LEADER)

    actions.transfer(
        by=office, delegate=mandate.delegate, group=make_group(2), on=day("2020-05-01")
    )

    assert course() == [
        ("张某", 1, "副组长", "2017-01-05", "2020-05-01"),
        ("张某", 2, "组员", "2020-05-01", ""),
    ]
    mandate.refresh_from_db()
    assert mandate.end is None


def test_transfer_takes_both_mandates_of_a_person_along(office):
    person = make_delegate("张某")
    for level in ("county", "town"):
        make_membership(make_group(1), make_mandate(person, level=level))

    actions.transfer(by=office, delegate=person, group=make_group(2), on=day("2020-05-01"))

    assert [(group, end) for _, group, _, _, end in course()] == [
        (1, "2020-05-01"),
        (1, "2020-05-01"),
        (2, ""),
        (2, ""),
    ]


def test_delegate_without_a_group_is_put_into_one(office):
    mandate = make_mandate(make_delegate("张某"))
    ended = make_mandate(make_delegate("王某"), end="2020-01-01")

    actions.transfer(
        by=office, delegate=mandate.delegate, group=make_group(2), on=day("2020-05-01")
    )

    assert course() == [("张某", 2, "组员", "2020-05-01", "")]
    assert refusal(
        actions.transfer,
        by=office,
        delegate=ended.delegate,
        group=make_group(2),
        on=day("2020-05-01"),
    ) == ["这位代表没有在任的代表资格。"]


def test_transfer_done_twice_is_told_and_changes_nothing(office):
    mandate = make_mandate(make_delegate("张某"))
    make_membership(make_group(1), mandate)
    arguments = {"by": office, "delegate": mandate.delegate, "group": make_group(2)}
    actions.transfer(**arguments, on=day("2020-05-01"))
    before = course()

    assert refusal(actions.transfer, **arguments, on=day("2020-05-01")) == [
        "这位代表已在第二代表小组。"
    ]
    assert course() == before


def test_transfer_is_refused_before_joining_and_into_a_group_not_yet_founded(office):
    mandate = make_mandate(make_delegate("张某"))
    make_membership(make_group(1), mandate, start="2020-02-01")
    late = make_group(4, start=day("2020-07-01"))
    arguments = {"by": office, "delegate": mandate.delegate}

    assert refusal(actions.transfer, **arguments, group=make_group(2), on=day("2020-01-31")) == [
        "日期不能早于加入现小组或任现职的日期（2020-02-01）。"
    ]
    assert refusal(actions.transfer, **arguments, group=late, on=day("2020-06-30")) == [
        "第四代表小组在这一天尚未成立或者已经撤销。"
    ]
    assert course() == [("张某", 1, "组员", "2020-02-01", "")]


def test_transfer_on_the_day_of_joining_leaves_no_empty_stretch(office):
    mandate = make_mandate(make_delegate("张某"))
    make_membership(make_group(1), mandate, start="2020-02-01")

    actions.transfer(
        by=office, delegate=mandate.delegate, group=make_group(2), on=day("2020-02-01")
    )

    assert course() == [("张某", 2, "组员", "2020-02-01", "")]


def test_new_leader_makes_the_old_one_a_member(office):
    make_membership(make_group(1), make_mandate(make_delegate("旧组长")), post=Post.LEADER)
    new = make_membership(make_group(1), make_mandate(make_delegate("新组长")))

    actions.appoint(by=office, membership=new, post=Post.LEADER, on=day("2020-03-01"))

    assert course(end=None) == [
        ("旧组长", 1, "组员", "2020-03-01", ""),
        ("新组长", 1, "组长", "2020-03-01", ""),
    ]
    assert course(end__isnull=False) == [
        ("旧组长", 1, "组长", "2017-01-05", "2020-03-01"),
        ("新组长", 1, "组员", "2017-01-05", "2020-03-01"),
    ]


def test_delegate_takes_over_from_a_staff_liaison_and_back(office):
    account = make_user("staff", Role.LEADER)
    make_staff_liaison(make_group(1), "干事甲")
    member = make_membership(make_group(1), make_mandate(make_delegate("张某")))

    actions.appoint(by=office, membership=member, post=Post.LIAISON, on=day("2020-03-01"))
    actions.name_liaison(
        by=office, group=make_group(1), name=" 干事乙 ", account=account, on=day("2020-06-01")
    )

    assert course() == [
        ("干事甲", 1, "联系员", "2017-01-05", "2020-03-01"),
        ("张某", 1, "组员", "2017-01-05", "2020-03-01"),
        ("张某", 1, "联系员", "2020-03-01", "2020-06-01"),
        ("张某", 1, "组员", "2020-06-01", ""),
        ("干事乙", 1, "联系员", "2020-06-01", ""),
    ]
    assert list(DelegateGroup.objects.led_by(account, day("2020-06-01"))) == [make_group(1)]
    assert list(DelegateGroup.objects.led_by(account, day("2020-05-31"))) == []


def test_village_changes_over_from_one_group_to_the_other(office):
    upper, lower, hill = (make_village(name) for name in ("上河", "下河", "山村"))
    make_coverage(make_group(1), upper)
    make_coverage(make_group(1), lower)
    make_coverage(make_group(2), hill)

    actions.cover(by=office, group=make_group(2), villages=[lower, hill], on=day("2020-05-01"))

    assert list(
        GroupVillage.objects.order_by("village", "start").values_list(
            "village__name", "group__ordinal", "start", "end"
        )
    ) == [
        ("上河", 1, day("2016-12-20"), None),
        ("下河", 1, day("2016-12-20"), day("2020-05-01")),
        ("下河", 2, day("2020-05-01"), None),
        ("山村", 2, day("2016-12-20"), None),
    ]


@pytest.mark.parametrize("role", ["chair", "leader", "delegate"])
def test_only_the_keepers_of_the_records_change_membership(cast, role):
    before = course()
    membership = Membership.objects.first()
    denied = [
        (actions.transfer, {"delegate": membership.mandate.delegate, "group": make_group(2)}),
        (actions.appoint, {"membership": membership, "post": Post.VICE_LEADER}),
        (actions.name_liaison, {"group": make_group(1), "name": "干事"}),
        (actions.cover, {"group": make_group(1), "villages": []}),
    ]

    for action, arguments in denied:
        with pytest.raises(PermissionDenied):
            action(by=cast[role], on=day("2020-05-01"), **arguments)

    assert course() == before


def test_wrongly_ended_mandate_goes_on_with_its_group_and_post(office, set_today):
    set_today("2020-08-20")
    mandate = make_mandate(make_delegate("张某"), note="无党派")
    make_membership(make_group(1), mandate, end="2019-01-01")
    make_membership(make_group(1), mandate, Post.LEADER, "2019-01-01")
    make_suspension(mandate, "2020-05-01")
    actions.end_mandate(by=office, mandate=mandate, on=day("2020-06-01"), reason="resigned")

    actions.undo_end(by=office, mandate=mandate, because="误登")

    mandate.refresh_from_db()
    assert (mandate.end, mandate.end_reason, mandate.note) == (
        None,
        "",
        "无党派\n2020-08-20撤销2020-06-01的终止（辞职被接受）：误登",
    )
    assert course() == [
        ("张某", 1, "组员", "2017-01-05", "2019-01-01"),
        ("张某", 1, "组长", "2019-01-01", ""),
    ]
    assert [each.end for each in mandate.suspensions.all()] == [None]
    assert refusal(actions.undo_end, by=office, mandate=mandate, because="误登") == [
        "这项代表资格没有终止，不用撤销。"
    ]


def test_undo_of_an_end_gives_no_post_or_seat_that_was_taken_meanwhile(office):
    seat = make_constituency("一选区", seats=1)
    mandate = make_mandate(make_delegate("张某"), constituency=seat)
    make_membership(make_group(1), mandate, Post.LEADER)
    actions.end_mandate(by=office, mandate=mandate, on=day("2020-06-01"), reason="resigned")
    following = make_mandate(make_delegate("李某"), start="2020-07-01", constituency=seat)
    make_membership(make_group(1), following, Post.LEADER, "2020-07-01")

    refused = refusal(actions.undo_end, by=office, mandate=mandate, because="误登")
    seat.seats = 2
    seat.save()
    actions.undo_end(by=office, mandate=mandate, because="误登")

    assert refused == [f"一选区应选代表1名，已由{following}担任；补选登记有误的，请先改正。"]
    assert course() == [
        ("张某", 1, "组长", "2017-01-05", "2020-06-01"),
        ("张某", 1, "组员", "2020-06-01", ""),
        ("李某", 1, "组长", "2020-07-01", ""),
    ]


def test_corrected_days_of_a_mandate_take_along_what_began_and_ended_with_it(office):
    mandate = make_mandate(make_delegate("张某"), end="2020-06-01")
    make_membership(make_group(1), mandate, end="2018-01-01")
    make_membership(make_group(2), mandate, start="2018-01-01", end="2020-06-01")
    days = {"began": mandate.start, "ended": mandate.end}

    mandate.start, mandate.end = day("2017-02-01"), day("2020-05-01")
    actions.correct_mandate(by=office, mandate=mandate, **days)
    days = {"began": mandate.start, "ended": mandate.end}
    mandate.start = day("2018-02-01")

    assert course() == [
        ("张某", 1, "组员", "2017-02-01", "2018-01-01"),
        ("张某", 2, "组员", "2018-01-01", "2020-05-01"),
    ]
    assert refusal(actions.correct_mandate, by=office, mandate=mandate, **days) == [
        "终止日期须晚于起始日期；请改正其中一个日期。"
    ]
