"""What an item's way may turn to: returned and kept, extended, answered twice, taken back."""

import pytest
from django.core.exceptions import ValidationError

from tests import factory
from tests.factory import day
from voters.actions import take_step
from voters.models import FeedbackItem

from .item_steps import values

pytestmark = pytest.mark.django_db

ANSWER = {"replied_on": day("2020-08-20"), "outcome": "A", "reply": "重新铺了。"}
UNHAPPY = {"process_satisfaction": "满意", "result_satisfaction": "不满意"}
TOLD = {
    "group_told_on": day("2020-08-20"),
    "voter_told_on": day("2020-08-20"),
    "told_by": "phone",
}


@pytest.fixture
def step(office):
    """Return a function that takes a step of an item as the office, of the item as it now is."""

    def take(item, name, **changes):
        item.refresh_from_db()
        return take_step(user=office, item=item, step=name, **{"note": "说明", **changes})

    return take


@pytest.fixture
def refused(step):
    """Return a function that gives what is said instead of taking the step, by field."""

    def refusal(item, name, **changes):
        with pytest.raises(ValidationError) as error:
            step(item, name, **changes)
        return (
            error.value.message_dict
            if hasattr(error.value, "error_dict")
            else {"": error.value.messages}
        )

    return refusal


def make_suggestion(step, **fields):
    suggestion = FeedbackItem.objects.create(
        number="2020-J900",
        source="delegate",
        topic=factory.make_topic(),
        title="修路",
        summary="修",
    )
    return step(suggestion, "assign", lead_unit=factory.make_unit(), **fields)


def test_it_is_returned_within_the_limit_only(step, refused, set_today):
    in_time, late = (factory.make_item(state="assigned") for _ in range(2))

    set_today("2020-08-24")  # the fifth working day after Monday the 17th
    assert values(step(in_time, "send_back", return_kind="other"), "state") == ("returned",)
    set_today("2020-08-25")
    assert refused(late, "send_back", return_kind="other") == {
        "": ["已过退回期限（交办后5个工作日，截至2020-08-24），请与人大办公室联系。"]
    }


def test_a_return_that_is_not_allowed_moves_the_deadline(step, set_today):
    item = factory.make_item(state="signed")
    set_today("2020-08-18")
    step(item, "send_back", return_kind="other")
    set_today("2020-08-20")
    step(item, "keep")

    # Two working days, the 19th and 20th: from Monday 28 to Wednesday 30 September.
    assert values(item, "state", "due_on", "signed_on", "returned_on", "return_kind") == (
        "assigned",
        day("2020-09-30"),
        None,
        None,
        "",
    )
    assert item.steps.last().note == "说明\n办理期限顺延至2020-09-30"


def test_who_was_late_already_gains_only_the_time_of_the_return(step, set_today):
    item = factory.make_item(state="assigned", due_on=day("2020-08-18"))
    set_today("2020-08-19")
    step(item, "send_back", return_kind="other")
    assert list(FeedbackItem.objects.overdue(day("2020-08-20"))) == [item]

    set_today("2020-08-20")
    step(item, "keep")

    assert values(item, "due_on") == (day("2020-08-19"),)
    assert list(FeedbackItem.objects.overdue(day("2020-08-20"))) == [item]


def test_a_return_names_the_right_unit(step, refused):
    item = factory.make_item(state="assigned")
    said = {"right_unit": ["不属于本单位职责的，须写明应由哪个单位办理。"]}
    assert refused(item, "send_back", return_kind="not_ours") == said
    assert refused(item, "send_back", return_kind="not_ours", right_unit=item.lead_unit) == {
        "right_unit": ["应由哪个单位办理，不能填退回的单位自己。"]
    }

    other = factory.make_unit("镇水利站")
    step(item, "send_back", return_kind="not_ours", right_unit=other)

    assert item.steps.last().note == "说明\n应由镇水利站办理"


def test_it_is_extended_once_then_no_more(step, refused):
    item = factory.make_item(state="handling")
    assert refused(item, "extend", extended_to=day("2020-09-28")) == {
        "extended_to": ["须晚于现在的期限2020-09-28。"]
    }
    step(item, "extend", extended_to=day("2020-10-30"))

    assert values(item, "extended_to", "extended_times") == (day("2020-10-30"), 1)
    assert refused(item, "extend", extended_to=day("2020-11-30")) == {
        "": ["已延期1次，按规定最多延期1次，不能再延期。"]
    }
    step(item, "reassign", lead_unit=factory.make_unit("镇水利站"), due_on=day("2020-10-12"))
    assert values(item, "extended_to", "extended_times") == (None, 0)


def test_what_is_overdue_is_not_extended_into_the_past(refused):
    item = factory.make_item(state="handling", due_on=day("2020-08-18"))

    assert refused(item, "extend", extended_to=day("2020-08-19")) == {
        "extended_to": ["不能早于今天。"]
    }


def test_a_suggestion_is_answered_within_six_months_at_the_latest(step, refused):
    suggestion = make_suggestion(step)
    assert values(suggestion, "due_on") == (day("2020-11-20"),)

    # 20 February 2021 is a Saturday, but worked.
    assert refused(suggestion, "extend", extended_to=day("2021-02-21")) == {
        "extended_to": ["代表建议最迟须在交办后6个月内答复，不能晚于2021-02-20。"]
    }
    step(suggestion, "extend", extended_to=day("2021-02-20"))

    assert values(suggestion, "extended_to") == (day("2021-02-20"),)


def test_a_longer_term_for_a_suggestion_must_be_wide_and_reasoned(step):
    with pytest.raises(ValidationError, match="须在交办后3个月内答复，不能晚于2020-11-20"):
        make_suggestion(step, due_on=day("2020-11-21"))
    FeedbackItem.objects.filter(number="2020-J900").delete()
    with pytest.raises(ValidationError, match="请说明涉及面广、处理难度大的理由"):
        make_suggestion(step, is_wide=True, note="")
    FeedbackItem.objects.filter(number="2020-J900").delete()

    wide = make_suggestion(step, is_wide=True, note="涉及三个村")

    assert values(wide, "due_on") == (day("2021-02-20"),)


def test_twice_dissatisfied_keeps_both_answers(step, refused):
    item = factory.make_item(state="told")
    step(item, "reopen", extended_to=day("2020-10-20"), dissatisfaction="又坏了", **UNHAPPY)
    early = ANSWER | {"replied_on": day("2020-08-18")}
    assert refused(item, "reply", **early) == {
        "replied_on": ["再次答复的日期不能早于选民得知原答复的日期2020-08-19。"]
    }
    step(item, "reply", **ANSWER)
    step(item, "inform", **TOLD)
    step(item, "reopen", extended_to=day("2020-10-30"), dissatisfaction="还是坏的", **UNHAPPY)
    step(item, "reply", **ANSWER | {"reply": "换了水泥路面。"})

    kept = ("reply", "voter_told_on", "result_satisfaction", "dissatisfaction")
    assert list(item.earlier_answers.order_by("pk").values_list(*kept)) == [
        ("已经修好。", day("2020-08-19"), "不满意", "又坏了"),
        ("重新铺了。", day("2020-08-20"), "不满意", "还是坏的"),
    ]
    assert values(item, "state", "reply", "voter_told_on", "dissatisfaction") == (
        "replied",
        "换了水泥路面。",
        None,
        "",
    )


def test_who_was_not_told_is_not_dissatisfied(refused):
    item = factory.make_item(state="replied")
    given = {"extended_to": day("2020-10-20"), "dissatisfaction": "又坏了", **UNHAPPY}

    assert refused(item, "reopen", **given) == {"": ["还没有告知选民的，请先办理“告知”。"]}


def test_an_answer_on_the_spot_that_does_not_satisfy_goes_to_a_unit(step, refused):
    item = factory.make_item()
    step(item, "answer_on_spot", **ANSWER)
    assert values(item, "state", "route", "group_told_on", "voter_teller") == (
        "on_spot",
        "spot",
        day("2020-08-20"),
        "办公室",
    )
    assert refused(item, "close", **UNHAPPY) == {
        "result_satisfaction": ["选民不满意的，请改用“转入交办”。"]
    }

    step(item, "take_up", dissatisfaction="没有说清楚")

    assert values(item, "state", "route", "reply", "replied_on", "voter_told_on") == (
        "registered",
        "unit",
        "",
        None,
        None,
    )
    kept = item.earlier_answers.values_list("reply", "dissatisfaction", "voter_told_on")
    assert list(kept) == [("重新铺了。", "没有说清楚", day("2020-08-20"))]


def test_an_answer_on_the_spot_is_not_older_than_the_visit(refused):
    early = ANSWER | {"replied_on": day("2020-08-14")}

    assert refused(factory.make_item(), "answer_on_spot", **early) == {
        "replied_on": ["答复日期不能早于接待日期。"]
    }


def test_what_was_escalated_is_answered_told_and_handled_again(step):
    item = factory.make_item()
    step(item, "escalate", escalated_to="县水务局", due_on=day("2020-11-30"))
    assert values(item, "state", "route", "lead_unit", "assigned_on", "due_on") == (
        "escalated",
        "above",
        None,
        day("2020-08-20"),
        day("2020-11-30"),
    )
    step(item, "extend", extended_to=day("2020-12-30"))
    step(item, "reply", **ANSWER)
    step(item, "inform", **TOLD)
    step(item, "reopen", extended_to=day("2021-01-20"), dissatisfaction="没有来修", **UNHAPPY)
    step(item, "reply", **ANSWER)

    assert values(item, "state", "route", "escalated_to") == ("replied", "above", "县水务局")


def test_every_wrong_turn_is_taken_back(step):
    item = factory.make_item(state="assigned")
    step(item, "withdraw")
    nothing = (None, "", None, None)
    fields = ("lead_unit", "responsible", "assigned_on", "due_on")
    assert values(item, "state", *fields) == ("registered", *nothing)

    step(item, "reject", reply="请向法院反映。", voter_told_on=day("2020-08-20"), told_by="phone")
    assert values(item, "state", "voter_teller") == ("rejected", "办公室")
    step(item, "readmit")
    assert values(item, "state", "reply", "voter_told_on", "told_by") == (
        "registered",
        "",
        None,
        "",
    )

    closed = factory.make_item(state="closed")
    step(closed, "unclose")
    assert values(closed, "state", "result_satisfaction") == ("told", "满意")

    replied = factory.make_item(state="replied")
    step(replied, "inform", group_told_on=day("2020-08-20"))
    step(replied, "retract")
    assert values(replied, "state", "replied_on", "outcome", "reply", "group_told_on") == (
        "handling",
        None,
        "",
        "",
        None,
    )


def test_a_rejected_voter_is_told_somehow(refused):
    told = {"reply": "请向法院反映。", "voter_told_on": day("2020-08-20")}

    assert refused(factory.make_item(), "reject", **told) == {
        "told_by": ["告知选民的，请选择告知方式。"]
    }


def test_who_turns_out_not_to_be_told_has_no_teller(step):
    item = factory.make_item(state="told", voter_teller="田家明")

    step(item, "inform", voter_told_on=None, voter_untold_reason="匿名反映")

    assert values(item, "state", "told_by", "voter_teller", "voter_untold_reason") == (
        "told",
        "",
        "",
        "匿名反映",
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"commitment": "明年再修"}, {"promised_on": ["写明了承诺事项的，请填写承诺期限。"]}),
        (
            {"promised_on": day("2021-06-30")},
            {"commitment": ["填写了承诺期限的，请写明承诺事项。"]},
        ),
        (
            {"commitment": "明年再修", "promised_on": day("2020-08-19")},
            {"promised_on": ["承诺期限不能早于答复日期。"]},
        ),
    ],
)
def test_a_promise_has_words_and_a_day_whatever_the_outcome(refused, given, said):
    assert refused(factory.make_item(state="handling"), "reply", **ANSWER, **given) == said


def test_who_leads_from_now_on_no_longer_shares(step):
    item = factory.make_item(state="assigned")
    other = factory.make_unit("镇水利站")
    item.co_units.add(other)

    step(item, "reassign", lead_unit=other, due_on=day("2020-10-12"))

    assert list(item.co_units.all()) == []
