"""Activities: list, numbers, what was found, to whom it was passed on, and whose they are."""

import uuid

import pytest
from django.urls import reverse

from groups.models import Activity, Finding, FollowUp, Recommendation, Transmission
from tests.factory import (
    day,
    make_activity,
    make_attendance,
    make_group,
    make_mandate,
    make_village,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(office, logged_in):
    return logged_in(office)


def titles(response):
    return [activity.title for activity in response.context["object_list"]]


def form_data(**fields):
    return {
        "kind": "inspection",
        "title": "重点工程建设视察",
        "date": "2020-07-15",
        "place": "镇政府会议室",
        "content": "道路、码头",
        "submission": str(uuid.uuid4()),
        **fields,
    }


def steps(prefix, *rows, initial=0):
    """Fields of a formset: rows of (key, date, who, content)."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, (key, date, who, content) in enumerate(rows):
        row = {"id": key, "date": date, "who": who, "content": content}
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def chain_data(activity, transmissions=(), follow_ups=(), initial=0):
    return (
        {"version": activity.version}
        | steps("transmissions", *transmissions, initial=initial)
        | steps("follow_ups", *follow_ups)
    )


def test_list_is_filtered_newest_first_and_shows_who_came(desk):
    first = make_activity("2019-12-20", title="评议", kind="evaluation")
    make_activity("2020-07-15", make_group(1), title="一组视察", theme="最美乡村")
    make_attendance(first)
    make_attendance(first, status="leave")
    address = reverse("activity_list")

    assert titles(desk.get(address)) == ["一组视察", "评议"]
    assert [
        titles(desk.get(address, {key: value}))
        for key, value in (
            ("year", "2020"),
            ("kind", "evaluation"),
            ("group", make_group(1).pk),
            ("group", "null"),
            ("q", "最美"),
            ("q", "2019-H01"),
        )
    ] == [["一组视察"], ["评议"], ["一组视察"], ["评议"], ["一组视察"], ["评议"]]
    assert [
        (activity.present, activity.expected)
        for activity in desk.get(address).context["object_list"]
    ] == [(0, 0), (1, 2)]


def test_list_costs_the_same_queries_for_one_row_and_three(desk, queries_of):
    def add(number):
        villages = [make_village(), make_village()]
        activity = make_activity("2020-07-15", make_group(number), villages)
        for _ in range(number):
            make_attendance(activity)

    add(1)
    one = queries_of(desk, reverse("activity_list"))
    add(2)
    add(3)

    assert queries_of(desk, reverse("activity_list")) == one


def test_new_activity_takes_the_next_number_of_its_year(desk):
    make_activity("2020-03-15", number="2020-H01")
    data = form_data()

    desk.post(reverse("activity_add"), data)
    desk.post(reverse("activity_add"), data)
    desk.post(reverse("activity_add"), form_data(date="2021-01-05"))

    assert list(Activity.objects.order_by("number").values_list("number", flat=True)) == [
        "2020-H01",
        "2020-H02",
        "2021-H01",
    ]


def test_findings_and_recommendations_are_kept_line_by_line(desk):
    desk.post(
        reverse("activity_add"),
        form_data(findings="进展顺利。\n\n 码头滞后。 ", recommendations="加快进度。"),
    )
    activity = Activity.objects.get()
    Finding.objects.filter(text="码头滞后。").update(kind="problem")

    desk.post(
        reverse("activity_edit", args=[activity.pk]),
        form_data(version=1, findings="码头滞后。\n群众支持。", recommendations=""),
    )

    assert list(activity.findings.values_list("text", "kind", "position")) == [
        ("码头滞后。", "problem", 1),
        ("群众支持。", "", 2),
    ]
    assert Recommendation.objects.count() == 0


def test_activity_without_a_place_or_ending_before_it_began_is_refused(desk):
    page = desk.post(reverse("activity_add"), form_data(place="", last_day="2020-07-14"))

    assert page.context["form"].errors == {
        "place": ["请勾选到访的村，或者写明地点。"],
        "last_day": ["结束日期不能早于开始日期。"],
    }
    assert Activity.objects.count() == 0


def test_second_editor_is_told_of_villages_and_findings_too(desk):
    upper, lower = make_village("上河"), make_village("下河")
    activity = make_activity("2020-07-15", villages=[upper])
    address = reverse("activity_edit", args=[activity.pk])
    first = form_data(version=1, villages=[upper.pk, lower.pk], findings="进展顺利。")
    assert desk.post(address, first).status_code == 302

    page = desk.post(address, first | {"villages": [lower.pk], "findings": "进展缓慢。"})

    assert page.status_code == 409
    assert [
        (difference.label, difference.theirs, difference.yours)
        for difference in page.context["differences"]
    ] == [("到访的村", "上河、下河", "下河"), ("发现", "进展顺利。", "进展缓慢。")]


def test_chain_is_told_in_the_order_of_its_days(desk):
    activity = make_activity("2020-03-15")
    kept = Transmission.objects.create(
        activity=activity, who="镇党委", date=day("2020-03-20"), content="汇报"
    )

    answer = desk.post(
        reverse("activity_chain", args=[activity.pk]),
        chain_data(
            activity,
            transmissions=[
                (kept.pk, "2020-03-21", "镇党委", "汇报"),
                ("", "2020-04-01", "镇政府", "反馈"),
                ("", "", "", ""),
            ],
            follow_ups=[("", "2020-03-25", "县委", "现场会")],
            initial=1,
        ),
    )
    page = desk.get(answer.url)

    assert [
        (word, str(step.date), step.who, step.content) for word, step in page.context["chain"]
    ] == [
        ("转送", "2020-03-21", "镇党委", "汇报"),
        ("后续", "2020-03-25", "县委", "现场会"),
        ("转送", "2020-04-01", "镇政府", "反馈"),
    ]


def test_what_came_of_an_activity_cannot_come_before_it(desk):
    activity = make_activity("2020-03-15")

    page = desk.post(
        reverse("activity_chain", args=[activity.pk]),
        chain_data(activity, follow_ups=[("", "2020-03-14", "县委", "现场会")]),
    )

    formsets = dict(page.context["formsets"])
    assert formsets["后续"].errors == [{"date": ["日期不能早于活动日期，请核对。"]}]
    assert FollowUp.objects.count() == 0


def test_second_writer_of_the_chain_is_told_and_keeps_what_was_typed(desk):
    activity = make_activity("2020-03-15")
    address = reverse("activity_chain", args=[activity.pk])
    desk.post(address, chain_data(activity, transmissions=[("", "2020-03-20", "镇党委", "汇报")]))

    mine = chain_data(activity, transmissions=[("", "2020-03-21", "镇政府", "反馈")])
    told = desk.post(address, mine)

    assert told.status_code == 409
    assert [(word, step.who) for word, step in told.context["saved"]] == [("转送", "镇党委")]
    typed = dict(told.context["formsets"])["转送"].forms[0]
    assert (typed["who"].value(), typed["content"].value()) == ("镇政府", "反馈")

    desk.post(address, mine | {"version": told.context["form"]["version"].value()})

    assert list(Transmission.objects.values_list("who", flat=True)) == ["镇党委", "镇政府"]


def test_activity_is_deleted_with_what_hangs_on_it_after_saying_so(desk):
    activity = make_activity("2020-03-15")
    make_attendance(activity, make_mandate())
    Finding.objects.create(activity=activity, text="进展顺利。")
    address = reverse("activity_delete", args=[activity.pk])

    assert sorted(desk.get(address).context["lost"]) == [("发现", 1), ("活动出席", 1)]
    desk.post(address)

    assert (Activity.objects.count(), Finding.objects.count()) == (0, 0)


def test_leader_sees_and_edits_the_own_groups_activities_only(leader, other_leader, logged_in):
    own = make_activity("2020-07-15", make_group(1), title="一组")
    foreign = make_activity("2020-07-15", make_group(2), title="二组")
    township = make_activity("2020-07-15", title="全镇")
    browser = logged_in(leader)

    assert titles(browser.get(reverse("activity_list"))) == ["一组"]
    groups = browser.get(reverse("activity_list")).context["filter"].form.fields["group"]
    assert "第二代表小组" not in [str(label) for _, label in groups.choices]
    for activity, status in ((own, 200), (foreign, 404), (township, 404)):
        for page in ("detail", "edit", "delete", "attendance", "chain"):
            address = reverse(f"activity_{page}", args=[activity.pk])
            assert browser.get(address).status_code == status


def test_leader_adds_and_moves_activities_within_the_own_group_only(
    leader, other_leader, logged_in
):
    browser = logged_in(leader)
    own = make_activity("2020-07-15", make_group(1))

    for address, data in (
        (reverse("activity_add"), form_data(group=make_group(2).pk)),
        (reverse("activity_add"), form_data()),
        (reverse("activity_edit", args=[own.pk]), form_data(version=1, group=make_group(2).pk)),
        (reverse("activity_edit", args=[own.pk]), form_data(version=1)),
    ):
        assert list(browser.post(address, data).context["form"].errors) == ["group"]
    browser.post(reverse("activity_add"), form_data(group=make_group(1).pk))

    assert list(Activity.objects.values_list("group__ordinal", flat=True)) == [1, 1]
