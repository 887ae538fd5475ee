"""Visits: what is masked for whom, who sees which, two people at one record."""

import io

import openpyxl
import pytest

from congress.editing import DELETED_MEANWHILE
from congress.models import AuditEntry
from tests import factory
from voters.models import ContactReveal, FeedbackItem, Visit

pytestmark = pytest.mark.django_db
PHONE = "13812341234"


@pytest.fixture
def visit(reception_day):
    return factory.make_visit(reception_day, voter_name="张三丰", phone=PHONE, number="2020-001")


def sent_by(visit, **fields):
    """What the edit page of a visit sends, with its items."""
    items = list(visit.items.order_by("pk"))
    sent = {
        "version": visit.version,
        "day": visit.day_id,
        "received_by": list(visit.received_by.values_list("pk", flat=True)),
        "voter_name": visit.voter_name,
        "village": visit.village_id,
        "phone": "",
        "persons": visit.persons,
        "channel": visit.channel,
        "answer": visit.answer,
        "items-TOTAL_FORMS": len(items),
        "items-INITIAL_FORMS": len(items),
    }
    if visit.confidential:
        sent["confidential"] = "on"
    for number, item in enumerate(items):
        values = {
            "id": item.pk,
            "version": item.version,
            "topic": item.topic_id,
            "title": item.title,
            "summary": item.summary,
            "lead_unit": item.lead_unit_id or "",
            "responsible": item.responsible,
        }
        sent |= {f"items-{number}-{name}": value for name, value in values.items()}
    return sent | fields


def rows_of(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("role", ["office", "secretary", "chair", "leader"])
def test_the_phone_is_masked_on_every_page_and_in_the_workbook(visit, cast, logged_in, role):
    client = logged_in(cast[role])

    for url in ("/visits/", visit.get_absolute_url()):
        page = client.get(url).content.decode()
        assert ("138****1234" in page, PHONE in page) == (True, False)
    row = rows_of(client.get("/visits/", {"export": "xlsx"}))[1]
    assert row[8] == "138****1234"


@pytest.mark.parametrize(
    ("role", "shown"),
    [("office", "张三丰"), ("secretary", "张三丰"), ("chair", "张**"), ("leader", "张**")],
)
def test_a_voter_who_asked_for_confidence(visit, cast, logged_in, role, shown):
    client = logged_in(cast[role])
    type(visit).objects.filter(pk=visit.pk).update(confidential=True)
    visit.informed.add(cast[role])

    page = client.get(visit.get_absolute_url()).content.decode()
    assert (shown in page, "张三丰" in page) == (True, shown == "张三丰")
    for url in ("/visits/", visit.day.get_absolute_url()):
        page = client.get(url).content.decode()
        assert ("张**" in page, "张三丰" in page) == (True, False)
    assert rows_of(client.get("/visits/", {"export": "xlsx"}))[1][3] == "张**"
    found = client.get("/visits/", {"q": "三丰"}).context["page_obj"].paginator.count
    assert found == (1 if shown == "张三丰" else 0)


def test_the_number_is_shown_once_and_who_asked_is_kept(visit, office, logged_in):
    client = logged_in(office)
    url = f"/visits/{visit.pk}/phone/"

    assert client.get(url).status_code == 405
    refused = client.post(url)
    assert "请写明为什么要看完整的个人信息。" in refused.content.decode()
    assert (PHONE in refused.content.decode(), ContactReveal.objects.count()) == (False, 0)
    response = client.post(url, {"reason": "联系告知办理结果"})

    assert PHONE in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert PHONE not in client.get(visit.get_absolute_url()).content.decode()
    kept = ContactReveal.objects.values_list("visit__number", "user__username", "reason")
    assert list(kept) == [("2020-001", "office", "联系告知办理结果")]
    entry = AuditEntry.objects.get(kind="reveal")
    assert (entry.username, entry.words, entry.reason, entry.subject_key) == (
        "office",
        "查看2020-001号来访人的电话",
        "联系告知办理结果",
        str(visit.pk),
    )


@pytest.mark.parametrize("role", ["chair", "leader"])
def test_nobody_else_asks_for_the_number(visit, cast, logged_in, role):
    assert logged_in(cast[role]).post(f"/visits/{visit.pk}/phone/").status_code == 403
    assert ContactReveal.objects.count() == 0


def test_groups_see_their_own_visits(visit, leader, other_leader, logged_in):
    assert logged_in(leader).get(visit.get_absolute_url()).status_code == 200
    client = logged_in(other_leader)
    assert client.get(visit.get_absolute_url()).status_code == 404
    assert client.get(visit.day.get_absolute_url()).status_code == 404
    assert client.get("/visits/").context["page_obj"].paginator.count == 0
    assert client.get(f"/visits/{visit.pk}/edit/").status_code == 403


def test_the_edit_page_never_holds_the_number(visit, office, logged_in):
    page = logged_in(office).get(f"/visits/{visit.pk}/edit/").content.decode()

    assert ("138****1234" in page, PHONE in page) == (True, False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({}, PHONE),
        ({"phone": "13900000000"}, "13900000000"),
        ({"clear_phone": "on"}, ""),
    ],
)
def test_the_number_is_kept_replaced_or_deleted(visit, office, logged_in, typed, kept):
    logged_in(office).post(f"/visits/{visit.pk}/edit/", sent_by(visit, **typed))

    visit.refresh_from_db()
    assert (visit.phone, visit.version) == (kept, 2)


def test_the_voters_words_are_never_overwritten(visit, office, logged_in):
    logged_in(office).post(f"/visits/{visit.pk}/edit/", sent_by(visit, words="改写", persons=2))

    visit.refresh_from_db()
    assert (visit.words, visit.persons) == ("门口的路坏了。", 2)


def test_items_are_changed_and_added_with_the_visit(visit, office, logged_in):
    factory.make_item(visit, number="2020-J001", title="修路")
    unit = factory.make_unit()
    sent = sent_by(visit) | {
        "items-TOTAL_FORMS": 2,
        "items-0-title": "修好路",
        "items-0-lead_unit": unit.pk,
        "items-1-topic": factory.make_topic().pk,
        "items-1-title": "装路灯",
        "items-1-summary": "装三盏。",
    }

    logged_in(office).post(f"/visits/{visit.pk}/edit/", sent)

    assert list(
        FeedbackItem.objects.order_by("number").values_list("number", "title", "state", "version")
    ) == [("2020-J001", "修好路", "assigned", 3), ("2020-J002", "装路灯", "registered", 1)]


def test_an_assigned_item_keeps_its_unit(visit, office, logged_in):
    item = factory.make_item(visit, "assigned")
    other = factory.make_unit("镇水利站")

    logged_in(office).post(
        f"/visits/{visit.pk}/edit/",
        sent_by(visit) | {"items-0-lead_unit": other.pk, "items-0-title": "改名"},
    )

    changed = FeedbackItem.objects.get()
    assert (changed.title, changed.lead_unit) == ("改名", item.lead_unit)


def test_two_people_at_one_visit(visit, office, secretary, logged_in):
    first, second = sent_by(visit, persons=5), sent_by(visit, persons=7, voter_name="李四")
    url = f"/visits/{visit.pk}/edit/"
    logged_in(office).post(url, first)

    response = logged_in(secretary).post(url, second)

    assert response.status_code == 409
    assert [
        (difference.label, difference.theirs, difference.yours)
        for difference in response.context["differences"]
    ] == [("来访人", "张三丰", "李四"), ("来访人数", "5", "7")]
    form = response.context["form"]
    assert (form["voter_name"].value(), form["version"].value()) == ("李四", 2)
    visit.refresh_from_db()
    assert (visit.voter_name, visit.persons) == ("张三丰", 5)

    logged_in(secretary).post(url, second | {"version": 2})

    visit.refresh_from_db()
    assert (visit.voter_name, visit.persons) == ("李四", 7)


def test_two_people_at_one_item_of_a_visit(visit, office, secretary, logged_in):
    item = factory.make_item(visit, title="修路")
    url = f"/visits/{visit.pk}/edit/"
    late = sent_by(visit) | {"items-0-title": "修桥", "persons": 9}
    FeedbackItem.objects.update(title="修水渠", version=2)

    response = logged_in(secretary).post(url, late)

    assert response.status_code == 409
    assert [
        (difference.label, difference.theirs, difference.yours)
        for difference in response.context["differences"]
    ] == [("来访人数", "1", "9"), ("标题", "修水渠", "修桥")]
    assert Visit.objects.get().persons == 1
    row = response.context["rows"].forms[0]
    assert (row["title"].value(), row["version"].value()) == ("修桥", 2)

    logged_in(secretary).post(url, late | {"items-0-version": 2})

    item.refresh_from_db()
    assert (item.title, item.version) == ("修桥", 3)


def test_a_visit_with_items_cannot_be_deleted(visit, office, logged_in):
    factory.make_item(visit)
    client = logged_in(office)

    assert client.post(f"/visits/{visit.pk}/delete/").status_code == 409
    FeedbackItem.objects.all().delete()
    client.post(f"/visits/{visit.pk}/delete/")
    assert Visit.objects.count() == 0


def test_the_list_counts_visits_and_persons(visit, office, logged_in):
    earlier = factory.make_reception_day("2020-03-15", visit.day.group)
    factory.make_visit(earlier, persons=4)
    client = logged_in(office)

    assert "共2次来访，5人次" in client.get("/visits/").content.decode()
    page = client.get("/visits/", {"first": "2020-08-01", "last": "2020-08-31"}).content.decode()
    assert "共1次来访，1人次" in page
    numbers = [record.number for record, _ in client.get("/visits/").context["rows"]]
    assert numbers == ["2020-001", "2020-002"]


def test_an_item_deleted_by_another_is_told_and_nothing_is_saved(visit, office, logged_in):
    item = factory.make_item(visit)
    sent = sent_by(visit, voter_name="李四", **{"items-0-title": "另一标题"})
    item.delete()

    response = logged_in(office).post(f"/visits/{visit.pk}/edit/", sent)

    assert response.context["rows"].non_form_errors() == [DELETED_MEANWHILE]
    assert Visit.objects.get().voter_name == "张三丰"


def test_the_item_of_another_visit_is_not_taken(visit, office, logged_in):
    factory.make_item(visit)
    other = factory.make_item(factory.make_visit(visit.day), title="他人的")
    sent = sent_by(visit, **{"items-0-id": other.pk, "items-0-title": "另一标题"})

    response = logged_in(office).post(f"/visits/{visit.pk}/edit/", sent)

    assert response.context["rows"].non_form_errors() == [DELETED_MEANWHILE]
    assert FeedbackItem.objects.get(pk=other.pk).title == "他人的"
