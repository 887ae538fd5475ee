"""What was promised with an answer: kept, put off, listed; the item's trail tells of it."""

import pytest

from tests import factory
from tests.factory import day
from voters.models import Commitment

from .item_steps import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


@pytest.fixture
def promise(db):
    item = factory.make_item(state="replied", outcome="C", number="2020-J001")
    return Commitment.objects.create(item=item, text="明年修好", due_on=day("2021-06-30"))


def send(client, promise, page, **fields):
    promise.refresh_from_db()
    return client.post(
        f"/commitments/{promise.pk}/{page}/", {"version": promise.version, **fields}, follow=True
    )


def stored(promise):
    return Commitment.objects.values_list("due_on", "kept_on", "result", "version").get(
        pk=promise.pk
    )


def test_put_off_and_kept(client, promise, set_today):
    send(client, promise, "postpone", due_on="2021-09-30", reason="资金未到")
    assert stored(promise) == (day("2021-09-30"), None, "", 2)
    set_today("2021-09-20")
    done = send(client, promise, "fulfil", kept_on="2021-09-18", result="路面已硬化。")

    assert stored(promise) == (day("2021-09-30"), day("2021-09-18"), "路面已硬化。", 3)
    assert done.redirect_chain[0][0] == promise.item.get_absolute_url()
    assert [str(message) for message in done.context["messages"]] == [
        "2020-J001号：承诺落实已记录。"
    ]
    assert trail(promise.item) == [
        (
            "office",
            "replied",
            "replied",
            "承诺改期：明年修好\n由2021-06-30改为2021-09-30，理由：资金未到",
        ),
        ("office", "replied", "replied", "承诺落实：明年修好\n2021-09-18落实：路面已硬化。"),
    ]


@pytest.mark.parametrize(
    ("page", "fields", "errors"),
    [
        (
            "fulfil",
            {"kept_on": "2020-08-21", "result": "好"},
            {"kept_on": ["落实日期不能晚于今天。"]},
        ),
        ("fulfil", {"kept_on": "2020-08-20"}, {"result": ["请填写这一项。"]}),
        (
            "postpone",
            {"due_on": "2021-06-30", "reason": "雨季"},
            {"due_on": ["须晚于原承诺期限2021-06-30。"]},
        ),
        ("postpone", {"due_on": "2021-09-30"}, {"reason": ["请填写这一项。"]}),
    ],
)
def test_what_is_refused(client, promise, page, fields, errors):
    assert send(client, promise, page, **fields).context["form"].errors == errors
    assert stored(promise) == (day("2021-06-30"), None, "", 1)
    assert trail(promise.item) == []


def test_what_was_kept_stays(client, promise):
    send(client, promise, "fulfil", kept_on="2020-08-20", result="已修好。")

    sent = send(client, promise, "postpone", due_on="2021-09-30", reason="雨季")
    shown = client.get(f"/commitments/{promise.pk}/postpone/", follow=True)

    words = "这项承诺已于2020-08-20落实，不能再改。"
    assert sent.context["form"].non_field_errors() == [words]
    assert [str(message) for message in shown.context["messages"]] == [words]
    assert stored(promise) == (day("2021-06-30"), day("2020-08-20"), "已修好。", 2)


def test_of_two_who_change_it_one_is_told(client, promise):
    Commitment.objects.update(version=2, due_on=day("2021-08-31"))

    late = client.post(
        f"/commitments/{promise.pk}/fulfil/",
        {"version": 1, "kept_on": "2020-08-20", "result": "已修好。"},
    )

    assert late.status_code == 409
    assert late.context["form"]["result"].value() == "已修好。"
    assert stored(promise) == (day("2021-08-31"), None, "", 2)


def test_the_items_page_and_the_list_tell_how_they_stand(client, promise, set_today, queries_of):
    def listed(**chosen):
        rows = client.get("/commitments/", chosen).context["rows"]
        return [(record.pk, record.state_words, record.state_class) for record, _ in rows]

    set_today("2021-06-29")
    assert listed() == [(promise.pk, "未到期", "in-hand")]
    assert listed(state="due") == []
    set_today("2021-06-30")
    assert listed(state="due") == [(promise.pk, "已到期，未落实", "overdue")]
    page = client.get(promise.item.get_absolute_url()).content.decode()
    assert [f"/commitments/{promise.pk}/{name}/" in page for name in ("fulfil", "postpone")] == [
        True
    ] * 2

    few = queries_of(client, "/commitments/")
    for number in range(2):
        item = factory.make_item(state="replied")
        Commitment.objects.create(item=item, text=f"{number}", due_on=day("2021-01-01"))
    assert queries_of(client, "/commitments/") == few


def test_a_unit_reads_its_own_promises_only(unit, logged_in, promise):
    other = factory.make_item(state="replied", lead_unit=factory.make_unit("镇水利站"))
    Commitment.objects.create(item=other, text="修渠", due_on=day("2021-06-30"))
    promise.item.lead_unit.accounts.add(unit)
    client = logged_in(unit)

    rows = client.get("/commitments/").context["rows"]

    assert [record for record, _ in rows] == [promise]
    page = client.get(promise.item.get_absolute_url()).content.decode()
    assert ("明年修好" in page, f"/commitments/{promise.pk}/fulfil/" in page) == (True, False)
