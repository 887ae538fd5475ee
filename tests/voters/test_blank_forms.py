"""Numbered registration forms: a number is given once, whoever prints or logs at the same time."""

import threading
import uuid

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from congress.models import RunningNumber
from tests import factory
from voters.actions import log_visit
from voters.actions.blank_forms import number_forms
from voters.models import BlankForm, ReceptionDay, Visit

URL = "/forms/"
CLERKS = 20


def numbers(forms=None):
    forms = BlankForm.objects.all() if forms is None else forms
    return list(forms.order_by("pk").values_list("number", flat=True))


def visit_data(day, **fields):
    """What the page sends for a visit without an item."""
    return {
        "submission": str(uuid.uuid4()),
        "day": day.pk,
        "received_by": list(day.on_duty.values_list("pk", flat=True)),
        "voter_name": "张三丰",
        "village": factory.make_village().pk,
        "persons": "1",
        "channel": "in_person",
        "words": "门口的路坏了。",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-0-topic": "",
        **fields,
    }


# Numbers


def test_forms_and_visits_share_one_series(reception_day, office):
    factory.make_visit(reception_day)
    number_forms(user=office, count=3)
    visit = Visit(
        day=reception_day, voter_name="李四", village=factory.make_village(), words="路灯不亮。"
    )
    log_visit(user=office, visit=visit, received_by=reception_day.on_duty.all())
    number_forms(user=office, count=2, day=reception_day)

    assert numbers() == ["2020-002", "2020-003", "2020-004", "2020-006", "2020-007"]
    assert visit.number == "2020-005"


def test_printed_numbers_are_taken_though_the_counter_was_lost(reception_day, office):
    number_forms(user=office, count=3)
    RunningNumber.objects.all().delete()
    visit = Visit(
        day=reception_day, voter_name="李四", village=factory.make_village(), words="路灯不亮。"
    )
    log_visit(user=office, visit=visit, received_by=reception_day.on_duty.all())

    assert visit.number == "2020-004"


def test_forms_bear_the_year_of_their_day(office, set_today):
    set_today("2020-12-20")
    day = factory.make_reception_day("2021-01-15", state="planned")
    number_forms(user=office, count=1, day=day)
    number_forms(user=office, count=1)

    assert numbers() == ["2021-001", "2020-001"]


@pytest.mark.parametrize("count", [0, 51])
def test_a_batch_has_one_to_fifty_forms(count, office):
    with pytest.raises(ValidationError) as caught:
        number_forms(user=office, count=count)

    assert caught.value.message_dict == {"count": ["一批印1至50份。"]}
    assert RunningNumber.objects.count() == 0


def test_no_forms_for_a_cancelled_day(office):
    day = factory.make_reception_day(state="cancelled")
    with pytest.raises(ValidationError) as caught:
        number_forms(user=office, count=1, day=day)

    assert caught.value.message_dict == {"day": ["这个接待日已取消，不用印登记表。"]}


def test_only_the_office_numbers_forms(leader):
    with pytest.raises(PermissionDenied):
        number_forms(user=leader, count=1)


@pytest.mark.django_db
@pytest.mark.parametrize("forms", [1, 50])
def test_a_batch_costs_as_many_queries_for_any_number(forms, office, django_assert_num_queries):
    number_forms(user=office, count=1)

    with django_assert_num_queries(8):
        number_forms(user=office, count=forms)


# All at once


@pytest.fixture
def at_once():
    """Return a function that runs functions in threads of their own, all starting together."""

    def run(functions):
        start, outcomes = threading.Barrier(len(functions)), []

        def work(function):
            try:
                start.wait(timeout=60)
                outcomes.append(function())
            except Exception as error:
                outcomes.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=(function,)) for function in functions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    return run


@pytest.mark.django_db(transaction=True)
def test_no_number_twice_among_twenty_clerks(at_once, office, secretary):
    """20 requests number 5 forms each while 5 visits are logged."""
    factory.make_township()
    day = factory.make_reception_day()
    village = factory.make_village()
    clients = [Client() for _ in range(CLERKS + 5)]
    for position, client in enumerate(clients):
        client.force_login((office, secretary)[position % 2])

    def print_forms(client):
        return lambda: client.post(URL, {"count": 5, "submission": str(uuid.uuid4())}).status_code

    def log(client):
        data = visit_data(day, village=village.pk)
        return lambda: client.post("/visits/add/", data).status_code

    outcomes = at_once(
        [print_forms(client) for client in clients[:CLERKS]]
        + [log(client) for client in clients[CLERKS:]]
    )

    assert outcomes == [302] * 25
    given = numbers() + list(Visit.objects.values_list("number", flat=True))
    assert sorted(given) == [f"2020-{number:03d}" for number in range(1, 106)]
    batches = [
        numbers(BlankForm.objects.filter(batch=batch))
        for batch in BlankForm.objects.values_list("batch", flat=True).order_by().distinct()
    ]
    assert [len(batch) for batch in batches] == [5] * CLERKS


@pytest.mark.django_db(transaction=True)
def test_one_form_is_logged_once_though_two_type_it_in(at_once, office, secretary):
    factory.make_township()
    day = factory.make_reception_day()
    form = number_forms(user=office, count=1, day=day)[0]
    requests = []
    for user in (office, secretary):
        client = Client()
        client.force_login(user)
        data = visit_data(day, form_number=form.number)
        requests.append(lambda client=client, data=data: client.post("/visits/add/", data))

    outcomes = at_once(requests)

    assert sorted(response.status_code for response in outcomes) == [200, 302]
    assert list(Visit.objects.values_list("number", flat=True)) == [form.number]
    refused = next(response for response in outcomes if response.status_code == 200)
    page = refused.content.decode()
    assert "2020-001号登记表已经登记过来访" in page
    assert 'value="张三丰"' in page


# Pages


def test_numbering_leads_to_the_batch_once(office, logged_in):
    client = logged_in(office)
    day = factory.make_reception_day("2020-09-15", state="planned")
    data = {"count": "3", "day": day.pk, "submission": str(uuid.uuid4())}
    first, second = client.post(URL, data), client.post(URL, data)
    page = client.get(first.url).content.decode()

    form = BlankForm.objects.first()
    assert first.url == second.url == reverse("form_batch", args=[form.batch])
    assert [str(message) for message in get_messages(second.wsgi_request)] == [
        "这份表单已经提交过，没有重复编号。"
    ]
    assert numbers() == ["2020-001", "2020-002", "2020-003"]
    assert (form.day, form.printed_by) == (day, office)
    assert "共3份，已用0份" in page
    assert reverse("form_batch_pdf", args=[form.batch]) in page


@pytest.mark.parametrize("count", ["0", "51", "", "十"])
def test_counts_that_cannot_be(count, office, logged_in):
    response = logged_in(office).post(URL, {"count": count, "submission": str(uuid.uuid4())})

    assert list(response.context["form"].errors) == ["count"]
    assert numbers() == []


def test_list_tells_used_from_unused(office, logged_in):
    day = factory.make_reception_day()
    number_forms(user=office, count=3, day=day)
    number_forms(user=office, count=1)
    factory.make_visit(day, number="2020-002")
    rows = logged_in(office).get(URL).context["rows"]

    assert [
        (row["first_number"], row["last_number"], row["group"], row["used"], row["unused"])
        for row in rows
    ] == [
        ("2020-004", "2020-004", "", 0, 1),
        ("2020-001", "2020-003", "第一代表小组", 1, 2),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_as_many_queries_for_any_number(rows, office, logged_in, queries_of):
    for month in range(1, rows + 1):
        day = factory.make_reception_day(f"2020-0{month}-15")
        number_forms(user=office, count=2, day=day)

    assert queries_of(logged_in(office), URL) == 7


def test_printed_again_a_batch_has_the_same_numbers(office, logged_in):
    factory.make_township()
    form = number_forms(user=office, count=1)[0]
    client = logged_in(office)
    address = reverse("form_batch_pdf", args=[form.batch])
    first, second = client.get(address), client.get(address)

    assert first.content == second.content
    assert numbers() == ["2020-001"]


def test_a_number_opens_the_page_to_fill_in_and_then_its_visit(office, logged_in):
    day = factory.make_reception_day()
    factory.make_reception_day("2020-08-16")
    form = number_forms(user=office, count=1, day=day)[0]
    client = logged_in(office)
    address = reverse("form_open", args=[form.number])
    page = client.get(address, follow=True)
    visit_form = page.context["form"]

    assert page.redirect_chain == [("/visits/add/?form=2020-001", 302)]
    assert (visit_form["form_number"].value(), visit_form["day"].value()) == ("2020-001", day.pk)

    logged = client.post("/visits/add/?form=2020-001", visit_data(day, form_number="2020-001"))
    visit = Visit.objects.get()
    assert (visit.number, logged.url) == ("2020-001", visit.get_absolute_url())
    assert client.get(address).url == visit.get_absolute_url()


def test_the_second_is_led_to_the_visit_and_loses_nothing(office, logged_in):
    day = factory.make_reception_day()
    form = number_forms(user=office, count=1, day=day)[0]
    visit = factory.make_visit(day, number=form.number)
    page = logged_in(office).post(
        "/visits/add/?form=2020-001", visit_data(day, form_number=form.number)
    )

    assert Visit.objects.count() == 1
    assert f'<a href="{visit.get_absolute_url()}">打开2020-001号</a>' in page.content.decode()
    assert page.context["form"]["words"].value() == "门口的路坏了。"


def test_a_form_of_another_year_is_refused(office, logged_in, set_today):
    form = number_forms(user=office, count=1)[0]
    set_today("2021-01-20")
    day = factory.make_reception_day("2021-01-15")
    page = logged_in(office).post("/visits/add/", visit_data(day, form_number=form.number))

    assert page.context["form"].errors == {"form_number": ["2020-001号登记表不是接待日当年的。"]}
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("typed", ["2020-001", "1", " 001 ", "２０２０－００１", "１"])
def test_typed_numbers(typed, office, logged_in):
    number_forms(user=office, count=1)
    response = logged_in(office).get(URL, {"number": typed})

    assert response.url == reverse("form_open", args=["2020-001"])


@pytest.mark.parametrize("typed", ["2020-002", "9", "²", "张三"])
def test_unknown_numbers_are_told(typed, office, logged_in):
    number_forms(user=office, count=1)
    client = logged_in(office)
    response = client.get(URL, {"number": typed})

    assert "请核对号码" in response.content.decode()
    assert client.get(reverse("form_open", args=[typed])).status_code == 404


def test_unknown_batch_is_not_found(office, logged_in):
    client = logged_in(office)
    missing = uuid.uuid4()

    assert [
        client.get(reverse(name, args=[missing])).status_code
        for name in ("form_batch", "form_batch_pdf")
    ] == [404, 404]


def test_days_offered_for_forms(office, logged_in):
    for date, state in (
        ("2020-07-15", "held"),
        ("2020-09-15", "planned"),
        ("2020-10-15", "cancelled"),
    ):
        factory.make_reception_day(date, state=state)
    page = logged_in(office).get(URL)

    assert list(page.context["form"].fields["day"].queryset.values_list("date", flat=True)) == list(
        ReceptionDay.objects.filter(state="planned").values_list("date", flat=True)
    )
