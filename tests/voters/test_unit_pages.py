"""What a handling unit is shown: its list, its filters, its trail, and what an empty list says."""

import io

import openpyxl
import pytest

from tests import factory
from voters.actions import take_step
from voters.handling import NO_UNIT, NOTHING_YET

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(unit):
    own = factory.make_unit()
    own.accounts.add(unit)
    return own


@pytest.fixture
def client(unit, logged_in):
    return logged_in(unit)


def test_the_list_and_its_workbook(client, own):
    open_item = factory.make_item(state="signed", lead_unit=own)
    discreet = factory.make_item(factory.make_visit(confidential=True), "replied", lead_unit=own)
    factory.make_item(state="assigned", lead_unit=factory.make_unit("镇水利站"))

    file = client.get("/items/", {"export": "xlsx"}).getvalue()

    village = open_item.visit.village.name
    assert list(openpyxl.load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True)) == [
        (
            "编号",
            "标题",
            "状态",
            "期限",
            "类别",
            "主办单位",
            "村",
            "交办日期",
            "签收日期",
            "答复日期",
        ),
        (
            discreet.number,
            discreet.title,
            "已答复",
            "2020-09-28",
            "村村通道路",
            own.name,
            None,
            "2020-08-17",
            "2020-08-17",
            "2020-08-18",
        ),
        (
            open_item.number,
            open_item.title,
            "签收",
            "2020-09-28",
            "村村通道路",
            own.name,
            village,
            "2020-08-17",
            "2020-08-17",
            None,
        ),
    ]


def test_filters_offer_what_occurs_among_the_own_items(client, own):
    item = factory.make_item(state="signed", lead_unit=own)
    factory.make_item(
        state="signed",
        topic=factory.make_topic("征地拆迁"),
        lead_unit=factory.make_unit("镇水利站"),
    )

    form = client.get("/items/").context["filter"].form

    assert list(form.fields["topic"].queryset) == [item.topic]
    assert list(form.fields["lead_unit"].queryset) == [own]
    assert {"group", "village"} & set(form.fields) == set()
    assert "registered" not in dict(form.fields["state"].choices)


def test_an_empty_list_says_why(client, unit):
    assert NO_UNIT in client.get("/items/").content.decode()
    factory.make_unit().accounts.add(unit)
    assert NOTHING_YET in client.get("/items/").content.decode()


def test_as_many_queries_for_one_item_as_for_three(client, own, queries_of):
    factory.make_item(state="signed", lead_unit=own)
    queries_of(client, "/items/")
    one = queries_of(client, "/items/")
    for _ in range(2):
        factory.make_item(state="signed", lead_unit=own)

    assert queries_of(client, "/items/") == one


def test_the_trail_begins_with_the_present_handling(client, own, office):
    former = factory.make_unit("镇水利站")
    item = factory.make_item(state="signed", lead_unit=former)
    take_step(user=office, item=item, step="record", note="水利站已查看")
    take_step(user=office, item=item, step="reassign", note="属道路问题", lead_unit=own)
    take_step(user=office, item=item, step="remind", note="请尽快办理")

    told = [step.words for step in client.get(item.get_absolute_url()).context["steps"]]

    assert told == [
        "改办：属道路问题\n原主办单位：镇水利站，原办理期限：2020-09-28",
        "催办：请尽快办理",
    ]
