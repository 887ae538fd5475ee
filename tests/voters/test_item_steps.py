"""Feedback items: the steps of their life, and what each step refuses and why."""

import pytest

from tests import factory
from tests.factory import day
from voters.lifecycle import STEPS, State
from voters.models import FeedbackItem

from .item_steps import offered, take, trail, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def test_assign(reception_day, client):
    item = factory.make_item()
    unit = factory.make_unit()

    response = client.get(f"/items/{item.pk}/assign/")
    assert response.context["form"]["due_on"].value() == day("2020-09-30")
    take(client, item, "assign", lead_unit=unit.pk, due_on="2020-09-28")

    assert values(
        item, "state", "lead_unit", "responsible", "assigned_on", "due_on", "version"
    ) == (
        "assigned",
        unit.pk,
        "田家明",
        day("2020-08-20"),
        day("2020-09-28"),
        2,
    )
    assert trail(item) == [("office", "registered", "assigned", "交办")]


def test_sign_record_and_reply(client):
    item = factory.make_item(state="assigned")

    take(client, item, "sign", signed_on="2020-08-19", signed_by="田家明")
    item.refresh_from_db()
    take(client, item, "record", note="已派人去看")
    item.refresh_from_db()
    take(
        client,
        item,
        "reply",
        replied_on="2020-08-20",
        outcome="C",
        reply="列入明年计划。",
        commitment="明年修好",
        promised_on="2021-06-30",
    )

    assert values(item, "state", "signed_on", "outcome", "reply", "replied_on") == (
        "replied",
        day("2020-08-19"),
        "C",
        "列入明年计划。",
        day("2020-08-20"),
    )
    assert list(item.commitments.values_list("text", "due_on", "kept_on")) == [
        ("明年修好", day("2021-06-30"), None)
    ]
    assert trail(item) == [
        ("office", "assigned", "signed", "签收"),
        ("office", "signed", "handling", "办理进展：已派人去看"),
        ("office", "handling", "replied", "答复"),
    ]


def test_group_and_voter_are_told_apart_then_it_is_closed(client):
    item = factory.make_item(state="replied")

    take(client, item, "inform", group_told_on="2020-08-19")
    item.refresh_from_db()
    assert values(item, "state", "group_told_on", "group_teller", "voter_teller") == (
        "replied",
        day("2020-08-19"),
        "办公室",
        "",
    )
    take(
        client,
        item,
        "inform",
        group_told_on="2020-08-19",
        voter_told_on="2020-08-20",
        told_by="phone",
        voter_teller="田家明",
    )
    item.refresh_from_db()
    assert values(item, "state", "voter_teller") == ("told", "田家明")
    take(client, item, "close", process_satisfaction="满意", result_satisfaction="基本满意")

    assert values(item, "state", "told_by", "result_satisfaction") == (
        "closed",
        "phone",
        "基本满意",
    )


def test_who_cannot_be_told_is_closed_with_the_reason(client):
    item = factory.make_item(state="replied")

    take(client, item, "inform", group_told_on="2020-08-19", voter_untold_reason="匿名反映")
    item.refresh_from_db()
    assert item.state == "told"
    take(client, item, "close")

    assert values(item, "state", "voter_told_on", "voter_untold_reason") == (
        "closed",
        None,
        "匿名反映",
    )


def test_dissatisfied_is_handled_again(client):
    item = factory.make_item(state="told")

    take(
        client,
        item,
        "reopen",
        extended_to="2020-10-18",
        process_satisfaction="满意",
        result_satisfaction="不满意",
        dissatisfaction="路面又坏了",
    )
    assert values(item, "state", "extended_to", "result_satisfaction") == (
        "reopened",
        day("2020-10-18"),
        "不满意",
    )
    item.refresh_from_db()
    take(client, item, "reply", replied_on="2020-08-20", outcome="A", reply="重新铺了。")

    assert values(item, "state", "reply", "result_satisfaction", "voter_told_on") == (
        "replied",
        "重新铺了。",
        "",
        None,
    )
    kept = ("replied_on", "reply", "voter_told_on", "result_satisfaction", "dissatisfaction")
    assert list(item.earlier_answers.values_list(*kept)) == [
        (day("2020-08-18"), "已经修好。", day("2020-08-19"), "不满意", "路面又坏了")
    ]
    assert trail(item) == [
        (
            "office",
            "told",
            "reopened",
            "重新办理：选民不满意：路面又坏了，再办期限2020-10-18",
        ),
        ("office", "reopened", "replied", "答复"),
    ]


def test_extend(client):
    item = factory.make_item(state="handling")

    refused = take(client, item, "extend", extended_to="2020-09-28", note="雨季")
    assert refused.context["form"].errors == {"extended_to": ["须晚于现在的期限2020-09-28。"]}
    take(client, item, "extend", extended_to="2020-10-18", note="雨季")

    assert values(item, "state", "extended_to") == ("handling", day("2020-10-18"))


def test_reassign_keeps_the_first_unit_in_the_trail(client):
    item = factory.make_item(state="handling")
    other = factory.make_unit("镇水利站", contact="王水生")

    take(client, item, "reassign", lead_unit=other.pk, due_on="2020-10-30", note="不属本单位职责")

    assert values(item, "state", "lead_unit__name", "responsible", "assigned_on", "due_on") == (
        "assigned",
        "镇水利站",
        "王水生",
        day("2020-08-20"),
        day("2020-10-30"),
    )
    assert trail(item) == [
        (
            "office",
            "handling",
            "assigned",
            "改办：不属本单位职责\n原主办单位：镇交通管理站，原办理期限：2020-09-28",
        )
    ]


def test_reject(client):
    item = factory.make_item(state="assigned")

    take(client, item, "reject", reply="已进入诉讼，请向法院反映。")

    assert values(item, "state", "reply", "assigned_on", "due_on") == (
        "rejected",
        "已进入诉讼，请向法院反映。",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("state", "step", "fields", "errors"),
    [
        (
            "registered",
            "assign",
            {"due_on": "2020-08-19"},
            {"due_on": ["办理期限不能早于交办日期。"]},
        ),
        (
            "assigned",
            "send_back",
            {"return_kind": "not_ours"},
            {"right_unit": ["不属于本单位职责的，须写明应由哪个单位办理。"]},
        ),
        (
            "assigned",
            "send_back",
            {"return_kind": "other"},
            {"note": ["请写明退回的理由。"]},
        ),
        (
            "handling",
            "reply",
            {"replied_on": "2020-08-20", "outcome": "B", "reply": "正在办"},
            {"commitment": ["结果类别为B、C的，请写明承诺事项。"]},
        ),
        (
            "assigned",
            "reply",
            {"replied_on": "2020-08-16", "outcome": "A", "reply": "好"},
            {"replied_on": ["答复日期不能早于交办日期。"]},
        ),
        (
            "assigned",
            "reply",
            {"replied_on": "2020-08-21", "outcome": "A", "reply": "好"},
            {"replied_on": ["答复日期不能晚于今天。"]},
        ),
        (
            "replied",
            "inform",
            {"voter_told_on": "2020-08-19"},
            {"told_by": ["告知选民的，请选择告知方式。"]},
        ),
        (
            "replied",
            "inform",
            {"group_told_on": "2020-08-17"},
            {"group_told_on": ["告知小组日期不能早于答复日期。"]},
        ),
        (
            "assigned",
            "reply",
            {"replied_on": "2020-08-20", "outcome": "A", "reply": "已于【日期】修好，【村名】"},
            {"reply": ["答复中还有没有补全的内容：【日期】、【村名】，请补写或删去。"]},
        ),
    ],
)
def test_what_a_step_refuses(client, state, step, fields, errors):
    item = factory.make_item(state=state)
    if step == "assign":
        fields = {"lead_unit": factory.make_unit().pk, **fields}

    response = take(client, item, step, **fields)

    assert response.context["form"].errors == errors
    assert values(item, "state", "version") == (state, 1)


def test_a_step_of_another_state_is_refused_in_words(client):
    item = factory.make_item(state="closed")

    shown = client.get(f"/items/{item.pk}/reply/", follow=True)
    sent = take(client, item, "reply", replied_on="2020-08-20", outcome="A", reply="好")

    words = "这条意见现在的状态是“办结”，不能办理“答复”。"
    assert [str(message) for message in shown.context["messages"]] == [words]
    assert sent.context["form"].non_field_errors() == [words]
    assert sent.context["form"]["reply"].value() == "好"


def test_a_step_after_somebody_else_loses_nothing(client):
    item = factory.make_item(state="assigned")
    FeedbackItem.objects.update(version=2, state="handling")

    response = take(client, item, "reply", replied_on="2020-08-20", outcome="A", reply="已修好。")

    assert response.status_code == 409
    assert response.context["form"]["reply"].value() == "已修好。"
    assert values(item, "state", "reply") == ("handling", "")


def test_buttons_are_the_steps_of_the_state(client):
    shown = {
        state: offered(client.get(factory.make_item(state=state).get_absolute_url()))
        for state in ("registered", "assigned", "handling", "replied", "told", "closed")
    }

    aside = ["转为代表建议", "上报"]
    assert shown == {
        "registered": ["交办", "当场答复", "并案", "督办", "批示意见", *aside, "不予受理"],
        "assigned": [
            *("签收", "答复", "退回"),
            *("协办意见", "申请延期", "延期", "催办", "督办", "批示意见"),
            *("改办", "并案", *aside, "撤回交办", "不予受理"),
        ],
        "handling": [
            *("答复", "办理进展", "申请延期"),
            *("协办意见", "延期", "催办", "督办", "批示意见"),
            *("改办", "并案", *aside, "不予受理"),
        ],
        "replied": ["告知", "重新办理", "督办", "批示意见", "撤回答复"],
        "told": ["办结", "重新办理", "告知", "批示意见"],
        "closed": ["重新办理", "批示意见", "撤销办结"],
    }


def test_every_state_is_reached_by_a_step():
    reached = {state for step in STEPS.values() for state in step.leads.values()}

    assert reached | {State.REGISTERED} == set(State)
