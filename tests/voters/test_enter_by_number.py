"""凭编号录入: what a number opens, and that sheet after sheet is typed in without a mouse."""

import pytest
from django.urls import reverse

from tests import factory
from tests.factory import day
from voters.actions import take_step
from voters.item_numbers import item_number
from voters.models import FeedbackItem

from .item_steps import values

pytestmark = pytest.mark.django_db

URL = "/items/enter/"


@pytest.mark.parametrize(
    "typed",
    [
        "2020-J041",
        " 2020-j41 ",
        "2020J041",
        "2020-41",
        "j41",
        "J041",
        "41",
        "041",
        "２０２０－Ｊ０４１",
        "２０２０—Ｊ０４１",
        "４１",
        "https://rd.example/items/number/2020-J041/",
        "HTTPS://RD.EXAMPLE/ITEMS/NUMBER/2020-J041/",
        "https：、、rd。example、items、number、2020-J041、",
        "https：／／rd．example／items／number／２０２０－Ｊ０４１／",
        "http://testserver/items/number/2020%2DJ041/",
    ],
)
def test_what_people_and_scanners_type(typed):
    assert item_number(typed, 2020) == "2020-J041"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2019-j7", "2019-J007"), ("1234", "2020-J1234"), ("张三", "张三"), ("²", "²"), ("J", "J")],
)
def test_other_years_and_what_is_no_number(typed, number):
    assert item_number(typed, 2020) == number


@pytest.mark.parametrize("running", [1, 41, 999, 1000, 123456789])
def test_a_number_is_read_from_its_address(running):
    number = f"2019-J{running:03d}"
    address = f"https://rd.example{reverse('feedbackitem_open', args=[number])}"

    assert item_number(address, 2020) == number


@pytest.fixture
def client(office, logged_in):
    factory.make_township()
    return logged_in(office)


def opened(client, item):
    return client.get(URL, {"number": item.number}).url


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("registered", "assign"),
        ("assigned", "sign"),
        ("signed", "reply"),
        ("handling", "reply"),
        ("replied", "inform"),
        ("told", "close"),
    ],
)
def test_a_number_opens_what_its_sheet_says(state, step, client):
    item = factory.make_item(state=state)
    address = opened(client, item)

    assert address == f"/items/{item.pk}/{step}/?sheet=1"
    assert client.get(address).status_code == 200


def test_what_has_ended_opens_itself(client):
    item = factory.make_item(state="closed")
    response = client.get(URL, {"number": "1"}, follow=True)

    assert response.redirect_chain == [(item.get_absolute_url(), 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "2020-J001号现在是“办结”，无需录入。"
    ]


def test_the_page_offers_what_else_the_sheet_may_say(client):
    item = factory.make_item(state="assigned")
    page = client.get(opened(client, item))

    assert page.context["other_steps"] == [
        (label, f"/items/{item.pk}/{step}/?sheet=1")
        for label, step in [
            ("协办意见", "contribute"),
            ("答复", "reply"),
            ("申请延期", "ask_extension"),
            ("延期", "extend"),
            ("退回", "send_back"),
        ]
    ]
    assert page.context["cancel_url"] == URL
    assert "other_steps" not in client.get(f"/items/{item.pk}/sign/").context


def test_after_a_reply_the_next_sheet(client):
    item = factory.make_item(state="assigned")
    sent = {"version": 1, "replied_on": "2020-08-19", "outcome": "A", "reply": "修好了。"}
    response = client.post(f"/items/{item.pk}/reply/?sheet=1", sent, follow=True)

    assert response.redirect_chain == [(URL, 302)]
    assert values(item, "state", "replied_on") == ("replied", day("2020-08-19"))
    assert [str(message) for message in response.context["messages"]] == [
        "2020-J001号：答复已记录，现在是“已答复”。"
        f'<a href="/items/{item.pk}/inform/?sheet=1">接着录入告知</a>'
    ]


def test_what_is_refused_stays_on_its_sheet(client):
    item = factory.make_item(state="assigned")
    address = f"/items/{item.pk}/reply/?sheet=1"
    refused = client.post(address, {"version": 1, "outcome": "A", "reply": ""})

    assert refused.status_code == 200
    assert set(refused.context["form"].errors) == {"reply", "replied_on"}
    assert refused.context["cancel_url"] == URL


def test_a_unit_is_not_led_there(unit, logged_in):
    item = factory.make_item(state="assigned")
    item.lead_unit.accounts.add(unit)
    client = logged_in(unit)

    assert "other_steps" not in client.get(f"/items/{item.pk}/sign/?sheet=1").context
    sent = {"version": 1, "signed_on": "2020-08-20", "signed_by": "田家明"}
    signed = client.post(f"/items/{item.pk}/sign/?sheet=1", sent)
    assert signed.url == item.get_absolute_url()


def test_an_unknown_number_says_what_to_check(client):
    page = client.get(URL, {"number": "j9"})

    assert page.context["form"].errors == {
        "number": [
            "没有2020-J009号意见建议。请对照纸上的编号核对年份和号码，"
            "往年的请连年份一起输入，如2019-J041。"
        ]
    }


def test_the_same_number_of_another_year_is_offered(client):
    FeedbackItem.objects.filter(pk=factory.make_item(state="assigned").pk).update(
        number="2019-J009"
    )
    page = client.get(URL, {"number": "9"}).content.decode()

    assert '是不是<a href="/items/enter/?number=2019-J009">2019-J009 1号意见</a>？' in page


def test_numbers_of_ledgers_are_found_as_they_stand(client):
    item = factory.make_item(state="assigned", number="镇意见〔2020〕3号")
    address = reverse("feedbackitem_open", args=[item.number])

    assert opened(client, item) == f"/items/{item.pk}/sign/?sheet=1"
    scanned = client.get(URL, {"number": f"http://testserver{address}"})
    assert scanned.url == f"/items/{item.pk}/sign/?sheet=1"


def test_an_empty_field_asks_for_a_number(client):
    page = client.get(URL, {"number": " "})

    assert list(page.context["form"].errors) == ["number"]
    assert "autofocus" in page.content.decode()
    assert client.get(URL).context["form"].is_bound is False


def test_what_a_batch_left_behind_is_told(client, office):
    item = factory.make_item(state="handling")
    take_step(user=office, item=item, step="merge", follows=factory.make_item(state="assigned"))

    assert opened(client, item) == item.get_absolute_url()


def test_the_next_number_is_not_typed_in_front_of_a_wrong_one(client):
    page = client.get(URL, {"number": "j9"})

    assert page.context["form"]["number"].value() == ""
