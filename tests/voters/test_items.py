"""Feedback items: their steps, what each refuses and why, who takes them."""

import datetime

import pytest

from tests import factory
from voters.lifecycle import STEPS, State
from voters.models import FeedbackItem

pytestmark = pytest.mark.django_db


def day(text):
    return datetime.date.fromisoformat(text)


def take(client, item, step, **fields):
    return client.post(f"/items/{item.pk}/{step}/", {"version": item.version, **fields})


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def values(item, *names):
    return FeedbackItem.objects.values_list(*names).get(pk=item.pk)


def trail(item):
    return list(item.steps.values_list("user__username", "from_state", "to_state", "note"))


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


def test_start_and_reply(client):
    item = factory.make_item(state="assigned")

    take(client, item, "start", note="已派人去看")
    item.refresh_from_db()
    take(client, item, "reply", replied_on="2020-08-20", outcome="A", reply="已修好。")

    assert values(item, "state", "outcome", "reply", "replied_on") == (
        "replied",
        "A",
        "已修好。",
        day("2020-08-20"),
    )
    assert trail(item) == [
        ("office", "assigned", "handling", "签收办理：已派人去看"),
        ("office", "handling", "replied", "答复"),
    ]


def test_inform_then_close(client):
    item = factory.make_item(state="replied")

    take(client, item, "inform", group_told_on="2020-08-19")
    item.refresh_from_db()
    assert (item.state, item.group_told_on) == ("replied", day("2020-08-19"))
    take(
        client,
        item,
        "close",
        group_told_on="2020-08-19",
        voter_told_on="2020-08-20",
        told_by="phone",
        process_satisfaction="满意",
        result_satisfaction="基本满意",
    )

    assert values(item, "state", "told_by", "result_satisfaction") == (
        "closed",
        "phone",
        "基本满意",
    )


def test_dissatisfied_is_handled_again(client):
    item = factory.make_item(state="replied")

    take(client, item, "reopen", extended_to="2020-10-18", note="路面又坏了")
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
    assert trail(item)[-1] == (
        "office",
        "reopened",
        "replied",
        "答复：原答复（2020-08-18）：已经修好。",
    )


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
            "close",
            {
                "group_told_on": "2020-08-17",
                "voter_told_on": "2020-08-19",
                "told_by": "phone",
                "process_satisfaction": "满意",
                "result_satisfaction": "满意",
            },
            {"group_told_on": ["告知小组日期不能早于答复日期。"]},
        ),
        (
            "replied",
            "close",
            {
                "group_told_on": "2020-08-19",
                "voter_told_on": "2020-08-19",
                "told_by": "phone",
                "process_satisfaction": "满意",
                "result_satisfaction": "不满意",
            },
            {"result_satisfaction": ["选民对结果不满意的，请改用“重新办理”。"]},
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
        state: [
            label
            for label, _, _ in client.get(
                factory.make_item(state=state).get_absolute_url()
            ).context["next_steps"]
        ]
        for state in ("registered", "assigned", "handling", "replied", "closed")
    }

    assert shown == {
        "registered": ["交办", "不予受理"],
        "assigned": ["签收办理", "答复", "延期", "改办", "不予受理"],
        "handling": ["答复", "延期", "改办", "不予受理"],
        "replied": ["办结", "告知", "重新办理"],
        "closed": ["重新办理"],
    }


def test_every_state_is_reached_by_a_step():
    reached = {state for step in STEPS.values() for state in step.leads.values()}

    assert reached | {State.REGISTERED} == set(State)


def test_a_unit_signs_for_and_answers_its_own_items(unit, logged_in):
    own = factory.make_unit()
    own.accounts.add(unit)
    item = factory.make_item(
        factory.make_visit(voter_name="张三丰", phone="13812341234"), "assigned", lead_unit=own
    )
    client = logged_in(unit)

    page = client.get(item.get_absolute_url())
    assert [label for label, _, _ in page.context["next_steps"]] == ["签收办理", "答复"]
    assert [text in page.content.decode() for text in ("张三丰", "1234", "修改</a>")] == [False] * 3
    take(client, item, "start")
    item.refresh_from_db()
    assert client.get(item.get_absolute_url()).context["has_more"] is False
    take(client, item, "reply", replied_on="2020-08-20", outcome="B", reply="已列入施工。")

    assert values(item, "state", "reply") == ("replied", "已列入施工。")
    assert take(client, item, "close").status_code == 403
    assert client.get(f"/items/{item.pk}/edit/").status_code == 403


def test_a_co_unit_reads_and_an_other_unit_finds_nothing(unit, logged_in):
    own = factory.make_unit("镇水利站")
    own.accounts.add(unit)
    item = factory.make_item(state="assigned")
    client = logged_in(unit)

    assert client.get(item.get_absolute_url()).status_code == 404
    assert take(client, item, "start").status_code == 404
    item.co_units.add(own)
    assert client.get(item.get_absolute_url()).context["next_steps"] == []
    assert take(client, item, "start").status_code == 403
    assert client.get("/visits/").status_code == 403


def test_leaders_read_the_items_of_their_group(leader, other_leader, logged_in, reception_day):
    item = factory.make_item(factory.make_visit(reception_day), "assigned")

    assert logged_in(leader).get(item.get_absolute_url()).context["next_steps"] == []
    assert take(logged_in(leader), item, "start").status_code == 403
    assert logged_in(other_leader).get(item.get_absolute_url()).status_code == 404


def test_overdue_is_the_day_after_the_deadline(client, set_today):
    on_time = factory.make_item(state="handling", due_on=day("2020-08-20"))
    late = factory.make_item(state="handling", due_on=day("2020-08-19"))
    extended = factory.make_item(
        state="handling", due_on=day("2020-08-19"), extended_to=day("2020-09-30")
    )
    answered = factory.make_item(state="replied", due_on=day("2020-08-19"))

    page = client.get("/items/")
    assert "共4条，其中逾期1条" in page.content.decode()
    words = {
        record.number: (record.state_words, record.state_class)
        for record, _ in page.context["rows"]
    }
    assert words == {
        on_time.number: ("办理中·将到期", "due-soon"),
        late.number: ("办理中·逾期", "overdue"),
        extended.number: ("办理中", "in-hand"),
        answered.number: ("已答复", "in-hand"),
    }

    def found(**chosen):
        return {record for record, _ in client.get("/items/", chosen).context["rows"]}

    assert found(overdue="true") == {late}
    assert found(overdue="false") == {on_time, extended, answered}
    assert found(due_soon="true") == {on_time}
    set_today("2020-08-21")
    assert found(overdue="true") == {late, on_time}


def test_the_edit_page_is_judged_by_the_table_of_states(client):
    item = factory.make_item(state="assigned")
    sent = {
        "version": 1,
        "topic": item.topic_id,
        "title": item.title,
        "summary": item.summary,
        "state": "replied",
        "lead_unit": item.lead_unit_id,
        "responsible": item.responsible,
        "assigned_on": "2020-08-17",
        "due_on": "2020-09-28",
    }

    refused = client.post(f"/items/{item.pk}/edit/", sent)
    assert set(refused.context["form"].errors) == {"replied_on", "outcome", "reply"}
    client.post(
        f"/items/{item.pk}/edit/",
        sent | {"replied_on": "2020-08-18", "outcome": "A", "reply": "修好了。"},
    )

    assert values(item, "state", "version") == ("replied", 2)
    assert trail(item) == [("office", "assigned", "replied", "更正登记内容")]


def test_an_item_from_elsewhere_and_one_of_an_earlier_visit(client):
    visit = factory.make_visit(number="2020-001")
    sent = {
        "submission": "0b0b8a6e-6f0a-4d0e-9a4e-111111111111",
        "topic": factory.make_topic().pk,
        "title": "修路",
        "summary": "修村口的路。",
    }

    missing = client.post("/items/add/", sent | {"source": "visit", "visit_number": "2020-9"})
    client.post("/items/add/", sent | {"source": "visit", "visit_number": "2020-001"})
    client.post(
        "/items/add/",
        sent | {"source": "delegate", "submission": "0b0b8a6e-6f0a-4d0e-9a4e-222222222222"},
    )

    assert missing.context["form"].errors == {"visit_number": ["没有登记号为2020-9的来访。"]}
    assert list(FeedbackItem.objects.order_by("pk").values_list("number", "source", "visit")) == [
        ("2020-J001", "visit", visit.pk),
        ("2020-J002", "delegate", None),
    ]


def test_only_a_registered_item_is_deleted(client):
    registered, assigned = factory.make_item(), factory.make_item(state="assigned")

    assert client.get(assigned.get_absolute_url()).context["may_delete"] is False
    assert client.post(f"/items/{assigned.pk}/delete/").status_code == 403
    client.post(f"/items/{registered.pk}/delete/")

    assert list(FeedbackItem.objects.all()) == [assigned]
