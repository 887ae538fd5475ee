"""Spans that exclude each other: also those that have ended, with a sentence naming the other."""

import pytest
from django.core.exceptions import ValidationError

from delegates.models import Mandate, Suspension
from groups import actions
from groups.models import ActivityRoom, GroupVillage, Membership, Post
from tests.factory import (
    day,
    make_coverage,
    make_delegate,
    make_group,
    make_mandate,
    make_membership,
    make_room,
    make_suspension,
    make_village,
)

pytestmark = pytest.mark.django_db


def membership():
    mandate = make_mandate(make_delegate("张某"))
    make_membership(make_group(1), mandate, start="2018-01-01", end="2019-01-01")
    return Membership(mandate=mandate, group=make_group(2)), "第一代表小组组员张某"


def post():
    held = make_mandate(make_delegate("李某"))
    make_membership(make_group(1), held, Post.LEADER, "2018-01-01", "2019-01-01")
    other = make_mandate(make_delegate("王某"))
    return (
        Membership(mandate=other, group=make_group(1), post=Post.LEADER),
        "第一代表小组组长李某",
    )


def village():
    covered = make_coverage(make_group(1), make_village("上河"), "2018-01-01", "2019-01-01")
    return GroupVillage(group=make_group(2), village=covered.village), "第一代表小组的上河"


def mandate():
    held = make_mandate(make_delegate("张某"), start="2018-01-01", end="2019-01-01")
    again = Mandate(
        delegate=held.delegate,
        level=held.level,
        term=held.term,
        constituency=held.constituency,
        card_number="Z15-900",
        end_reason="resigned",
    )
    return again, str(held)


def suspension():
    suspended = make_suspension(make_mandate(make_delegate("张某")), "2018-01-01", "2019-01-01")
    return Suspension(mandate=suspended.mandate, reason="被羁押"), str(suspended)


def room():
    make_room(make_group(1), "一组活动室", "2018-01-01", end=day("2019-01-01"))
    return ActivityRoom(group=make_group(1), name="一组活动室", place="村部"), "一组活动室"


@pytest.mark.parametrize("make", [membership, post, village, mandate, suspension, room])
def test_spans_that_have_ended_exclude_each_other_too(make):
    record, named = make()

    found = {}
    for start, end in (
        ("2017-02-01", "2018-01-01"),
        ("2017-02-01", "2018-01-02"),
        ("2018-06-01", "2018-07-01"),
        ("2018-12-31", "2019-06-01"),
        ("2019-01-01", "2019-06-01"),
    ):
        record.start, record.end = day(start), day(end)
        try:
            record.full_clean()
            found[start, end] = ""
        except ValidationError as refused:
            found[start, end] = " ".join(refused.messages).partition("日期重叠的是")[2]

    overlap = f"{named}（2018-01-01至2019-01-01）。"
    assert list(found.values()) == ["", overlap, overlap, overlap, ""]


def test_what_a_ledger_left_overlapping_can_be_changed_but_not_made_anew():
    """A row of a ledger names a former leader's post; the new leader's tells no day."""
    former = make_mandate(make_delegate("前组长"), end="2020-02-01")
    make_membership(make_group(1), former, Post.LEADER, end="2020-02-01")
    leader = make_membership(make_group(1), make_mandate(make_delegate("组长")), Post.LEADER)
    leader.note = "连任"
    leader.full_clean()
    leader.save()
    leader.pk = None

    with pytest.raises(ValidationError):
        leader.full_clean()


def test_membership_lies_within_mandate_and_group():
    mandate = make_mandate(make_delegate("张某"), start="2018-01-01", end="2020-01-01")
    group = make_group(1, start=day("2018-06-01"), end=day("2019-06-01"))

    def refusal(start, end):
        try:
            Membership(mandate=mandate, group=group, start=day(start), end=day(end)).full_clean()
        except ValidationError as refused:
            return refused.message_dict
        return None

    assert [
        refusal(*span)
        for span in (
            ("2017-12-31", "2019-01-01"),
            ("2018-02-01", "2019-01-01"),
            ("2018-06-01", "2019-06-02"),
            ("2018-06-01", "2020-01-02"),
            ("2018-06-01", "2019-06-01"),
        )
    ] == [
        {"start": ["加入小组不能早于当选日期。"]},
        {"start": ["加入小组不能早于第一代表小组成立的日期（2018-06-01）。"]},
        {"end": ["第一代表小组已于2019-06-01撤销，成员身份不能晚于这一天。"]},
        {"end": ["代表资格已于2020-01-01终止，小组成员身份不能晚于这一天。"]},
        None,
    ]


def test_post_held_until_later_is_not_given_before(office):
    held = make_mandate(make_delegate("李某"))
    make_membership(make_group(1), held, Post.LEADER, end="2020-05-01")

    with pytest.raises(ValidationError) as refused:
        actions.check_place(group=make_group(1), post=Post.LEADER, on=day("2020-04-30"))

    assert refused.value.messages == ["第一代表小组的组长现由李某担任，请先改任。"]
    actions.check_place(group=make_group(1), post=Post.LEADER, on=day("2020-05-01"))
