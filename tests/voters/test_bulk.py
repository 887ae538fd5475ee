"""One step for many items: what may be chosen, what moves, and that it moves once or not at all."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory
from tests.factory import day
from voters import bulk
from voters.models import FeedbackItem, FeedbackStep

from .item_steps import trail, values
from .triage import make_returned

pytestmark = pytest.mark.django_db
BULK = "/items/bulk/"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(office, logged_in, reception_day):
    return logged_in(office)


def address(step, *items, **conditions):
    chosen = "".join(f"&item={item.pk}" for item in items)
    return f"{BULK}?step={step}{chosen}" + "".join(f"&{k}={v}" for k, v in conditions.items())


def send(client, where, page=None, **fields):
    """The form of the page, filled and sent; back on the list."""
    form = (page or client.get(where)).context["form"]
    hidden = {name: form[name].value() for name in ("submission", "shown")}
    return client.post(where, hidden | fields, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def make_many(count, state="assigned", **fields):
    """Items of one visit, quickly."""
    first = factory.make_item(state=state, **fields)
    kept = {each.attname: getattr(first, each.attname) for each in first._meta.concrete_fields}
    known = FeedbackItem.objects.count()
    FeedbackItem.objects.bulk_create(
        FeedbackItem(**kept | {"id": None, "number": f"2020-J{number:04d}"})
        for number in range(known, known + count - 1)
    )


def test_chosen_rows_are_assigned_each_by_its_own_terms(client):
    factory.make_township()
    usual = factory.make_item(urgency="urgent")
    suggestion = factory.make_item()
    FeedbackItem.objects.filter(pk=suggestion.pk).update(source="delegate", visit=None)
    left = factory.make_item()
    unit = factory.make_unit("镇水利站", contact="王水生")

    page = client.get(address("assign", usual, suggestion))
    form = page.context["form"]
    asked = {name: form[name].value() for name in ("urgency", "due_on")}
    response = send(client, address("assign", usual, suggestion), page, lead_unit=unit.pk)

    assert asked == {"urgency": "", "due_on": None}
    assert said(response) == ["已对2条意见建议办理“交办”。"]
    shown = ("state", "lead_unit", "responsible", "urgency", "due_on", "version")
    assert values(usual, *shown) == (
        "assigned",
        unit.pk,
        "王水生",
        "urgent",
        day("2020-09-30"),
        2,
    )
    assert values(suggestion, "state", "due_on") == ("assigned", day("2020-11-20"))
    assert values(left, "state") == ("registered",)
    assert trail(usual) == [("office", "registered", "assigned", "交办")]


def test_what_cannot_move_is_told_before_and_left_alone(client):
    assigned = factory.make_item(state="assigned")
    closed = factory.make_item(state="closed")
    where = address("remind", assigned, closed)

    page = client.get(where)
    response = send(client, where, page, note="请抓紧办理")

    assert page.context["movable"] == [assigned]
    assert page.context["stuck"] == [(closed, "现在的状态是“办结”")]
    assert said(response) == ["已对1条意见建议办理“催办”，另有1条不能办理，没有改动。"]
    assert trail(assigned) == [("office", "assigned", "assigned", "催办：请抓紧办理")]
    assert trail(closed) == []


def test_all_that_fit_the_list_and_back_to_it(client):
    unit = factory.make_unit("镇水利站")
    own = [factory.make_item(state="assigned", lead_unit=unit) for _ in range(3)]
    other = factory.make_item(state="assigned")
    where = address("sign", all=1, lead_unit=unit.pk, state="assigned")

    response = send(client, where, signed_on="2020-08-18", signed_by="王水生")

    assert [values(item, "state", "signed_on", "signed_by") for item in own] == [
        ("signed", day("2020-08-18"), "王水生")
    ] * 3
    assert values(other, "state") == ("assigned",)
    assert response.redirect_chain[-1][0] == f"/items/?lead_unit={unit.pk}&state=assigned"


def test_all_of_the_inbox_are_merged_into_one(client):
    main = factory.make_item(state="handling")
    returned, registered = make_returned(), factory.make_item()
    where = address("merge", all=1, inbox=1)

    page = client.get(where)
    response = send(client, where, page, follows=main.number)

    assert [values(item, "state", "follows") for item in (returned, registered)] == [
        ("merged", main.pk)
    ] * 2
    assert response.redirect_chain[-1][0] == "/items/inbox/"


def test_who_is_told_already_keeps_the_day(client):
    told = factory.make_item(state="replied", group_told_on=day("2020-08-18"))
    untold = factory.make_item(state="replied")

    send(
        client,
        address("inform", told, untold),
        voter_told_on="2020-08-20",
        told_by="phone",
    )

    shown = ("state", "group_told_on", "voter_told_on")
    assert values(told, *shown) == ("told", day("2020-08-18"), day("2020-08-20"))
    assert values(untold, *shown) == ("replied", None, day("2020-08-20"))


def test_withdrawn_and_given_to_another_unit(client):
    withdrawn = factory.make_item(state="assigned")
    returned = make_returned()
    unit = factory.make_unit("镇村建中心", contact="杨成林")

    send(client, address("withdraw", withdrawn), note="交办有误")
    send(client, address("reassign", returned), lead_unit=unit.pk, note="改由村建中心办理")

    assert values(withdrawn, "state", "lead_unit") == ("registered", None)
    assert values(returned, "state", "lead_unit", "right_unit") == ("assigned", unit.pk, None)


def test_all_or_none_and_what_was_typed_stays(client):
    items = [factory.make_item(state="assigned") for _ in range(2)]
    FeedbackItem.objects.filter(pk=items[0].pk).update(assigned_on=day("2020-08-19"))
    where = address("sign", *items)

    page = client.get(where)
    refused = send(client, where, page, signed_on="2020-08-18", signed_by="田家明")

    form = refused.context["form"]
    assert form.non_field_errors() == [f"{items[0].number}：签收日期不能早于交办日期。"]
    assert form["signed_by"].value() == "田家明"
    assert form["submission"].value() != str(page.context["form"]["submission"].value())
    assert FeedbackItem.objects.filter(state="assigned").count() == 2
    send(client, where, refused, signed_on="2020-08-19", signed_by="田家明")
    assert FeedbackItem.objects.filter(state="signed").count() == 2


def test_a_second_click_moves_nothing_twice(client):
    item = factory.make_item(state="assigned")
    where = address("remind", item)
    form = client.get(where).context["form"]
    sent = {name: form[name].value() for name in ("submission", "shown")} | {"note": "请抓紧"}

    answers = [client.post(where, sent).url for _ in range(2)]

    assert answers[0] == answers[1]
    assert re.fullmatch("/jobs/.+/", answers[0])
    assert FeedbackStep.objects.filter(kind="remind").count() == 1


def test_what_changed_meanwhile_is_shown_first(client):
    items = [factory.make_item(state="assigned") for _ in range(2)]
    where = address("remind", all=1)
    page = client.get(where)
    FeedbackItem.objects.filter(pk=items[0].pk).update(state="handling", version=2)
    new = factory.make_item(state="assigned")

    stale = send(client, where, page, note="请抓紧办理")

    assert stale.status_code == 409
    assert set(stale.context["movable"]) == {*items, new}
    assert stale.context["form"]["note"].value() == "请抓紧办理"
    assert FeedbackStep.objects.count() == 0
    send(client, where, stale, note="请抓紧办理")
    assert FeedbackStep.objects.count() == 3


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (BULK, "请选择要成批办理的事项。"),
        (f"{BULK}?step=remind", "没有选中意见建议，请先勾选，或选全部符合条件的。"),
        (f"{BULK}?step=remind&item=x&item=999", "没有选中意见建议，请先勾选，或选全部符合条件的。"),
    ],
)
def test_nothing_chosen(client, where, words):
    assert said(client.get(where, follow=True)) == [words]
    assert said(client.post(where, follow=True)) == [words]


def test_too_much_at_once(client, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 2)
    make_many(3)

    response = client.get(address("remind", all=1), follow=True)

    assert said(response) == ["一次最多办理2000条，请先用筛选条件缩小范围。"]


def test_who_may_take_which_step(cast, logged_in, reception_day):
    item = factory.make_item(state="assigned")

    offered = {
        name: [step.name for step in bulk.steps_in_bulk(user)] for name, user in cast.items()
    }
    refused = {
        name: {
            step
            for step in ("assign", "sign", "inform", "remind", "close", "nonsense")
            if logged_in(cast[name]).get(address(step, item)).status_code == 403
        }
        for name in ("chair", "leader", "unit", "delegate")
    }

    every = ["assign", "sign", "inform", "reassign", "withdraw", "remind", "merge"]
    assert offered == {
        "secretary": every,
        "office": every,
        "chair": ["remind"],
        "leader": ["inform"],
        "other_leader": ["inform"],
        "unit": ["sign"],
        "delegate": [],
        "auditor": [],
        "administrator": [],
    }
    assert refused == {
        "chair": {"assign", "sign", "inform", "close"},
        "leader": {"assign", "sign", "remind", "close"},
        "unit": {"assign", "inform", "remind", "close"},
        "delegate": {"assign", "sign", "inform", "remind", "close", "nonsense"},
    }


def test_a_unit_moves_its_own_only(unit, logged_in, reception_day):
    own = factory.make_unit("镇水利站")
    own.accounts.add(unit)
    mine = factory.make_item(state="assigned", lead_unit=own)
    shared = factory.make_item(state="assigned")
    shared.co_units.add(own)
    others = factory.make_item(state="assigned")
    client = logged_in(unit)

    for where in (address("sign", mine, shared, others), address("sign", all=1)):
        page = client.get(where)
        assert (page.context["movable"], page.context["stuck"]) == (
            [mine],
            [(shared, "不由您办理")],
        )
        assert others.number not in page.content.decode()
    send(client, where, page, signed_on="2020-08-20", signed_by="王水生")

    assert [values(item, "state")[0] for item in (mine, shared, others)] == [
        "signed",
        "assigned",
        "assigned",
    ]
    assert said(client.get(address("sign", others), follow=True)) == [
        "没有选中意见建议，请先勾选，或选全部符合条件的。"
    ]


def test_a_leader_informs_the_voters_of_the_own_group(leader, logged_in, reception_day):
    own = factory.make_item(factory.make_visit(reception_day), "replied")
    elsewhere = factory.make_reception_day("2020-08-16", factory.make_group(2))
    other = factory.make_item(factory.make_visit(elsewhere), "replied")

    send(
        logged_in(leader),
        address("inform", own, other),
        group_told_on="2020-08-20",
        voter_told_on="2020-08-20",
        told_by="in_person",
    )

    assert values(own, "state", "voter_teller") == ("told", "一组组长")
    assert values(other, "state") == ("replied",)


def test_the_list_offers_what_the_user_may_do(client, leader, delegate, logged_in):
    item = factory.make_item(state="assigned")

    office = client.get("/items/?state=assigned&sort=number").content.decode()
    nobody = logged_in(delegate).get("/items/").content.decode()

    shown = ('value="withdraw"', f'name="item" value="{item.pk}"', "全部符合条件的1条")
    assert [each in office for each in shown] == [True] * 3
    assert '<input type="hidden" name="state" value="assigned">' in office
    assert [each in nobody for each in ("成批办理", 'name="item"')] == [False, False]


def test_a_thousand_rows_in_one_transaction_with_few_queries(client):
    unit = factory.make_unit("镇水利站", contact="王水生")

    def queries(count):
        topic = factory.make_topic(f"{count}条")
        make_many(count, "registered", topic=topic)
        where = address("assign", all=1, topic=topic.pk)
        form = client.get(where).context["form"]
        sent = {name: form[name].value() for name in ("submission", "shown")}
        with CaptureQueriesContext(connection) as captured:
            client.post(where, sent | {"lead_unit": unit.pk})
        moved = FeedbackItem.objects.filter(topic=topic, state="assigned", lead_unit=unit)
        assert moved.count() == count
        assert FeedbackStep.objects.filter(item__in=moved, kind="assign").count() == count
        # SQLite takes the entries of the trail a hundred or so at a time.
        return len([each for each in captured if "voters_feedbackstep" not in each["sql"]])

    few, three_hundred, thousand = queries(3), queries(300), queries(1000)

    assert three_hundred == few
    # One statement saves five hundred items.
    assert thousand == few + 1
