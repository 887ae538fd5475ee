"""并案 and 转为代表建议: one handling, and yet an answer to each voter."""

import pytest
from django.core.exceptions import ValidationError

from tests import factory
from tests.factory import day
from voters.actions import correct_item, take_step
from voters.models import FeedbackItem

from .item_steps import values

pytestmark = pytest.mark.django_db

CLOCK = ("assigned_on", "due_on", "extended_to")
ANSWERED = {"replied_on": day("2020-08-20"), "outcome": "A", "reply": "已经修好。"}


@pytest.fixture
def step(office):
    """Return a function that takes a step of an item as the office, of the item as it now is."""

    def take(item, name, **changes):
        changes = {"note": "说明", **changes}
        item.refresh_from_db()
        return take_step(user=office, item=item, step=name, **changes)

    return take


@pytest.fixture
def main(reception_day):
    return factory.make_item(state="assigned")


@pytest.fixture
def follower(main, step):
    return step(factory.make_item(), "merge", follows=main)


def last_entry(item):
    return item.steps.values_list("kind", "from_state", "to_state", "note").last()


def test_a_follower_takes_over_the_handling_and_says_so(main, follower):
    assert values(follower, "state", "follows", "lead_unit", "responsible", *CLOCK) == (
        "merged",
        main.pk,
        main.lead_unit_id,
        "田家明",
        day("2020-08-17"),
        day("2020-09-28"),
        None,
    )
    assert last_entry(follower) == ("merge", "registered", "merged", "说明\n并入2020-J001")


def test_each_voter_is_answered_and_told_apart(main, follower, step):
    step(main, "reply", **ANSWERED)

    assert values(follower, "state", "reply", "outcome", "replied_on", "group_told_on") == (
        "replied",
        "已经修好。",
        "A",
        day("2020-08-20"),
        None,
    )
    assert last_entry(follower) == (
        "follow_reply",
        "merged",
        "replied",
        "2020-J001答复，办理期限2020-09-28",
    )
    step(main, "inform", group_told_on=day("2020-08-20"), voter_untold_reason="匿名反映")
    assert values(main, "state") == ("told",)
    assert values(follower, "state", "voter_told_on", "voter_untold_reason") == (
        "replied",
        None,
        "",
    )
    step(main, "close")
    step(
        follower,
        "inform",
        group_told_on=day("2020-08-20"),
        voter_told_on=day("2020-08-20"),
        told_by="phone",
    )
    step(
        follower,
        "reopen",
        process_satisfaction="满意",
        result_satisfaction="不满意",
        dissatisfaction="我家门口没有修",
        extended_to=day("2020-10-20"),
    )
    assert values(main, "state") == ("closed",)
    assert values(follower, "state") == ("reopened",)


def test_a_rejected_main_item_rejects_its_followers(main, follower, step):
    step(main, "reject", reply="已进入诉讼，请向法院反映。")

    assert values(follower, "state", "reply", "voter_told_on", *CLOCK) == (
        "rejected",
        "已进入诉讼，请向法院反映。",
        None,
        None,
        None,
        None,
    )
    assert last_entry(follower) == ("follow_reject", "merged", "rejected", "2020-J001不予受理")


def test_an_extension_holds_for_the_followers(main, follower, step):
    step(main, "extend", extended_to=day("2020-10-30"))

    assert values(follower, "state", *CLOCK) == (
        "merged",
        day("2020-08-17"),
        day("2020-09-28"),
        day("2020-10-30"),
    )
    assert last_entry(follower) == (
        "follow",
        "merged",
        "merged",
        "2020-J001延期，办理期限2020-10-30",
    )


def test_an_escalated_main_item_is_answered_from_above(main, follower, step):
    step(main, "escalate", escalated_to="县水务局", due_on=day("2020-11-30"))
    assert values(follower, "state", "route", "lead_unit", *CLOCK) == (
        "merged",
        "unit",
        None,
        day("2020-08-20"),
        day("2020-11-30"),
        None,
    )

    step(main, "reply", **ANSWERED)

    assert values(follower, "state", "route", "escalated_to") == ("replied", "above", "县水务局")


def test_what_was_escalated_by_mistake_comes_back(main, follower, step):
    step(main, "escalate", escalated_to="县水务局", due_on=day("2020-11-30"))
    step(main, "withdraw")

    assert values(main, "state", "route", "escalated_to", *CLOCK) == (
        "registered",
        "unit",
        "",
        None,
        None,
        None,
    )
    assert values(follower, "state", *CLOCK) == ("merged", None, None, None)


def test_an_answer_on_the_spot_answers_the_followers(reception_day, step):
    main = factory.make_item()
    follower = step(factory.make_item(), "merge", follows=main)

    step(main, "answer_on_spot", **ANSWERED)

    assert values(main, "state", "voter_told_on", "told_by") == (
        "on_spot",
        day("2020-08-20"),
        "in_person",
    )
    assert values(follower, "state", "route", "reply", "voter_told_on") == (
        "replied",
        "spot",
        "已经修好。",
        None,
    )


def test_no_clock_runs_for_the_followers_while_their_main_item_is_returned(main, follower, step):
    step(main, "send_back", return_kind="other")
    assert values(follower, *CLOCK) == (None, None, None)

    late = step(factory.make_item(), "merge", follows=main)
    assert values(late, "state", *CLOCK) == ("merged", None, None, None)

    step(main, "keep")
    kept = (day("2020-08-17"), day("2020-09-28"), None)
    assert [values(item, *CLOCK) for item in (main, follower, late)] == [kept] * 3


def test_a_main_item_returned_when_past_due_stays_overdue_with_its_followers(
    main, follower, step, set_today
):
    FeedbackItem.objects.update(due_on=day("2020-08-19"))
    step(main, "send_back", return_kind="other")

    overdue = FeedbackItem.objects.overdue(day("2020-08-20"))
    assert set(overdue) == {main, follower}
    assert values(follower, "due_on") == (day("2020-08-19"),)


def test_an_answer_dated_before_the_follower_was_raised_counts_from_that_day(main, step):
    group = main.visit.day.group
    later = factory.make_visit(factory.make_reception_day("2020-08-19", group))
    follower = step(factory.make_item(later), "merge", follows=main)
    assert values(follower, *CLOCK) == (day("2020-08-19"), day("2020-09-28"), None)

    step(main, "reply", **ANSWERED | {"replied_on": day("2020-08-18")})

    assert values(main, "replied_on") == (day("2020-08-18"),)
    assert values(follower, "state", "replied_on") == ("replied", day("2020-08-19"))


def test_an_answer_taken_back_is_taken_back_from_those_not_told(main, follower, step):
    told = step(factory.make_item(), "merge", follows=main)
    step(main, "reply", **ANSWERED)
    news = {"group_told_on": day("2020-08-20"), "voter_told_on": day("2020-08-20")}
    step(told, "inform", told_by="phone", **news)

    step(main, "retract")

    assert values(main, "state", "reply") == ("handling", "")
    assert values(follower, "state", "reply", "replied_on", *CLOCK) == (
        "merged",
        "",
        None,
        day("2020-08-17"),
        day("2020-09-28"),
        None,
    )
    assert values(told, "state", "reply") == ("told", "已经修好。")


def test_separated_again_it_waits_for_triage(main, follower, step):
    step(follower, "split")
    step(main, "reply", **ANSWERED)

    assert values(follower, "state", "follows", "lead_unit", *CLOCK) == (
        "registered",
        None,
        None,
        None,
        None,
        None,
    )


def test_chains_and_late_mergers_are_refused(main, follower, step):
    other = factory.make_item(state="handling")
    answered = factory.make_item(state="replied")

    def refusal(item, into):
        with pytest.raises(ValidationError) as refused:
            step(item, "merge", follows=into)
        return refused.value.message_dict["follows"]

    assert refusal(other, follower) == ["2020-J002现在是“并案”，不能再并入。"]
    assert refusal(other, answered) == ["2020-J004现在是“已答复”，不能再并入。"]
    assert refusal(main, other) == ["有其他意见建议并入这一条，请先撤销并案，或反过来并入。"]
    assert refusal(other, other) == ["不能并入自己，请选另一条意见建议。"]
    assert values(other, "state", "follows", "version") == ("handling", None, 1)


def test_a_corrected_deadline_is_the_followers_too(main, follower, office):
    main.refresh_from_db()
    main.due_on = day("2020-09-30")
    correct_item(user=office, item=main)

    assert values(follower, "state", "due_on") == ("merged", day("2020-09-30"))
    assert last_entry(follower) == (
        "follow",
        "merged",
        "merged",
        "2020-J001更正，办理期限2020-09-30",
    )


@pytest.fixture
def suggestion(main, follower, step):
    """The main item, with its follower, becomes a suggestion."""
    step(main, "suggest", proposers=[factory.make_mandate()])
    return FeedbackItem.objects.get(source="delegate")


def test_a_suggestion_takes_voters_item_and_followers_along(main, follower, suggestion):
    assert values(suggestion, "number", "state", "visit", "title") == (
        "2020-Y001",
        "registered",
        None,
        main.title,
    )
    assert suggestion.proposers.count() == 1
    cleared = (suggestion.pk, None, None, None, None)
    assert values(main, "state", "follows", "lead_unit", *CLOCK) == ("suggested", *cleared)
    assert values(follower, "state", "follows", "lead_unit", *CLOCK) == ("merged", *cleared)
    assert last_entry(follower) == (
        "follow",
        "merged",
        "merged",
        "2020-J001转为代表建议为2020-Y001",
    )


def test_a_suggestion_is_due_in_three_months_and_answers_the_voters(
    main, follower, suggestion, step
):
    step(suggestion, "assign", lead_unit=factory.make_unit())
    clock = (day("2020-08-20"), day("2020-11-20"), None)
    assert [values(item, *CLOCK) for item in (suggestion, main, follower)] == [clock] * 3

    step(suggestion, "reply", **ANSWERED)

    assert [values(item, "state", "reply") for item in (main, follower)] == [
        ("replied", "已经修好。"),
        ("replied", "已经修好。"),
    ]


def test_a_suggestion_is_not_turned_into_one_again_nor_merged_into_less(suggestion, step):
    with pytest.raises(ValidationError, match="不能办理“转为代表建议”"):
        step(suggestion, "suggest", proposers=[factory.make_mandate()])
    with pytest.raises(ValidationError, match="代表建议只能并入另一条代表建议"):
        step(suggestion, "merge", follows=factory.make_item(state="assigned"))
