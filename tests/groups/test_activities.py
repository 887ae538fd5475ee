"""Activities: list, numbers, and whose they are."""

import uuid

import pytest
from django.urls import reverse

from groups.models import Activity, Finding
from tests.factory import (
    make_activity,
    make_attendance,
    make_group,
    make_leave_request,
    make_mandate,
    make_membership,
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
        "circle": "everybody",
        "submission": str(uuid.uuid4()),
        **fields,
    }


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


def test_list_is_filtered_by_month_and_by_how_far_each_got(desk, set_today):
    set_today("2020-08-20")
    for date, title in (
        ("2020-08-19", "昨天"),
        ("2020-08-20", "今天"),
        ("2020-09-01", "下月"),
        ("2020-08-28", "月底"),
    ):
        make_activity(date, title=title)
    marked = make_activity("2020-05-10", title="登记过的")
    make_attendance(marked)
    address = reverse("activity_list")

    assert [
        titles(desk.get(address, query))
        for query in (
            {"month": 8},
            {"state": "coming"},
            {"state": "coming", "sort": "-date"},
            {"state": "held"},
            {"state": "unmarked"},
        )
    ] == [
        ["月底", "今天", "昨天"],
        ["今天", "月底", "下月"],
        ["下月", "月底", "今天"],
        ["昨天", "登记过的"],
        ["昨天"],
    ]
    states = [cells[-1]["text"] for _, cells in desk.get(address).context["rows"]]
    assert states == ["待举行", "待举行", "今天举行", "未登记出席", "已登记出席"]


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


def test_page_costs_the_same_for_any_number_of_people(desk, office, queries_of):
    activity = make_activity("2020-08-25", make_group(1))
    address = activity.get_absolute_url()

    def add(count):
        for _ in range(count):
            mandate = make_mandate()
            make_membership(make_group(1), mandate)
            make_attendance(activity, mandate, "leave")
            make_leave_request(activity, mandate, office)

    add(1)
    one = queries_of(desk, address)
    add(20)

    assert queries_of(desk, address) == one
    assert len(desk.get(address).context["expected"]) == 21


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


def test_activity_without_a_place_or_ending_before_it_began_is_refused(desk):
    page = desk.post(reverse("activity_add"), form_data(place="", last_day="2020-07-14"))

    assert page.context["form"].errors == {
        "place": ["请勾选到访的村，或者写明地点。"],
        "last_day": ["结束日期不能早于开始日期。"],
    }
    assert Activity.objects.count() == 0


def test_second_editor_is_told_of_villages_too(desk):
    upper, lower = make_village("上河"), make_village("下河")
    activity = make_activity("2020-07-15", villages=[upper])
    address = reverse("activity_edit", args=[activity.pk])
    first = form_data(version=1, villages=[upper.pk, lower.pk])
    assert desk.post(address, first).status_code == 302

    page = desk.post(address, first | {"villages": [lower.pk]})

    assert page.status_code == 409
    assert [
        (difference.label, difference.theirs, difference.yours)
        for difference in page.context["differences"]
    ] == [("到访的村", "上河、下河", "下河")]


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
        for page in (
            "detail",
            "edit",
            "delete",
            "attendance",
            "report",
            "transmission",
            "followup",
        ):
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
