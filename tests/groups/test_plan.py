"""The annual plan: done counted from records, states, numbers, and whose items a leader sees."""

import uuid

import pytest
from django.urls import reverse

from congress.models import Session
from groups.models import PlanItem
from groups.plan import due_in_month_of, late, state_of, with_progress
from tests.factory import day, make_activity, make_group, make_plan_item, make_term

pytestmark = pytest.mark.django_db

TODAY = day("2020-08-20")
Kind = PlanItem.Kind


def done(item, on=TODAY):
    return with_progress(PlanItem.objects.filter(pk=item.pk), on).get().done


def make_session(date, state="held"):
    number = Session.objects.count() + 1
    return Session.objects.create(
        term=make_term(), ordinal=number, date=day(date), agenda="选举", state=state
    )


def test_activities_are_counted_by_kind_organiser_and_months():
    item = make_plan_item(make_group(1), first_month=3, last_month=7, planned_count=2)
    for date, group, kind in (
        ("2020-03-01", make_group(1), "inspection"),
        ("2020-07-31", make_group(1), "inspection"),
        ("2020-02-29", make_group(1), "inspection"),
        ("2020-08-01", make_group(1), "inspection"),
        ("2019-05-01", make_group(1), "inspection"),
        ("2020-05-01", make_group(2), "inspection"),
        ("2020-05-01", None, "inspection"),
        ("2020-05-01", make_group(1), "training"),
    ):
        make_activity(date, group, kind=kind)

    assert done(item) == 2
    assert done(item, day("2020-07-30")) == 1


def test_item_of_the_township_counts_its_own_activities_only():
    item = make_plan_item(kind=Kind.TRAINING, first_month=5)
    make_activity("2020-05-27", kind="training")
    make_activity("2020-05-28", make_group(1), kind="training")

    assert done(item) == 1


def test_a_law_check_counts_as_other_for_which_alone_the_plan_has_a_word():
    other = make_plan_item(kind=Kind.OTHER, first_month=1, last_month=12)
    inspection = make_plan_item(kind=Kind.INSPECTION, first_month=1, last_month=12)
    make_activity("2020-05-27", kind="law_check")

    assert (done(other), done(inspection)) == (1, 0)


def test_sessions_count_once_they_are_held():
    item = make_plan_item(kind=Kind.SESSION, first_month=1, last_month=12)
    make_session("2020-01-10")
    make_session("2020-07-10", "cancelled")
    make_session("2020-09-03", "planned")

    assert done(item) == 1


def test_states_follow_from_months_and_what_is_done():
    make_plan_item(title="逾期", first_month=7)
    make_plan_item(title="本月", first_month=8)
    make_plan_item(title="跨月", first_month=3, last_month=12)
    make_plan_item(title="未到", first_month=9)
    make_plan_item(title="去年", year=2019, first_month=12)
    make_activity("2020-03-15", title="完成跨月")

    items = with_progress(PlanItem.objects.order_by("pk"), TODAY)

    assert [(item.title, state_of(item, TODAY).words) for item in items] == [
        ("逾期", "逾期未完成"),
        ("本月", "进行中"),
        ("跨月", "已完成"),
        ("未到", "未到时间"),
        ("去年", "逾期未完成"),
    ]
    assert [item.title for item in late(items, TODAY)] == ["逾期", "去年"]
    assert [item.title for item in due_in_month_of(items, TODAY)] == ["本月", "跨月"]


def titles(response):
    return [item.title for item in response.context["object_list"]]


def test_list_is_filtered_and_shows_planned_against_done(office, logged_in, set_today):
    set_today("2020-08-20")
    make_plan_item(make_group(1), title="一组视察", first_month=3)
    make_plan_item(title="全镇培训", kind=Kind.TRAINING, first_month=8, last_month=9)
    make_plan_item(title="上年", year=2019)
    make_activity("2020-03-15", make_group(1))
    browser, address = logged_in(office), reverse("planitem_list")

    assert [
        titles(browser.get(address, {key: value}))
        for key, value in (
            ("year", "2019"),
            ("group", make_group(1).pk),
            ("group", "null"),
            ("kind", "training"),
            ("month", "9"),
            ("state", "month"),
            ("state", "late"),
            ("state", "open"),
        )
    ] == [
        ["上年"],
        ["一组视察"],
        ["全镇培训", "上年"],
        ["全镇培训"],
        ["全镇培训"],
        ["全镇培训"],
        ["上年"],
        ["全镇培训", "上年"],
    ]
    assert [
        item.done for item in browser.get(address, {"year": "2020"}).context["object_list"]
    ] == [
        1,
        0,
    ]


def test_list_costs_the_same_queries_for_one_row_and_three(office, logged_in, queries_of):
    browser, address = logged_in(office), reverse("planitem_list")
    make_plan_item(make_group(1))
    one = queries_of(browser, address)
    make_plan_item(make_group(2), kind=Kind.RECEPTION)
    make_plan_item(year=2021, kind=Kind.SESSION)

    assert queries_of(browser, address) == one


def form_data(**fields):
    return {
        "year": "2020",
        "kind": "inspection",
        "title": "视察重点工程",
        "planned_count": "1",
        "first_month": "7",
        "last_month": "8",
        "responsible": "组长",
        "submission": str(uuid.uuid4()),
        **fields,
    }


def test_new_item_takes_the_next_number_of_its_year(office, logged_in):
    browser = logged_in(office)
    make_plan_item(number=11)
    data = form_data()

    browser.post(reverse("planitem_add"), data)
    browser.post(reverse("planitem_add"), data)
    browser.post(reverse("planitem_add"), form_data())
    browser.post(reverse("planitem_add"), form_data(year="2021"))

    assert list(PlanItem.objects.order_by("pk").values_list("year", "number", "group")) == [
        (2020, 11, None),
        (2020, 12, None),
        (2020, 13, None),
        (2021, 1, None),
    ]


def test_impossible_item_is_refused_at_its_fields(office, logged_in):
    page = logged_in(office).post(
        reverse("planitem_add"), form_data(first_month="9", planned_count="0", responsible="")
    )

    assert page.context["form"].errors == {
        "last_month": ["计划月份须为1至12，截止月份不早于起始月份。"],
        "planned_count": ["计划数量至少为1。"],
        "responsible": ["请填写这一项。"],
    }
    assert PlanItem.objects.count() == 0


def test_leader_sees_and_edits_the_own_groups_plan_only(leader, other_leader, logged_in):
    own = make_plan_item(make_group(1), title="一组")
    foreign = make_plan_item(make_group(2), title="二组")
    township = make_plan_item(title="全镇")
    browser = logged_in(leader)

    assert titles(browser.get(reverse("planitem_list"))) == ["一组"]
    for item, status in ((own, 200), (foreign, 404), (township, 404)):
        for page in ("detail", "edit", "delete"):
            address = reverse(f"planitem_{page}", args=[item.pk])
            assert browser.get(address).status_code == status
            if status == 404 and page != "detail":
                assert browser.post(address, form_data(version="1")).status_code == 404
    assert PlanItem.objects.count() == 3


def test_leader_adds_for_the_own_group_whatever_is_posted(leader, other_leader, logged_in):
    browser, address = logged_in(leader), reverse("planitem_add")

    form = browser.get(address).context["form"]
    assert [str(label) for _, label in form.fields["group"].choices] == ["第一代表小组"]

    refused = browser.post(address, form_data(group=make_group(2).pk))
    assert list(refused.context["form"].errors) == ["group"]
    refused = browser.post(address, form_data())
    assert list(refused.context["form"].errors) == ["group"]
    browser.post(address, form_data(group=make_group(1).pk))

    assert list(PlanItem.objects.values_list("group__ordinal", flat=True)) == [1]


def test_leader_cannot_hand_an_item_to_another_group(leader, other_leader, logged_in):
    item = make_plan_item(make_group(1))

    page = logged_in(leader).post(
        reverse("planitem_edit", args=[item.pk]),
        form_data(version=1, group=make_group(2).pk),
    )

    item.refresh_from_db()
    assert (list(page.context["form"].errors), item.group) == (["group"], make_group(1))
