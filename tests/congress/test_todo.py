"""待办: what waits for each role, in the list, on the dashboard and by e-mail."""

import pytest
from django.core import mail
from django.core.management import call_command

from congress.models import Township
from congress.periods import today
from congress.todo import todos_of
from tests import factory
from tests.emptying import rows_may_go
from tests.factory import day
from voters.actions import take_step
from voters.models import Commitment, FeedbackItem
from voters.queues import QUEUES

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(office, unit, set_today):
    """Items in many states on 2020-08-20, all of group 1 and of the unit."""
    set_today("2020-08-20")
    factory.make_township()
    own = factory.make_unit()
    own.accounts.add(unit)
    visit = factory.make_visit(factory.make_reception_day(group=factory.make_group(1)))
    days = {"assigned": "2020-08-27", "signed": "2020-08-19", "handling": "2020-09-30"}
    items = {
        state: factory.make_item(
            visit, state, **({"due_on": day(days[state])} if state in days else {})
        )
        for state in ("registered", "assigned", "signed", "handling", "replied", "told", "closed")
    }
    Commitment.objects.create(item=items["closed"], text="明年修好", due_on=day("2020-08-25"))
    take_step(user=office, item=items["handling"], step="remind", note="请尽快答复")
    return items


def told(user):
    return [(todo.label, todo.count, todo.urgency) for todo in todos_of(user, today())]


def test_what_waits_for_whom(life, office, chair, leader, other_leader, unit, delegate, auditor):
    take_step(user=chair, item=life["assigned"], step="supervise", note="请抓紧")
    chair_and_office = [("逾期未答复", 1, "overdue"), ("督办中", 1, "due-soon")]

    assert told(office) == [
        *chair_and_office,
        ("将到期", 1, "due-soon"),
        ("承诺到期", 1, "due-soon"),
        ("待交办", 1, ""),
        ("已交办，待签收", 1, "in-hand"),
        ("已答复，待告知", 1, "in-hand"),
        ("已告知，待办结", 1, "in-hand"),
    ]
    assert told(chair) == [*chair_and_office, ("将到期", 1, "due-soon")]
    assert told(leader) == [
        ("逾期未答复", 1, "overdue"),
        ("将到期", 1, "due-soon"),
        ("已答复，待告知", 1, "in-hand"),
    ]
    assert told(unit) == [
        ("已逾期", 1, "overdue"),
        ("将到期", 1, "due-soon"),
        ("被催办", 1, "due-soon"),
        ("待签收", 1, "in-hand"),
        ("待答复", 2, "in-hand"),
    ]
    assert (told(other_leader), told(delegate), told(auditor)) == ([], [], [])


def test_a_delegate_follows_those_received_in_person(life, delegate):
    visit = FeedbackItem.objects.first().visit
    visit.received_by.add(delegate.delegate.mandates.get())

    assert told(delegate) == [
        ("您接待、提出的意见有了答复", 1, "in-hand"),
        ("您接待、提出的意见正在办理", 3, ""),
    ]


@pytest.mark.parametrize("role", ["office", "chair", "leader", "unit", "delegate"])
def test_each_number_is_the_length_of_its_list(role, life, request, logged_in):
    user = request.getfixturevalue(role)
    client = logged_in(user)

    counted = {todo.label: todo.count for todo in todos_of(user, today())}
    listed = {
        todo.label: client.get(todo.address).context["page_obj"].paginator.count
        for todo in todos_of(user, today())
    }

    assert listed == counted


def test_the_page_names_what_to_do(life, unit, logged_in):
    page = logged_in(unit).get("/todo/")

    overdue, samples = page.context["todos"][0]
    assert (overdue.label, overdue.advice) == ("已逾期", "请尽快答复。")
    assert [(each.words, each.when, each.address) for each in samples] == [
        (str(life["signed"]), "期限2020-08-19", life["signed"].get_absolute_url())
    ]


def test_queries_do_not_grow(life, office, logged_in, queries_of):
    client = logged_in(office)
    one = queries_of(client, "/todo/")
    visit = life["registered"].visit
    for state in ("registered", "assigned", "signed", "replied", "told"):
        factory.make_item(visit, state)
        factory.make_item(visit, state)

    assert queries_of(client, "/todo/") == one


def test_every_queue_has_somebody(cast):
    assert [
        queue.key
        for queue in QUEUES.values()
        if not any(queue.whose(user) for user in cast.values())
    ] == []


@pytest.fixture
def mail_server(settings):
    settings.EMAIL_HOST = "mail.example.gov.cn"
    settings.DEFAULT_FROM_EMAIL = "rd@example.gov.cn"


def reminded(on, set_today):
    """Subject and text of each letter sent that day, by address."""
    set_today(on)
    mail.outbox.clear()
    call_command("send_reminders", verbosity=0)
    return {letter.to[0]: (letter.subject, letter.body) for letter in mail.outbox}


def test_letters_go_out_on_the_days_of_reminding(life, office, unit, set_today, mail_server):
    """Due 27 August: 7 days before, on the day, and every 3 days after."""
    unit.email = "unit@example.gov.cn"
    unit.save()
    with rows_may_go():
        FeedbackItem.objects.exclude(pk=life["assigned"].pk).delete()
    FeedbackItem.objects.update(assigned_on=day("2020-08-01"))

    days = [f"2020-08-{number}" for number in range(19, 32)]
    assert [on for on in days if reminded(on, set_today)] == [
        "2020-08-20",
        "2020-08-27",
        "2020-08-30",
    ]
    assert reminded("2020-08-30", set_today) == {
        "unit@example.gov.cn": (
            "镇人大待办提醒（2020-08-30）",
            "村建中心：\n已逾期：1条。请尽快答复。\n"
            "待签收：1条。请签收；不属于本单位职责的，请在期限内退回。",
        )
    }


def test_without_a_mail_server_nothing_is_sent(life, office, capsys):
    Township.objects.update(remind_before_days=7)
    office.email = "office@example.gov.cn"
    office.save()

    call_command("send_reminders")

    assert capsys.readouterr().out == "没有配置邮件服务（EMAIL_HOST），没有发送。\n"
    assert mail.outbox == []
