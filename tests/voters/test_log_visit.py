"""Logging a visit: one page, all or nothing."""

import uuid

import pytest
from django.urls import reverse

from congress.models import RunningNumber
from tests import factory
from voters.models import FeedbackItem, FeedbackStep, ReceptionDay, Visit

URL = "/visits/add/"


@pytest.fixture
def form(reception_day):
    """What the page sends for a visit without an item."""
    return {
        "submission": str(uuid.uuid4()),
        "day": reception_day.pk,
        "received_by": list(reception_day.on_duty.values_list("pk", flat=True)),
        "voter_name": "张三丰",
        "village": factory.make_village("XX").pk,
        "phone": "13812341234",
        "persons": "3",
        "channel": "in_person",
        "words": "门口的路坏了，晚上看不见。",
        "answer": "",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-topic": "",
    }


def item(number, title, **fields):
    values = {
        "topic": factory.make_topic().pk,
        "title": title,
        "summary": f"{title}。",
        "lead_unit": "",
        "responsible": "",
        **fields,
    }
    return {f"items-{number}-{name}": value for name, value in values.items()}


def test_a_visit_with_two_items_is_saved_together(form, office, logged_in):
    unit = factory.make_unit(contact="田家明")
    form |= {"items-TOTAL_FORMS": "2"} | item(0, "修路", lead_unit=unit.pk) | item(1, "装路灯")

    response = logged_in(office).post(URL, form, follow=True)

    visit = Visit.objects.get()
    assert response.redirect_chain == [(visit.get_absolute_url(), 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "已登记2020-001号来访；意见2020-J001交镇交通管理站办理，期限9月30日；"
        f'意见2020-J002待交办。<a href="/visits/add/?day={visit.day_id}">再登记一次来访</a>'
    ]
    assert (visit.number, visit.voter_name, visit.persons, visit.logged_by) == (
        "2020-001",
        "张三丰",
        3,
        office,
    )
    assert set(visit.received_by.all()) == set(visit.day.on_duty.all())
    assert list(
        visit.items.order_by("pk").values_list(
            "number", "title", "state", "lead_unit", "responsible", "source"
        )
    ) == [
        ("2020-J001", "修路", "assigned", unit.pk, "田家明", "visit"),
        ("2020-J002", "装路灯", "registered", None, "", "visit"),
    ]
    assert list(
        FeedbackStep.objects.order_by("pk").values_list(
            "item__number", "user__username", "from_state", "to_state"
        )
    ) == [
        ("2020-J001", "office", "", "registered"),
        ("2020-J001", "office", "registered", "assigned"),
        ("2020-J002", "office", "", "registered"),
    ]


def test_an_error_in_the_second_item_saves_nothing_and_keeps_what_was_typed(
    form, office, logged_in
):
    form |= {"items-TOTAL_FORMS": "2"} | item(0, "修路") | item(1, "装路灯", summary="")

    response = logged_in(office).post(URL, form)

    assert (Visit.objects.count(), FeedbackItem.objects.count()) == (0, 0)
    assert response.context["rows"].errors == [{}, {"summary": ["请填写这一项。"]}]
    assert [row["title"].value() for row in response.context["rows"]] == ["修路", "装路灯"]
    assert "第2条意见，内容" in response.content.decode()


def test_an_error_while_saving_rolls_everything_back(form, office, logged_in, monkeypatch):
    def fail(**kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr("voters.actions.visits.register_item", fail)
    form |= item(0, "修路")

    with pytest.raises(RuntimeError):
        logged_in(office).post(URL, form)

    assert (Visit.objects.count(), RunningNumber.objects.count()) == (0, 0)


def test_numbers_go_on_after_those_of_the_ledger(form, office, logged_in, reception_day):
    factory.make_visit(reception_day, number="2020-054")
    factory.make_item(Visit.objects.get(), number="2020-J033")
    client = logged_in(office)

    for title in ("修路", "装路灯"):
        client.post(URL, form | {"submission": str(uuid.uuid4())} | item(0, title))

    assert sorted(Visit.objects.values_list("number", flat=True)) == [
        "2020-054",
        "2020-055",
        "2020-056",
    ]
    assert sorted(FeedbackItem.objects.values_list("number", flat=True)) == [
        "2020-J033",
        "2020-J034",
        "2020-J035",
    ]


def test_the_year_of_the_number_is_that_of_the_day(form, office, logged_in, set_today):
    set_today("2021-01-10")
    group = factory.make_group(1)
    old_day = factory.make_reception_day("2020-12-15", group)
    form |= {"day": old_day.pk, "received_by": [old_day.on_duty.get().pk]}

    logged_in(office).post(URL, form | item(0, "修路"))

    assert Visit.objects.get().number == "2020-001"
    assert FeedbackItem.objects.get().number == "2020-J001"


def test_a_second_click_makes_no_second_visit(form, office, logged_in):
    client = logged_in(office)
    form |= item(0, "修路")

    first = client.post(URL, form)
    second = client.post(URL, form, follow=True)

    assert second.redirect_chain == [(first.url, 302)]
    assert [str(message) for message in second.context["messages"]][-1] == (
        "这份表单已经保存过，没有重复登记。"
    )
    assert (Visit.objects.count(), FeedbackItem.objects.count()) == (1, 1)


@pytest.mark.parametrize("state", ["planned", "announced"])
def test_a_visit_makes_its_day_held(form, office, logged_in, reception_day, state):
    ReceptionDay.objects.update(state=state)

    logged_in(office).post(URL, form)

    reception_day.refresh_from_db()
    assert (reception_day.state, reception_day.version) == ("held", 2)


def test_a_visitor_after_all(form, office, logged_in, reception_day):
    ReceptionDay.objects.update(no_visitors=True)

    logged_in(office).post(URL, form)

    reception_day.refresh_from_db()
    assert reception_day.no_visitors is False


def test_who_was_not_on_duty_received_nobody(form, office, logged_in):
    other = factory.make_membership(factory.make_group(1)).mandate

    response = logged_in(office).post(URL, form | {"received_by": [other.pk]})

    assert list(response.context["form"].errors) == ["received_by"]
    assert Visit.objects.count() == 0


def test_a_unit_without_contact_needs_a_responsible_person(form, office, logged_in):
    unit = factory.make_unit("镇水利站", contact="")

    response = logged_in(office).post(URL, form | item(0, "修渠", lead_unit=unit.pk))

    assert response.context["rows"].errors == [
        {"responsible": ["该单位没有登记联系人，请填写责任人。"]}
    ]


def test_the_page_begins_with_the_latest_day_and_its_delegates(reception_day, office, logged_in):
    factory.make_reception_day("2020-09-15", reception_day.group, state="planned")
    factory.make_reception_day("2020-07-15", reception_day.group)

    form = logged_in(office).get(URL).context["form"]

    assert form["day"].value() == reception_day.pk
    assert [str(day.date) for day in form.fields["day"].queryset] == ["2020-08-15", "2020-07-15"]
    assert set(form["received_by"].value()) == set(
        reception_day.on_duty.values_list("pk", flat=True)
    )


def test_another_day_offers_its_delegates_without_script(form, office, logged_in, reception_day):
    earlier = factory.make_reception_day("2020-07-15", reception_day.group)

    response = logged_in(office).post(URL, form | {"day": earlier.pk, "choose_day": "1"})

    shown = response.context["form"]
    duty = [earlier.on_duty.get().pk]
    assert [mandate.pk for mandate in shown.fields["received_by"].queryset] == duty
    assert shown["received_by"].value() == [str(key) for key in duty]
    assert (shown["voter_name"].value(), dict(shown.errors)) == ("张三丰", {})
    assert Visit.objects.count() == 0


def test_one_more_row_without_script(form, office, logged_in):
    form |= {"more": "1", "voter_name": ""} | item(0, "修路", summary="")

    response = logged_in(office).post(URL, form)

    rows = response.context["rows"]
    assert [row["title"].value() for row in rows.forms] == ["修路", None]
    assert (rows.errors, dict(response.context["form"].errors)) == ([{}, {}], {})
    assert Visit.objects.count() == 0


def test_a_day_to_come_or_cancelled_takes_no_visit(form, office, logged_in, reception_day):
    client = logged_in(office)
    for date, state in (("2020-09-15", "planned"), ("2020-06-15", "cancelled")):
        other = factory.make_reception_day(date, reception_day.group, state=state)
        response = client.post(
            URL, form | {"day": other.pk, "received_by": [other.on_duty.get().pk]}
        )
        assert "day" in response.context["form"].errors
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("role", ["chair", "leader", "unit", "delegate", "auditor"])
def test_only_the_office_logs_visits(form, cast, logged_in, role):
    assert logged_in(cast[role]).post(URL, form).status_code == 403
    assert Visit.objects.count() == 0


def test_without_a_day_the_page_says_what_to_do(office, logged_in):
    page = logged_in(office).get(URL).content.decode()

    assert f'没有可登记的接待日，请先<a href="{reverse("receptionday_add")}">添加接待日</a>' in page
