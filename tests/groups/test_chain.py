"""To whom an activity's recommendations were passed on, by when a reply is due, what came of it."""

import datetime

import pytest
from django.urls import reverse

from congress.models import SpecialDay
from congress.todo import todos_of
from congress.workdays import WorkCalendar
from groups.chain import Chain
from groups.models import FollowUp, Recommendation, Transmission
from groups.reply_terms import ReplyTerm
from tests.factory import (
    day,
    make_activity,
    make_finding,
    make_follow_up,
    make_group,
    make_recommendation,
    make_township,
    make_transmission,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def year(set_today):
    set_today("2020-08-20")


@pytest.fixture
def desk(office, logged_in):
    return logged_in(office)


@pytest.mark.parametrize(
    ("sent_on", "months", "due_on"),
    [
        ("2020-03-20", 3, "2020-06-22"),  # 20 June is a Saturday
        ("2020-07-15", 3, "2020-10-15"),
        ("2020-07-01", 3, "2020-10-09"),  # National Day and Mid-autumn, to 8 October
        ("2020-07-08", 3, "2020-10-09"),
        ("2020-06-27", 3, "2020-09-27"),  # a Sunday that is worked
        ("2020-11-30", 3, "2021-03-01"),  # no 30 February; the 28th is a Sunday
        ("2019-11-29", 3, "2020-03-02"),  # 29 February is a Saturday
        ("2019-11-30", 3, "2020-03-02"),
        ("2020-03-31", 3, "2020-06-30"),  # June has no 31st
        ("2020-10-31", 3, "2021-02-01"),  # 31 January is a Sunday
        ("2020-12-31", 2, "2021-03-01"),
        ("2020-08-31", 1, "2020-09-30"),
        ("2020-02-29", 12, "2021-03-01"),
        ("2019-10-24", 3, "2020-02-03"),  # the Spring Festival that was prolonged
    ],
)
def test_a_reply_is_due_after_the_months_of_the_local_rule(sent_on, months, due_on):
    assert str(ReplyTerm(months, WorkCalendar()).due(day(sent_on))) == due_on


@pytest.mark.parametrize("months", [1, 2, 3, 6, 12])
def test_one_day_of_sending_parts_overdue_from_in_time(months):
    term = ReplyTerm(months, WorkCalendar())
    for number in range(0, 800, 3):
        on = day("2019-12-20") + datetime.timedelta(days=number)
        last = term.overdue_if_sent_by(on)

        assert term.due(last) < on <= term.due(last + datetime.timedelta(days=1))


def test_the_offices_own_holidays_move_the_due_day_and_no_term_makes_none_due():
    make_township(inspection_reply_months=3)
    before = ReplyTerm.current().due(day("2020-07-15"))
    SpecialDay.objects.create(date=day("2020-10-15"), is_workday=False, note="放假")

    assert (str(before), str(ReplyTerm.current().due(day("2020-07-15")))) == (
        "2020-10-15",
        "2020-10-16",
    )
    none = ReplyTerm(0, WorkCalendar())
    assert (none.due(day("2020-07-15")), none.overdue_if_sent_by(day("2020-07-15"))) == (None, None)


def step_data(page, **fields):
    """What the opened page of a step sends, with some of it filled in."""
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (data | fields).items() if value not in (None, "")}


def add(browser, activity, word, **fields):
    address = reverse(f"activity_{word}", args=[activity.pk])
    return browser.post(address, step_data(browser.get(address), **fields))


def told(activity, on="2020-08-20"):
    return [
        (str(step.day), step.word, step.who, step.state, step.notes)
        for step in Chain(activity, day(on)).steps
    ]


def test_chain_is_told_in_the_order_of_its_days_with_what_is_still_open(desk):
    activity = make_activity("2020-03-15")
    first, second = make_recommendation(activity), make_recommendation(activity, "修好道路。")
    make_recommendation(activity, "办好培训。")
    add(
        desk,
        activity,
        "transmission",
        date="2020-04-01",
        who="镇政府",
        how="written",
        content="反馈",
        recommendations=[second.pk],
    )
    sent = Transmission.objects.get()
    add(
        desk,
        activity,
        "transmission",
        date="2020-03-20",
        who="镇党委",
        content="汇报",
        recommendations=[first.pk],
    )
    add(desk, activity, "followup", date="2020-04-01", who="县委", content="现场会", answers="")
    add(
        desk,
        activity,
        "followup",
        date="2020-05-06",
        who="镇政府",
        content="已动工",
        answers=sent.pk,
        recommendation=second.pk,
        result="in_progress",
    )

    assert told(activity) == [
        ("2020-03-15", "活动", "", "", ()),
        ("2020-03-20", "转送", "镇党委", "已答复", ("第1条建议", "2020年4月1日答复")),
        ("2020-04-01", "转送", "镇政府", "已答复", ("书面", "第2条建议", "2020年4月1日答复")),
        ("2020-04-01", "后续", "县委", "", ()),
        (
            "2020-05-06",
            "后续",
            "镇政府",
            "正在落实",
            ("答复4月1日对镇政府的转送", "落实第2条建议", "尚未告知代表"),
        ),
    ]
    assert Chain(activity, day("2020-08-20")).open_points == [
        "第3条建议尚未转送。",
        "5月6日的后续（镇政府）尚未告知参加活动的代表。",
    ]


@pytest.mark.parametrize(
    ("fields", "follow_ups", "state"),
    [
        ({}, [], "待答复"),
        ({"date": "2020-05-19"}, [], "逾期未答复"),
        ({"date": "2020-05-20"}, [], "待答复"),  # due this very day
        ({}, ["2020-07-20"], "已答复"),
        ({}, ["2020-07-19"], "待答复"),  # came before
        ({"date": "2020-05-19"}, ["2020-08-19"], "已答复"),
        ({"expects_reply": False}, [], ""),
        ({"date": "2020-05-19", "expects_reply": False}, [], ""),
    ],
)
def test_reply_of_a_transmission_by_its_day_and_what_came(fields, follow_ups, state, office):
    activity = make_activity("2020-05-15")
    make_transmission(activity, **{"date": "2020-07-20", **fields})
    for date in follow_ups:
        make_follow_up(activity, date)

    steps = Chain(activity, day("2020-08-20")).steps
    assert [step.state for step in steps if step.is_transmission] == [state]
    waiting = {each.label: each.count for each in todos_of(office, day("2020-08-20"))}
    assert waiting.get("视察建议逾期未答复", 0) == (state == "逾期未答复")


def test_reply_to_one_of_two_leaves_the_other_waiting(desk):
    activity = make_activity("2020-03-15")
    one = make_transmission(activity, "2020-03-20", "镇党委")
    make_transmission(activity, "2020-03-20", "镇政府")
    make_follow_up(activity, "2020-04-01", answers=one)
    address = reverse("transmission_list")

    def listed(**query):
        page = desk.get(address, query)
        return [
            [cell["text"] for cell in cells if cell["column"].heading in ("转送给", "答复情况")]
            for _, cells in page.context["rows"]
        ]

    assert [listed(state=state) for state in ("overdue", "awaiting", "answered")] == [
        [["镇政府", "逾期未答复"]],
        [["镇政府", "逾期未答复"]],
        [["镇党委", "已答复"]],
    ]


def test_evaluations_and_trainings_await_no_reply(office):
    activity = make_activity("2019-12-20", kind="evaluation")
    make_transmission(activity, "2019-12-27")
    make_recommendation(activity)

    assert told(activity)[1:] == [("2019-12-27", "转送", "镇政府", "", ())]
    assert Chain(activity, day("2020-08-20")).open_points == []
    assert "视察建议逾期未答复" not in {each.label for each in todos_of(office, day("2020-08-20"))}


@pytest.mark.parametrize(
    ("build", "state"),
    [
        (lambda activity, line: None, "unsent"),
        (lambda activity, line: make_transmission(activity, "2020-07-20"), "open"),
        (lambda activity, line: make_transmission(activity, "2020-03-20"), "overdue"),
        (
            lambda activity, line: make_transmission(
                activity, "2020-03-20", recommendations=[make_recommendation(activity, "别的。")]
            ),
            "unsent",
        ),
        (
            lambda activity, line: make_transmission(
                activity, "2020-03-20", recommendations=[line]
            ),
            "overdue",
        ),
        (
            lambda activity, line: make_transmission(activity, "2020-03-20", expects_reply=False),
            "passed_on",
        ),
        (
            lambda activity, line: (
                make_transmission(activity, "2020-03-20"),
                make_follow_up(activity, "2020-05-17"),
            ),
            "answered",
        ),
        (
            lambda activity, line: (
                make_transmission(activity, "2020-03-20"),
                make_follow_up(activity, "2020-05-17", recommendation=line),
            ),
            "answered",
        ),
        (
            lambda activity, line: (
                make_transmission(activity, "2020-03-20"),
                make_follow_up(
                    activity,
                    "2020-05-17",
                    recommendation=make_recommendation(activity, "别的。"),
                ),
            ),
            "overdue",
        ),
        (
            lambda activity, line: (
                make_transmission(activity, "2020-03-20", "镇党委"),
                make_follow_up(activity, "2020-03-25"),
                make_transmission(activity, "2020-07-20"),
            ),
            "open",
        ),
        (lambda activity, line: make_follow_up(activity, recommendation=line), "answered"),
    ],
)
def test_state_of_a_recommendation_follows_from_its_steps(build, state):
    activity = make_activity("2020-03-15")
    line = make_recommendation(activity)
    build(activity, line)

    states = Recommendation.objects.with_state(day("2020-08-20"), ReplyTerm(3, WorkCalendar()))
    assert states.get(pk=line.pk).state == state


def test_transmission_passes_on_all_recommendations_unless_fewer_are_ticked(desk):
    activity = make_activity("2020-03-15")
    lines = [make_recommendation(activity), make_recommendation(activity, "修好道路。")]
    form = desk.get(reverse("activity_transmission", args=[activity.pk])).context["form"]

    assert form["recommendations"].value() == [line.pk for line in lines]
    assert str(form["date"].value()) == "2020-08-20"


def test_days_that_contradict_each_other_are_refused_at_their_field(desk):
    activity = make_activity("2020-03-15")
    sent = make_transmission(activity, "2020-03-20")
    make_follow_up(activity, "2020-04-01", answers=sent)
    edit = reverse("transmission_edit", args=[sent.pk])

    refusals = [
        add(desk, activity, "transmission", who="镇政府", content="反馈", date="2020-03-14"),
        add(desk, activity, "transmission", who="镇政府", content="反馈", date="2020-08-21"),
        add(
            desk, activity, "followup", who="县委", content="会", date="2020-03-19", answers=sent.pk
        ),
        add(
            desk,
            activity,
            "followup",
            who="县委",
            content="会",
            date="2020-04-02",
            told_delegates_on="2020-04-01",
        ),
        desk.post(edit, step_data(desk.get(edit), date="2020-04-02")),
    ]

    assert [page.context["form"].errors for page in refusals] == [
        {"date": ["日期不能早于活动日期，请核对。"]},
        {"date": ["日期不能晚于今天，请核对。"]},
        {"date": ["日期不能早于所答复的转送（2020-03-20），请核对。"]},
        {"told_delegates_on": ["告知代表日期不能早于后续的日期。"]},
        {"date": ["日期不能晚于对它的答复（2020-04-01），请核对。"]},
    ]
    assert (Transmission.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_activity_is_not_moved_behind_what_came_of_it(desk):
    activity = make_activity("2020-03-15", place="镇政府")
    make_transmission(activity, "2020-03-20")
    edit = reverse("activity_edit", args=[activity.pk])
    page = desk.get(edit)

    refused = desk.post(edit, step_data(page, date="2020-03-21"))
    moved = desk.post(edit, step_data(page, date="2020-03-20"))

    assert refused.context["form"].errors == {
        "date": ["日期不能晚于已登记的转送、后续（2020-03-20），请核对。"]
    }
    assert moved.status_code == 302


def test_a_step_cannot_reach_into_another_activity(desk):
    activity, other = make_activity("2020-03-15"), make_activity("2020-05-15")
    foreign, line = make_transmission(other), make_recommendation(other)
    make_transmission(activity), make_recommendation(activity)

    page = add(
        desk,
        activity,
        "followup",
        who="县委",
        content="会",
        answers=foreign.pk,
        recommendation=line.pk,
    )

    assert sorted(page.context["form"].errors) == ["answers", "recommendation"]


def test_sent_twice_makes_one_transmission_and_answered_ones_stay(desk):
    activity = make_activity("2020-03-15")
    address = reverse("activity_transmission", args=[activity.pk])
    data = step_data(desk.get(address), who="镇政府", content="反馈")
    answers = [desk.post(address, data), desk.post(address, data)]
    sent = Transmission.objects.get()
    make_follow_up(activity, "2020-08-20", answers=sent)
    delete = reverse("transmission_delete", args=[sent.pk])

    assert [answer.url for answer in answers] == [f"{activity.get_absolute_url()}#chain"] * 2
    assert (desk.post(delete).status_code, Transmission.objects.count()) == (409, 1)
    FollowUp.objects.all().delete()
    assert desk.post(delete).url == f"{activity.get_absolute_url()}#chain"
    assert Transmission.objects.count() == 0


def test_second_editor_of_a_step_is_told(desk):
    sent = make_transmission(make_activity("2020-03-15"), "2020-03-20")
    address = reverse("transmission_edit", args=[sent.pk])
    data = step_data(desk.get(address))
    desk.post(address, data | {"who": "镇党委"})

    page = desk.post(address, data | {"who": "县政府"})

    assert page.status_code == 409
    assert [(each.label, each.theirs, each.yours) for each in page.context["differences"]] == [
        ("对象", "镇党委", "县政府")
    ]


def test_delegates_are_told_of_a_result_once_it_is_known(desk, office):
    activity = make_activity("2020-03-15")
    result = make_follow_up(activity, "2020-05-17", result="done")
    make_follow_up(activity, "2020-06-01")
    address = reverse("followup_tell", args=[result.pk])

    def waiting():
        return [
            (each.label, each.count, [sample.words for sample in each.samples()])
            for each in todos_of(office, day("2020-08-20"))
            if each.address.startswith(reverse("followup_list"))
        ]

    assert waiting() == [("落实情况未告知代表", 1, [activity.title])]
    refused = desk.post(address, {"told_on": "2020-05-16"})
    assert refused.context["form"].errors == {
        "told_on": ["告知日期不能早于后续的日期（2020-05-17）。"]
    }
    desk.post(address, {"told_on": "2020-08-20"})

    result.refresh_from_db()
    assert (str(result.told_delegates_on), result.version, waiting()) == ("2020-08-20", 2, [])


def test_leader_writes_the_own_groups_chain_and_is_reminded_of_it_alone(
    leader, other_leader, logged_in
):
    own = make_activity("2020-03-15", make_group(1), title="一组视察")
    foreign = make_activity("2020-03-15", make_group(2), title="二组视察")
    for activity in (own, foreign):
        make_transmission(activity, "2020-03-20")
    theirs = foreign.transmissions.get()
    browser = logged_in(leader)

    rows = browser.get(reverse("transmission_list")).context["object_list"]
    assert [each.activity for each in rows] == [own]
    assert [
        (todo.label, todo.count, [sample.words for sample in todo.samples()])
        for todo in todos_of(leader, day("2020-08-20"))
        if todo.address.startswith(reverse("transmission_list"))
    ] == [("视察建议逾期未答复", 1, ["镇政府（一组视察）"])]
    assert [
        browser.get(address).status_code
        for address in (
            reverse("activity_transmission", args=[foreign.pk]),
            reverse("transmission_edit", args=[theirs.pk]),
            reverse("transmission_delete", args=[theirs.pk]),
        )
    ] == [404, 404, 404]
    assert add(browser, own, "followup", who="镇政府", content="已修").status_code == 302


def test_pages_cost_the_same_however_long_the_chain_and_the_list(desk, queries_of):
    def grow(activity, number):
        for _ in range(number):
            line = make_recommendation(activity, finding=make_finding(activity))
            sent = make_transmission(activity, "2020-03-20", recommendations=[line])
            make_follow_up(activity, "2020-05-17", answers=sent, recommendation=line)

    activity = make_activity("2020-03-15")
    addresses = [
        activity.get_absolute_url(),
        reverse("transmission_list"),
        reverse("followup_list"),
        reverse("transmission_list") + "?state=overdue",
    ]
    grow(activity, 1)
    make_transmission(make_activity("2020-03-15"), "2020-03-20")
    desk.get(addresses[0])
    one = [queries_of(desk, address) for address in addresses]
    grow(activity, 3)
    for _ in range(3):
        make_transmission(make_activity("2020-03-15"), "2020-03-20")

    assert [queries_of(desk, address) for address in addresses] == one
