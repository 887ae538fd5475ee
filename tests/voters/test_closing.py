"""The end of a reception day: checks, a recorded zero, nothing more without reopening."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from tests import factory
from voters.actions import close_day, correct_visit, log_visit, reopen_day, save_day
from voters.closing import checks_of
from voters.models import DayEvent, ReceptionDay, Visit


@pytest.fixture
def day(reception_day):
    ReceptionDay.objects.update(state="announced")
    reception_day.refresh_from_db()
    return reception_day


def told(day):
    return list(DayEvent.objects.filter(day=day).values_list("kind", "note", "user__username"))


def closing(day, **fields):
    """What the closing page sends: everybody came."""
    duties = {f"duty-{duty.pk}": "on_duty" for duty in day.duties.all()}
    return {"version": day.version} | duties | fields


def address(day, page="close"):
    return reverse(f"receptionday_{page}", args=[day.pk])


def refusal(action, **arguments):
    with pytest.raises(ValidationError) as refused:
        action(**arguments)
    return refused.value.messages


def test_a_day_without_visitors_is_closed_as_one(day, office, logged_in):
    client = logged_in(office)
    asked = client.post(address(day), closing(day))
    assert asked.context["form"].errors == {
        "no_visitors": ["当日还没有来访登记。确实无人来访的，请勾选“当日无选民来访”。"]
    }

    response = client.post(address(day), closing(day, no_visitors="on"), follow=True)

    day.refresh_from_db()
    assert (day.state, day.no_visitors, day.closed_by) == ("held", True, office)
    assert day.closed_at is not None
    assert told(day) == [("held", "", "office"), ("closed", "当日无选民来访", "office")]
    assert [str(message) for message in response.context["messages"]] == [
        "2020-08-15 第一代表小组已结束登记，当日无选民来访。"
    ]
    page = response.content.decode()
    assert ["<div>当日无选民来访</div>" in page, "重新登记" in page] == [True, True]


def test_attendance_is_recorded_with_the_closing(day, office, logged_in):
    first, second = day.duties.all()
    visit = factory.make_visit(day, persons=3)
    visit.received_by.set([first.mandate])
    factory.make_item(visit)

    logged_in(office).post(address(day), closing(day, **{f"duty-{second.pk}": "absent"}))

    day.refresh_from_db()
    assert day.closed_at is not None
    assert list(day.duties.values_list("status", flat=True)) == ["on_duty", "absent"]
    assert told(day)[-1] == ("closed", "来访1次3人次，意见建议1条", "office")


def test_the_checks_are_listed_with_their_pages(day, office, logged_in):
    absent = day.duties.first()
    nobody = factory.make_visit(day, number="2020-001", answer="已答复")
    nobody.received_by.clear()
    ghost = factory.make_visit(day, number="2020-002")
    ghost.received_by.set([absent.mandate])
    item = factory.make_item(ghost)
    idle = factory.make_visit(day, number="2020-003")
    idle.received_by.set([day.duties.last().mandate])
    absent.status = "absent"
    absent.save()

    assert [(check.words, check.address, check.blocks) for check in checks_of(day, office)] == [
        ("2020-001号没有接待代表", nobody.get_absolute_url(), True),
        ("2020-002号由缺岗的代表接待", ghost.get_absolute_url(), True),
        (f"{item.number}号还没有交办", item.get_absolute_url(), False),
        ("2020-003号没有形成意见建议，也没有当场答复", idle.get_absolute_url(), False),
    ]
    page = logged_in(office).get(address(day)).content.decode()
    assert [page.count("须改正"), page.count("请留意")] == [2, 2]
    assert refusal(close_day, user=office, day=day, statuses={}) == [
        f"{absent.mandate.delegate.name}当日已有接待登记，不能记为缺岗。"
        "请先更正来访登记中的接待代表。"
    ]
    assert refusal(close_day, user=office, day=day, statuses={absent.pk: "on_duty"}) == [
        "2020-001号没有接待代表"
    ]
    day.refresh_from_db()
    assert day.closed_at is None


def test_a_closed_day_takes_no_visits_until_it_is_reopened(day, office, logged_in):
    client = logged_in(office)
    village, on_duty = factory.make_village(), list(day.on_duty.all())
    visit = log_visit(
        user=office,
        visit=Visit(day=day, voter_name="张三丰", village=village, words="路坏了"),
        received_by=on_duty,
    )
    close_day(user=office, day=day, statuses={})
    new = Visit(day=day, voter_name="李四", village=village, words="桥坏了")

    said = ["这个接待日已结束登记，须先重新登记才能补登或更正来访。"]
    assert refusal(log_visit, user=office, visit=new, received_by=on_duty) == said
    visit.refresh_from_db()
    assert refusal(correct_visit, user=office, visit=visit, received_by=on_duty) == [
        "这个接待日已结束登记，须先重新登记才能改动。"
    ]
    assert refusal(save_day, user=office, day=day, on_duty=on_duty) == [
        "这个接待日已结束登记，须先重新登记才能改动。"
    ]
    for page in (
        reverse("visit_edit", args=[visit.pk]),
        reverse("visit_delete", args=[visit.pk]),
        reverse("receptionday_edit", args=[day.pk]),
        reverse("receptionday_delete", args=[day.pk]),
    ):
        assert client.post(page).status_code == 403
    assert day not in client.get(reverse("visit_add")).context["form"].fields["day"].queryset
    assert "结束登记" in client.get(reverse("desk_day", args=[day.pk])).content.decode()

    day.refresh_from_db()
    empty = client.post(address(day, "reopen"), {"version": day.version, "reason": " "})
    assert list(empty.context["form"].errors) == ["reason"]
    client.post(address(day, "reopen"), {"version": day.version, "reason": "漏登一次来访"})

    day.refresh_from_db()
    assert (day.closed_at, day.closed_by) == (None, None)
    assert told(day)[-1] == ("reopened", "漏登一次来访", "office")
    new.day = day
    assert log_visit(user=office, visit=new, received_by=on_duty).number == "2020-002"


def test_a_visit_cannot_be_moved_out_of_a_closed_day(day, office):
    visit = factory.make_visit(day)
    close_day(user=office, day=day, statuses={})
    visit.day = factory.make_reception_day("2020-08-18")

    assert refusal(
        correct_visit, user=office, visit=visit, received_by=visit.day.on_duty.all()
    ) == ["这个接待日已结束登记，须先重新登记才能改动。"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": "2020-09-15"}, "接待日还没有到，不能结束登记。"),
        ({"state": "cancelled"}, "这个接待日已取消，不用结束登记。"),
        ({"on_duty": []}, "还没有安排接待代表，请先在“修改”中选定。"),
    ],
)
def test_some_days_cannot_be_closed(office, logged_in, fields, words):
    day = factory.make_reception_day(**{"date": "2020-08-18", "state": "planned"} | fields)

    assert refusal(close_day, user=office, day=day, statuses={}, no_visitors=True) == [words]
    assert words in logged_in(office).get(address(day)).content.decode()


def test_a_day_is_closed_once_and_reopened_only_when_closed(day, office):
    assert refusal(reopen_day, user=office, day=day, reason="补登") == [
        "这个接待日没有结束登记，不用重新登记。"
    ]
    close_day(user=office, day=day, statuses={}, no_visitors=True)
    assert refusal(close_day, user=office, day=day, statuses={}) == ["这个接待日已经结束登记。"]
    assert refusal(reopen_day, user=office, day=day, reason="　") == ["请填写重新登记的原因。"]


def test_a_day_with_visits_is_not_one_without(day, office):
    factory.make_visit(day)

    assert refusal(close_day, user=office, day=day, statuses={}, no_visitors=True) == [
        "当日已有来访登记，不是无选民来访。"
    ]


def test_only_those_who_keep_the_records_close_a_day(day, chair, leader):
    for user in (chair, leader):
        with pytest.raises(PermissionDenied):
            close_day(user=user, day=day, statuses={}, no_visitors=True)


def test_whoever_closes_second_is_told_so(day, office, logged_in):
    client, sent = logged_in(office), closing(day, no_visitors="on")
    client.post(address(day), sent)

    again = client.post(address(day), sent, follow=True)

    assert [str(message) for message in again.context["messages"]][-1] == (
        "2020-08-15 第一代表小组已经结束登记。"
    )
    assert [kind for kind, *_ in told(day)] == ["held", "closed"]


def test_a_day_closed_while_a_visit_is_typed_takes_it_no_more(day, office):
    visit = Visit(day=day, village=factory.make_village(), voter_name="张三", words="路灯不亮")
    received_by = list(day.on_duty.all())
    close_day(user=office, day=ReceptionDay.objects.get(pk=day.pk), statuses={}, no_visitors=True)

    assert refusal(log_visit, user=office, visit=visit, received_by=received_by) == [
        "这个接待日已结束登记，须先重新登记才能补登或更正来访。"
    ]
    assert not Visit.objects.exists()
