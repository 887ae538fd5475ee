"""Feedback items: who sees which, the overdue rule, corrections, items from elsewhere."""

import pytest

from tests import factory
from tests.factory import day
from voters.models import FeedbackItem

from .item_steps import offered, take, trail, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def test_a_unit_signs_for_and_answers_its_own_items(unit, logged_in):
    own = factory.make_unit()
    own.accounts.add(unit)
    item = factory.make_item(
        factory.make_visit(voter_name="张三丰", phone="13812341234"), "assigned", lead_unit=own
    )
    client = logged_in(unit)

    page = client.get(item.get_absolute_url())
    assert offered(page) == ["签收", "答复", "退回", "申请延期"]
    assert [text in page.content.decode() for text in ("张三丰", "1234", "更正</a>")] == [False] * 3
    take(client, item, "sign", signed_on="2020-08-20", signed_by="田家明")
    item.refresh_from_db()
    take(client, item, "reply", replied_on="2020-08-20", outcome="D", reply="已列入施工。")

    assert values(item, "state", "reply") == ("replied", "已列入施工。")
    assert take(client, item, "close").status_code == 403
    assert client.get(f"/items/{item.pk}/edit/").status_code == 403


def test_a_co_unit_reads_and_an_other_unit_finds_nothing(unit, logged_in):
    own = factory.make_unit("镇水利站")
    own.accounts.add(unit)
    item = factory.make_item(state="assigned")
    client = logged_in(unit)

    assert client.get(item.get_absolute_url()).status_code == 404
    assert take(client, item, "sign").status_code == 404
    item.co_units.add(own)
    assert offered(client.get(item.get_absolute_url())) == ["协办意见"]
    assert take(client, item, "sign").status_code == 403
    assert client.get("/visits/").status_code == 403


def test_leaders_read_the_items_of_their_group(leader, other_leader, logged_in, reception_day):
    item = factory.make_item(factory.make_visit(reception_day), "assigned")

    assert offered(logged_in(leader).get(item.get_absolute_url())) == []
    assert take(logged_in(leader), item, "sign").status_code == 403
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
        "urgency": "urgent",
        "lead_unit": item.lead_unit_id,
        "responsible": item.responsible,
        "assigned_on": "2020-08-17",
        "due_on": "2020-09-28",
    }

    early = sent | {"replied_on": "2020-08-18", "outcome": "A", "reply": "修好了。"}
    refused = client.post(f"/items/{item.pk}/edit/", early)
    assert set(refused.context["form"].errors) == {"replied_on", "outcome", "reply"}
    client.post(f"/items/{item.pk}/edit/", sent | {"due_on": "2020-09-30"})

    assert values(item, "state", "due_on", "version") == ("assigned", day("2020-09-30"), 2)
    assert trail(item) == [
        (
            "office",
            "assigned",
            "assigned",
            "更正：紧急程度：一般→紧急\n办理期限：2020-09-28→2020-09-30",
        )
    ]


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
        sent | {"source": "inspection", "submission": "0b0b8a6e-6f0a-4d0e-9a4e-222222222222"},
    )

    assert missing.context["form"].errors == {"visit_number": ["没有登记号为2020-9的来访。"]}
    assert list(FeedbackItem.objects.order_by("pk").values_list("number", "source", "visit")) == [
        ("2020-J001", "visit", visit.pk),
        ("2020-J002", "inspection", None),
    ]


def test_only_a_registered_item_is_deleted(client):
    registered, assigned = factory.make_item(), factory.make_item(state="assigned")

    assert client.get(assigned.get_absolute_url()).context["may_delete"] is False
    assert client.post(f"/items/{assigned.pk}/delete/").status_code == 403
    client.post(f"/items/{registered.pk}/delete/")

    assert list(FeedbackItem.objects.all()) == [assigned]
