"""The rota: proposed with reasons, saved as shown, fixed, swapped; leave that it heeds."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory
from voters.models import DayEvent, ReceptionDay, ReceptionDuty, Unavailability

from .township_of_groups import make_groups, mandates_of

pytestmark = pytest.mark.django_db

AUTUMN = ("2020-09-15", "2020-10-15", "2020-11-15", "2020-12-15")


@pytest.fixture
def group():
    (made,) = make_groups(1, 4)
    for date in AUTUMN:
        factory.make_reception_day(date, made, [], state="planned")
    return made


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def make(client, year=2020, **data):
    page = client.get(f"/rota/{year}/make/", data)
    return client.post(f"/rota/{year}/make/", {"seen": page.context["seen"], **data}, follow=True)


def on_duty(group):
    """card numbers of each day, in the order of the days."""
    return [
        [duty.mandate.card_number for duty in day.duties.order_by("pk")]
        for day in group.reception_days.order_by("date")
    ]


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_the_proposal_is_shown_with_reasons_and_saved_as_shown(client, group):
    page = client.get("/rota/2020/make/")
    assert ReceptionDuty.objects.count() == 0
    assert "本年已轮值0次，此前未轮值过，与镇代表搭配" in page.content.decode()
    proposal = [[pick.mandate for pick in day.picks] for day, _ in page.context["tables"][0].days]

    response = make(client)

    saved = [
        list(day.duties.order_by("pk").values_list("mandate", flat=True))
        for day in group.reception_days.order_by("date")
    ]
    assert saved == proposal
    assert said(response) == ["已保存排班，4个接待日的轮值有变动。"]
    assert set(ReceptionDay.objects.values_list("version", flat=True)) == {2}
    event = DayEvent.objects.filter(kind="rota").first()
    assert (event.user.username, event.note) == ("office", "代表1号、代表2号")
    assert ReceptionDuty.objects.first().reason == "本年已轮值0次，此前未轮值过，与镇代表搭配"


def test_a_second_click_changes_nothing(client, group):
    make(client)
    duties = list(ReceptionDuty.objects.values())

    assert said(make(client)) == ["轮值与原来相同，没有改动。"]
    assert list(ReceptionDuty.objects.values()) == duties
    assert DayEvent.objects.count() == 4


def test_what_changed_since_is_shown_anew(client, group):
    seen = client.get("/rota/2020/make/").context["seen"]
    factory.make_unavailability(mandates_of(group)[0].delegate, "2020-09-01", "2020-10-01")

    response = client.post("/rota/2020/make/", {"seen": seen})

    assert response.status_code == 409
    assert "下面是新排的，尚未保存" in response.content.decode()
    assert response.context["seen"] != seen
    assert ReceptionDuty.objects.count() == 0


def test_leave_is_heeded(client, group):
    away = mandates_of(group)[0]
    factory.make_unavailability(away.delegate, "2020-09-01", "2020-12-01")

    make(client)

    assert [away.card_number in cards for cards in on_duty(group)] == [False, False, False, True]


def test_what_cannot_be_met_is_said(client, group):
    for mandate in mandates_of(group)[:3]:
        factory.make_unavailability(mandate.delegate, "2020-09-15", "2020-09-16")

    page = client.get("/rota/2020/make/").content.decode()

    assert (
        "9月15日第一代表小组需2人，可轮值1人（当日在任4人；请假3人：代表1号、代表2号、代表3号）。"
        in page
    )


def test_one_group_alone(client, group):
    other = factory.make_group(2)
    factory.make_membership(other)
    factory.make_reception_day("2020-09-15", other, [], state="planned")

    make(client, group=other.pk)

    assert on_duty(group) == [[], [], [], []]
    assert [len(cards) for cards in on_duty(other)] == [1]


def test_a_fixed_day_stays_when_the_rest_is_made_again(client, group):
    make(client)
    day = group.reception_days.order_by("date")[1]
    fixed = on_duty(group)[1]

    page = client.post(f"/reception-days/{day.pk}/fix/", {"fixed": "1"}, follow=True)
    assert "放开轮值" in page.content.decode()
    factory.make_unavailability(mandates_of(group)[0].delegate, "2020-09-01", "2020-12-31")
    make(client)
    assert on_duty(group)[1] == fixed

    client.post(f"/reception-days/{day.pk}/fix/", {"fixed": "0"})
    client.post(f"/reception-days/{day.pk}/fix/", {"fixed": "0"})
    kinds = list(day.events.values_list("kind", flat=True))
    assert kinds == ["rota", "fixed", "released"]


def test_past_days_keep_their_people_though_nobody_marked_them_as_held(client, group):
    past = factory.make_reception_day("2020-07-15", group, mandates_of(group)[2:], state="planned")

    make(client)

    assert [duty.mandate for duty in past.duties.order_by("pk")] == mandates_of(group)[2:]


def test_reasons_stand_on_the_page_of_the_day(client, group):
    make(client)
    day = group.reception_days.order_by("date")[2]

    page = client.get(day.get_absolute_url()).content.decode()

    assert day.duties.first().reason in page
    assert "距上次轮值2个月" in page
    assert "排班" in page


def test_turns_of_everybody_and_how_far_they_are_apart(client, group):
    make(client)

    table = client.get("/rota/2020/").context["tables"][0]

    assert table.spread == 0
    assert [(row.fairness.name, row.fairness.turns, row.share) for row in table.people] == [
        ("代表1号", 2, "2.0"),
        ("代表2号", 2, "2.0"),
        ("代表3号", 2, "2.0"),
        ("代表4号", 2, "2.0"),
    ]


def test_turns_open_the_list_behind_them(client, group):
    make(client)
    person = mandates_of(group)[0].delegate
    address = f"/duties/?delegate={person.pk}&amp;group={group.pk}&amp;year=2020&amp;status=on_duty"
    page = client.get("/rota/2020/").content.decode()

    assert address in page
    listed = client.get(f"{address.replace('&amp;', '&')}&counted=true")
    assert listed.context["page_obj"].paginator.count == 2


def test_who_cannot_come_any_more_is_named(client, group):
    make(client)
    person = mandates_of(group)[0].delegate
    factory.make_unavailability(person, "2020-09-01", "2020-10-01")

    page = client.get("/rota/2020/").content.decode()

    assert "9月15日第一代表小组已固定的代表1号当日请假，请换人。" in page


def swap_form(client, first, second):
    page = client.get(f"/duties/{first.pk}/swap/?with={second.pk}")
    return page, {
        "with": second.pk,
        "seen": page.context["swap"].fingerprint,
        "reason": "本人请求",
    }


@pytest.fixture
def duties(client, group):
    """The first of the first two days."""
    make(client)
    days = group.reception_days.order_by("date")
    return [day.duties.order_by("pk").first() for day in days[:2]]


def test_two_people_change_over_once_its_effect_was_seen(client, group, duties):
    first, second = duties
    before = [duty.mandate for duty in duties]
    choice = client.get(f"/duties/{first.pk}/swap/")
    assert second in choice.context["choices"]
    page, form = swap_form(client, first, second)
    assert "第一代表小组轮值次数相差仍为0次。" in page.content.decode()

    response = client.post(f"/duties/{first.pk}/swap/", form, follow=True)

    after = [ReceptionDuty.objects.get(pk=duty.pk) for duty in duties]
    assert [duty.mandate for duty in after] == before[::-1]
    assert after[0].reason == "与代表1号（10月15日）互换"
    assert said(response)[0].startswith("代表1号与代表3号已互换：2020-09-15由代表3号接待")
    assert list(first.day.events.filter(kind="swapped").values_list("note", flat=True)) == [
        "代表1号与代表3号（10月15日）互换：本人请求"
    ]


def test_a_second_click_does_not_swap_back(client, duties):
    first, second = duties
    _, form = swap_form(client, first, second)
    client.post(f"/duties/{first.pk}/swap/", form)
    swapped = list(ReceptionDuty.objects.values_list("pk", "mandate"))

    response = client.post(f"/duties/{first.pk}/swap/", form)

    assert response.status_code == 409
    assert list(ReceptionDuty.objects.values_list("pk", "mandate")) == swapped


def test_a_swap_that_breaks_a_hard_rule_is_refused(client, duties):
    first, second = duties
    _, form = swap_form(client, first, second)
    factory.make_unavailability(first.mandate.delegate, "2020-10-15", "2020-10-16")

    response = client.post(f"/duties/{first.pk}/swap/", form)

    assert "代表1号10月15日请假，不能换到这一天。" in response.content.decode()
    assert ReceptionDuty.objects.get(pk=first.pk).mandate == first.mandate


def test_held_days_are_not_swapped(client, duties):
    first, second = duties
    ReceptionDay.objects.filter(pk=second.day_id).update(state="held")

    page = client.get(f"/duties/{first.pk}/swap/?with={second.pk}")
    assert "现在是“已举行”，不能换班。" in page.content.decode()
    assert second not in page.context["choices"]
    assert client.get("/duties/0/swap/").status_code == 404


def test_a_leader_sees_the_own_group_and_changes_nothing(group, leader, logged_in):
    make_groups(2, 1)
    client = logged_in(leader)

    shown = client.get("/rota/2020/").context["tables"]

    assert [table.group for table in shown] == [group]
    assert client.get("/rota/2020/make/").status_code == 403
    day = group.reception_days.first()
    assert client.post(f"/reception-days/{day.pk}/fix/", {"fixed": "1"}).status_code == 403


def test_moving_cancelling_and_changing_leave_a_trail(client, group):
    day, other = group.reception_days.order_by("date")[:2]

    client.post(
        f"/reception-days/{day.pk}/move/",
        {"version": 1, "date": "2020-09-16", "reason": "防汛"},
    )
    client.post(f"/reception-days/{other.pk}/cancel/", {"version": 1, "reason": "换届"})

    assert list(day.events.values_list("kind", "note", "user__username")) == [
        ("moved", "由2020-09-15改期至2020-09-16：防汛", "office")
    ]
    assert list(other.events.values_list("kind", "note")) == [("cancelled", "换届")]


def test_ten_groups_cost_as_many_queries_as_three(client):
    def queries(year, groups, members):
        for made in make_groups(groups, members):
            for month in range(1, 13):
                factory.make_reception_day(f"{year}-{month:02d}-15", made, [], state="planned")
        seen = client.get(f"/rota/{year}/make/").context["seen"]
        with CaptureQueriesContext(connection) as captured:
            client.post(f"/rota/{year}/make/", {"seen": seen})
        return len(captured)

    small = queries(2021, 3, 10)
    ReceptionDay.objects.all().delete()
    large = queries(2021, 10, 15)

    assert ReceptionDuty.objects.count() == 240
    assert large == small


def away(person, **fields):
    return {
        "submission": str(uuid.uuid4()),
        "delegate": person.pk,
        "start": "2020-09-10",
        "last_day": "2020-09-20",
        "reason": "外出",
        **fields,
    }


def test_leave_is_entered_for_oneself_for_the_own_group_and_for_anyone(cast, logged_in):
    me, other = cast["delegate"].delegate, cast["other_leader"].delegate

    def tries(username, person):
        before = Unavailability.objects.count()
        logged_in(cast[username]).post("/unavailabilities/add/", away(person))
        return Unavailability.objects.count() - before

    assert [tries(name, me) for name in ("office", "leader", "other_leader", "chair")] == [
        1,
        1,
        0,
        0,
    ]
    assert [tries("leader", other), tries("office", other)] == [0, 1]
    # A delegate's form has only the own person, whatever is sent.
    assert tries("delegate", other) == 1
    assert Unavailability.objects.filter(delegate=other).count() == 1
    assert set(Unavailability.objects.values_list("start", "end")) == {
        (factory.day("2020-09-10"), factory.day("2020-09-21"))
    }


def test_leave_of_one_day_and_leave_that_ends_before_it_begins(client, group):
    person = mandates_of(group)[0].delegate

    client.post("/unavailabilities/add/", away(person, last_day=""))
    wrong = client.post("/unavailabilities/add/", away(person, last_day="2020-09-01"))
    late = client.post("/unavailabilities/add/", away(person, last_day="9999-12-31"))
    empty = client.post("/unavailabilities/add/", away(person, start=""))

    assert [leave.days_words for leave in Unavailability.objects.all()] == ["2020-09-10"]
    assert wrong.context["form"].errors == {"last_day": ["不能早于开始的那一天。"]}
    assert late.context["form"].errors == {"last_day": ["年份不对，请核对。"]}
    assert list(empty.context["form"].errors) == ["start"]


def test_turns_given_already_are_shown_beside_the_leave(client, group):
    make(client)
    person = mandates_of(group)[0].delegate
    leave = factory.make_unavailability(person, "2020-09-01", "2020-10-01")

    page = client.get(leave.get_absolute_url()).content.decode()

    duty = ReceptionDuty.objects.get(mandate__delegate=person, day__date="2020-09-15")
    assert f"/duties/{duty.pk}/swap/" in page


def test_a_delegate_does_not_open_the_leave_of_others(cast, logged_in):
    other = factory.make_unavailability(cast["leader"].delegate, "2020-09-01", "2020-10-01")

    assert logged_in(cast["delegate"]).get(other.get_absolute_url()).status_code == 404
    assert logged_in(cast["leader"]).get(other.get_absolute_url()).status_code == 200
    assert logged_in(cast["other_leader"]).get(other.get_absolute_url()).status_code == 404


def test_who_is_on_duty_though_away_is_named_when_a_day_is_moved_or_changed(client, group):
    day = group.reception_days.order_by("date").first()
    away, present = mandates_of(group)[:2]
    factory.make_unavailability(away.delegate, "2020-09-16", "2020-09-18")
    day.on_duty.set([away, present])
    warning = f"{away.delegate}已说明2020-09-16不能接待，请换班或另行安排。"
    address = f"/reception-days/{day.pk}/"
    assert "当日不能接待" not in client.get(address).content.decode()

    moved = client.post(
        f"{address}move/", {"version": 1, "date": "2020-09-16", "reason": "防汛"}, follow=True
    )

    day.refresh_from_db()
    assert (str(day.date), said(moved)[-1]) == ("2020-09-16", warning)
    assert moved.content.decode().count("当日不能接待") == 1

    changed = client.post(
        f"{address}edit/",
        {
            "version": 2,
            "group": group.pk,
            "date": "2020-09-16",
            "place": "镇文化站",
            "state": "planned",
            "on_duty": [away.pk, present.pk],
        },
        follow=True,
    )

    day.refresh_from_db()
    assert (day.place, said(changed)[-1]) == ("镇文化站", warning)
