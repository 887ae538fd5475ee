"""Reception days: who may be on duty, moving, cancelling, holding."""

import uuid

import pytest

from delegates.models import Level
from tests import factory
from voters.models import ReceptionDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


@pytest.fixture
def group():
    factory.make_township()
    return factory.make_group(1)


def sent(group, *on_duty, **fields):
    return {
        "submission": str(uuid.uuid4()),
        "group": group.pk,
        "date": "2020-09-15",
        "place": "镇政府会议室",
        "state": "planned",
        "on_duty": [mandate.pk for mandate in on_duty],
        **fields,
    }


def duty_of(day):
    return [duty.mandate for duty in day.duties.order_by("pk")]


def test_a_day_with_its_delegates(client, group):
    members = [factory.make_membership(group).mandate for _ in range(2)]
    factory.make_room(group, place="镇文化站")

    client.post("/reception-days/add/", sent(group, *members, place=""))

    day = ReceptionDay.objects.get()
    assert (str(day.date), day.state, day.place) == ("2020-09-15", "planned", "镇文化站")
    assert duty_of(day) == members


def test_a_day_has_the_towns_hours_or_its_own(client, group):
    client.post("/reception-days/add/", sent(group))
    day = ReceptionDay.objects.get()
    assert ("时间", "8:30—11:00") in client.get(day.get_absolute_url()).context["facts"]

    client.post(f"/reception-days/{day.pk}/edit/", sent(group, version=1, hours="下午2:30—5:00"))

    assert ("时间", "下午2:30—5:00") in client.get(day.get_absolute_url()).context["facts"]
    assert list(day.events.values_list("kind", "note")) == [
        ("made", ""),
        ("changed", "时间由“空”改为“下午2:30—5:00”"),
    ]


def test_the_page_begins_with_the_towns_next_reception_day(client, group, set_today):
    for today, date in (
        ("2020-08-20", "2020-09-15"),
        ("2020-08-15", "2020-08-15"),
        ("2020-12-31", "2021-01-15"),
    ):
        set_today(today)
        form = client.get("/reception-days/add/").context["form"]
        assert str(form["date"].value()) == date


def test_the_members_of_that_day_are_offered_without_script(client, group):
    former = factory.make_membership(group, end="2020-09-01").mandate
    ended = factory.make_mandate(end="2020-09-15")
    factory.make_membership(group, ended)
    suspended = factory.make_membership(group).mandate
    factory.make_suspension(suspended, "2020-09-01")
    member = factory.make_membership(group).mandate

    response = client.post("/reception-days/add/", sent(group, members="1", place=""))

    form = response.context["form"]
    assert list(form.fields["on_duty"].queryset) == [member]
    assert dict(form.errors) == {}
    assert former != member
    assert ReceptionDay.objects.count() == 0


def test_who_was_not_a_member_that_day_is_refused(client, group):
    later = factory.make_membership(group, start="2020-10-01").mandate

    response = client.post("/reception-days/add/", sent(group, later))

    assert list(response.context["form"].errors) == ["on_duty"]
    assert ReceptionDay.objects.count() == 0


def test_a_person_with_two_mandates_is_on_duty_once(client, group):
    person = factory.make_delegate("何长庚")
    both = [
        factory.make_membership(group, factory.make_mandate(person, level)).mandate
        for level in (Level.TOWN, Level.COUNTY)
    ]

    response = client.post("/reception-days/add/", sent(group, *both))

    assert response.context["form"].errors == {"on_duty": ["何长庚在同一天只能安排一次。"]}


def test_a_group_has_one_reception_a_day(client, group):
    factory.make_reception_day("2020-09-15", group, state="planned")

    response = client.post("/reception-days/add/", sent(group))

    assert response.context["form"].non_field_errors() == ["该小组这一天已有接待安排。"]


def test_who_received_somebody_stays_on_duty(client, group):
    first, second = (factory.make_membership(group).mandate for _ in range(2))
    day = factory.make_reception_day("2020-08-15", group, [first, second])
    factory.make_visit(day).received_by.set([first])

    change = sent(group, second, version=1, date="2020-08-15")
    response = client.post(f"/reception-days/{day.pk}/edit/", change)
    assert response.context["form"].errors == {
        "on_duty": [f"{first.delegate}当日已有接待登记，不能从轮值中去掉。"]
    }
    client.post(f"/reception-days/{day.pk}/edit/", change | {"on_duty": [first.pk]})

    assert duty_of(day) == [first]


def test_moving_keeps_the_first_date_and_the_reason(client, group):
    day = factory.make_reception_day("2020-09-15", group, state="announced")

    client.post(
        f"/reception-days/{day.pk}/move/", {"version": 1, "date": "2020-09-16", "reason": "防汛"}
    )
    client.post(
        f"/reception-days/{day.pk}/move/", {"version": 2, "date": "2020-09-18", "reason": "停电"}
    )

    day.refresh_from_db()
    assert (str(day.date), str(day.original_date), day.state) == (
        "2020-09-18",
        "2020-09-15",
        "announced",
    )
    assert day.note == "由2020-09-15改期至2020-09-16：防汛\n由2020-09-16改期至2020-09-18：停电"


def test_moving_beyond_a_members_time_is_refused(client, group):
    leaving = factory.make_membership(group, end="2020-10-01").mandate
    day = factory.make_reception_day("2020-09-15", group, [leaving], state="planned")

    response = client.post(
        f"/reception-days/{day.pk}/move/", {"version": 1, "date": "2020-10-15", "reason": "防汛"}
    )

    assert response.context["form"].non_field_errors() == [
        f"{leaving.delegate}在2020-10-15不是第一代表小组的在任成员。"
    ]
    day.refresh_from_db()
    assert (str(day.date), day.version) == ("2020-09-15", 1)


def test_cancelling_needs_a_reason(client, group):
    day = factory.make_reception_day("2020-09-15", group, state="planned")
    url = f"/reception-days/{day.pk}/cancel/"

    refused = client.post(url, {"version": 1, "reason": ""})
    client.post(url, {"version": 1, "reason": "防汛"})

    assert list(refused.context["form"].errors) == ["reason"]
    day.refresh_from_db()
    assert (day.state, day.note) == ("cancelled", "取消：防汛")


def test_a_held_day_is_not_cancelled(client, group):
    day = factory.make_reception_day("2020-08-15", group)

    response = client.post(f"/reception-days/{day.pk}/cancel/", {"version": 1, "reason": "防汛"})

    assert response.context["form"].non_field_errors() == ["这个接待日现在是“已举行”，不能取消。"]


def test_a_day_without_visitors_is_a_recorded_zero(client, group):
    day = factory.make_reception_day("2020-08-15", group, state="planned")

    client.post(f"/reception-days/{day.pk}/hold/", {"version": 1, "no_visitors": "on"})

    day.refresh_from_db()
    assert (day.state, day.no_visitors) == ("held", True)


def test_what_holding_refuses(client, group):
    coming = factory.make_reception_day("2020-09-15", group, state="planned")
    nobody = factory.make_reception_day("2020-08-15", group, [], state="planned")

    def refusal(day):
        response = client.post(f"/reception-days/{day.pk}/hold/", {"version": 1})
        return response.context["form"].non_field_errors()

    assert refusal(coming) == ["接待日还没有到，不能标为已举行。"]
    assert refusal(nobody) == ["还没有安排接待代表，请先在“修改”中选定。"]


def test_moved_days_are_shown_as_such(client, group):
    factory.make_reception_day("2020-03-16", group, original_date="2020-03-15")
    factory.make_reception_day("2020-04-15", group)

    rows = client.get("/reception-days/", {"state": "moved"}).context["rows"]

    assert [record.state_words for record, _ in rows] == ["改期"]


def test_leaders_read_their_groups_days_only(leader, other_leader, logged_in, group):
    day = factory.make_reception_day("2020-09-15", group, state="planned")
    client = logged_in(leader)

    page = client.get(day.get_absolute_url())
    assert (page.context["may_edit"], page.context["buttons"]) == (False, [])
    assert client.get(f"/reception-days/{day.pk}/edit/").status_code == 403
    assert client.post(f"/reception-days/{day.pk}/cancel/", {}).status_code == 403
    assert logged_in(other_leader).get(day.get_absolute_url()).status_code == 404
