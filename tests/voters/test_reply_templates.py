"""Usual words of answers: kept by the office, filled from the item, never sent half filled."""

import pytest

from tests import factory
from voters.actions import add_usual_templates
from voters.models import ReplyTemplate
from voters.reply_text import PLACES, filled, open_places
from voters.usual_templates import USUAL_TEMPLATES

pytestmark = pytest.mark.django_db

TOKEN = "0b0b8a6e-6f0a-4d0e-9a4e-1111111111"


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def test_places_are_filled_from_the_item_but_never_with_the_voter(reception_day, office):
    factory.make_village("LJ冲")
    visit = factory.make_visit(reception_day, voter_name="张三丰", phone="13812341234")
    item = factory.make_item(visit, "handling", title="修路", number="2020-J001")

    text = "；".join(f"【{place}】" for place in PLACES)

    assert filled(text, item, office) == (
        "2020-J001；修路；村村通道路；2020年8月15日；LJ冲；第一代表小组；镇交通管理站；田家明"
    )
    assert filled("【来访人】【电话】", item, office) == "【来访人】【电话】"


def test_a_unit_is_not_told_who_received_the_voter_nor_where_in_confidence(unit):
    visit = factory.make_visit(village=factory.make_village("LJ冲"))
    secret = factory.make_visit(village=visit.village, confidential=True)

    assert [
        filled("【村名】【代表小组】", factory.make_item(each, "handling"), unit)
        for each in (visit, secret)
    ] == ["LJ冲【代表小组】", "【村名】【代表小组】"]


def test_what_the_item_does_not_know_stays_open(office):
    item = factory.make_item()

    assert (
        filled("【主办单位】已于【日期】修好【标题】", item, office)
        == "【主办单位】已于【日期】修好1号意见"
    )
    assert open_places("【主办单位】已于【日期】修好") == ["【主办单位】", "【日期】"]
    assert open_places("镇政发〔2020〕1号") == []


def test_the_office_keeps_them(client):
    township = factory.make_township()
    township.outcome_labels = "办成/在办/列入计划/解释"
    township.save()
    topic = factory.make_topic("道路")
    sent = {"title": "修好", "outcome": "A", "topic": topic.pk, "text": "已修好。"}

    client.post("/reply-templates/add/", sent | {"submission": f"{TOKEN}11"})
    twice = client.post("/reply-templates/add/", sent | {"submission": f"{TOKEN}22"})
    general = {"title": "解释", "outcome": "D", "text": "说明如下。", "submission": f"{TOKEN}33"}
    client.post("/reply-templates/add/", general)

    assert twice.context["form"].non_field_errors() == ["已有同名模板。"]
    rows = client.get("/reply-templates/").context["rows"]
    assert [[cell["text"] for cell in cells] for _, cells in rows] == [
        ["修好", "A 办成", "道路", "已修好。"],
        ["解释", "D 解释", "各类别通用", "说明如下。"],
    ]
    kept = ReplyTemplate.objects.get(title="修好")
    client.post(
        f"/reply-templates/{kept.pk}/edit/", sent | {"version": 1, "text": "已于【日期】修好。"}
    )
    kept.refresh_from_db()
    assert (kept.text, kept.version) == ("已于【日期】修好。", 2)
    client.post(f"/reply-templates/{kept.pk}/delete/")
    assert list(ReplyTemplate.objects.values_list("title", flat=True)) == ["解释"]


def test_the_list_costs_the_same_for_many(client, queries_of):
    ReplyTemplate.objects.create(title="1", outcome="A", text="好。")
    few = queries_of(client, "/reply-templates/")
    for number in range(2, 5):
        topic = factory.make_topic(f"{number}号类别")
        ReplyTemplate.objects.create(title=f"{number}", outcome="A", text="好。", topic=topic)

    assert queries_of(client, "/reply-templates/") == few


def test_a_new_township_starts_with_the_usual_ones(client, office):
    assert "填入常用模板" in client.get("/reply-templates/").content.decode()
    ReplyTemplate.objects.create(title="列入计划", outcome="C", text="本镇自己的说法。")

    said = client.post("/reply-templates/usual/", follow=True).context["messages"]

    assert [str(message) for message in said] == ["已填入5个常用模板，可以按本镇的说法修改。"]
    assert ReplyTemplate.objects.get(title="列入计划").text == "本镇自己的说法。"
    assert ReplyTemplate.objects.count() == len(USUAL_TEMPLATES)
    assert add_usual_templates(user=office) == 0
    assert "填入常用模板" not in client.get("/reply-templates/").content.decode()


def test_the_usual_ones_name_every_outcome_and_leave_what_only_the_writer_knows(office):
    item = factory.make_item(state="handling")

    assert {outcome for _, outcome, _ in USUAL_TEMPLATES} == set("ABCD")
    assert all(open_places(filled(text, item, office)) for _, _, text in USUAL_TEMPLATES)
