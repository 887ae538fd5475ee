"""Pages of groups, members and activity rooms."""

import uuid

import pytest
from django.urls import reverse

from groups.models import DelegateGroup, GroupVillage, Membership, Post
from tests.factory import (
    day,
    make_activity,
    make_attendance,
    make_coverage,
    make_delegate,
    make_group,
    make_mandate,
    make_membership,
    make_plan_item,
    make_room,
    make_staff_liaison,
    make_suspension,
    make_term,
    make_village,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(office, logged_in, set_today):
    """The office's browser on 20 August 2020."""
    set_today("2020-08-20")
    return logged_in(office)


def member(name, group=1, post=Post.MEMBER, end=None, **fields):
    mandate = make_mandate(make_delegate(name), **fields)
    return make_membership(make_group(group), mandate, post=post, end=end)


def shown(response, *headings):
    """The text of these columns, row by row."""
    return [
        tuple(cell["text"] for cell in cells if cell["column"].heading in headings)
        for _, cells in response.context["rows"]
    ]


def test_list_shows_posts_villages_and_members_of_today(desk):
    member("组长甲", post=Post.LEADER)
    member("前副组长", post=Post.VICE_LEADER, end="2020-08-20")
    member("县代表", level="county")
    make_suspension(member("暂停").mandate, "2020-08-01")
    make_staff_liaison(make_group(1), "干事")
    make_coverage(make_group(1), make_village("上河"))
    make_coverage(make_group(1), make_village("下河"), end="2020-08-20")
    make_room(make_group(1), "一组活动室")

    columns = ("小组", "覆盖村", "组长", "副组长", "联系员", "县代表", "镇代表", "活动室")
    assert shown(desk.get(reverse("delegategroup_list")), *columns) == [
        ("第一代表小组", "上河", "组长甲", "", "干事", "1", "1", "一组活动室")
    ]


@pytest.mark.parametrize("name", ["delegategroup_list", "activityroom_list"])
def test_lists_cost_the_same_queries_for_one_row_and_three(desk, queries_of, name):
    def add(number):
        group = make_group(number)
        member(f"组长{number}", number, Post.LEADER)
        member(f"组员{number}", number)
        make_coverage(group)
        make_room(group)

    add(1)
    one = queries_of(desk, reverse(name))
    add(2)
    add(3)

    assert queries_of(desk, reverse(name)) == one


def test_detail_costs_the_same_queries_for_one_member_and_three(desk, queries_of):
    def add(number):
        member(f"组员{number}")
        member(f"前组员{number}", end="2020-01-01")
        make_coverage(make_group(1))
        make_plan_item(make_group(1))
        make_attendance(make_activity("2020-07-15", make_group(1)), make_mandate())

    address = reverse("delegategroup_detail", args=[make_group(1).pk])
    add(1)
    one = queries_of(desk, address)
    add(2)
    add(3)

    assert queries_of(desk, address) == one


def test_group_is_shown_as_it_was_on_a_day(desk):
    group = make_group(1)
    member("组长甲", post=Post.LEADER, end="2020-03-01")
    leader = make_mandate(make_delegate("组长乙"))
    make_membership(group, leader, end="2020-03-01")
    make_membership(group, leader, Post.LEADER, "2020-03-01")
    make_staff_liaison(group, "干事", start="2020-02-01")
    make_coverage(group, make_village("上河"), end="2020-05-01")
    make_room(group, "旧室", end=day("2020-04-01"), end_reason="迁址")
    make_room(group, "新室", start="2020-04-01")
    address = reverse("delegategroup_detail", args=[group.pk])

    def shown_on(**query):
        page = desk.get(address, query).context
        facts = dict(page["facts"])
        return (
            [str(each) for each, _ in page["members"]],
            [facts[label] for label in ("覆盖村", "组长", "联系员", "本级人大代表")],
            [state.room.name for state in page["rooms"]],
        )

    assert shown_on(on="2016-12-01") == ([], ["", "", "", "0名"], [])
    assert shown_on(on="2020-02-29") == (
        ["组长甲（组长）", "干事（联系员）", "组长乙（组员）"],
        ["上河", "组长甲", "干事", "2名"],
        ["旧室"],
    )
    assert (
        shown_on(on="明天")
        == shown_on(on="2020-08-20")
        == shown_on()
        == (
            ["组长乙（组长）", "干事（联系员）"],
            ["", "组长乙", "干事", "1名"],
            ["新室"],
        )
    )
    assert [(str(event.day), event.words) for event in desk.get(address).context["history"]] == [
        ("2020-05-01", "上河划出"),
        ("2020-04-01", "旧室停用（迁址）"),
        ("2020-04-01", "新室启用，设在镇政府会议室"),
        ("2020-03-01", "组长甲（组长）离开"),
        ("2020-03-01", "组长乙由组员改任组长"),
        ("2020-02-01", "干事加入，任联系员"),
        ("2017-01-05", "组长甲加入，任组长"),
        ("2017-01-05", "组长乙加入"),
        ("2016-12-20", "小组成立"),
        ("2016-12-20", "上河划入"),
        ("2016-12-20", "旧室启用，设在镇政府会议室"),
    ]


def test_days_of_a_village_are_corrected_with_the_same_checks(desk):
    village = make_village("上河")
    make_coverage(make_group(1), village, end="2020-05-01")
    second = make_coverage(make_group(2), village, "2020-05-10")
    address = reverse("groupvillage_edit", args=[second.pk])
    data = {"group": make_group(2).pk, "version": "1"}

    overlapping = desk.post(address, data | {"start": "2020-04-30"})
    mended = desk.post(address, data | {"start": "2020-05-01"})

    assert overlapping.context["form"].errors == {
        "__all__": [
            "一个村同一时间只能属于一个代表小组。"
            "日期重叠的是第一代表小组的上河（2016-12-20至2020-05-01）。"
        ]
    }
    assert mended.url == make_group(2).get_absolute_url()
    second.refresh_from_db()
    assert second.start == day("2020-05-01")


def test_detail_tells_members_former_members_plan_and_activities(desk):
    member("组员")
    member("组长甲", post=Post.LEADER)
    make_suspension(member("暂停").mandate, "2020-08-01")
    member("前组员", end="2020-08-20")
    make_plan_item(make_group(1), title="视察", first_month=7)
    make_plan_item(make_group(2), title="别组")
    make_activity("2020-07-15", make_group(1), title="视察重点工程")

    page = desk.get(reverse("delegategroup_detail", args=[make_group(1).pk])).context

    assert [(each.person_name, state) for each, state in page["members"]] == [
        ("组长甲", "在任"),
        ("组员", "在任"),
        ("暂停", "暂停"),
    ]
    assert [each.person_name for each in page["former"]] == ["前组员"]
    assert [(item.title, item.done, state.words) for item, state in page["items"]] == [
        ("视察", 1, "已完成")
    ]
    assert [activity.title for activity, _ in page["activities"]] == ["视察重点工程"]


def test_leader_sees_the_own_group_and_changes_nothing_of_it(leader, other_leader, logged_in):
    browser = logged_in(leader)
    rooms = [make_room(make_group(number)) for number in (1, 2)]

    assert [str(group) for group in browser.get("/groups/").context["object_list"]] == [
        "第一代表小组"
    ]
    for name, records in (
        ("delegategroup", [make_group(1), make_group(2)]),
        ("activityroom", rooms),
    ):
        assert [
            browser.get(reverse(f"{name}_{page}", args=[record.pk])).status_code
            for record in records
            for page in ("detail", "edit")
        ] == [200, 403, 404, 403]


def test_new_group_covers_its_villages_from_its_first_day(desk):
    villages = [make_village("上河"), make_village("下河")]
    make_coverage(make_group(1), villages[1])

    answer = desk.post(
        reverse("delegategroup_add"),
        {
            "term": make_term().pk,
            "ordinal": "2",
            "start": "2020-07-01",
            "covered": [village.pk for village in villages],
            "submission": str(uuid.uuid4()),
        },
    )

    assert answer.url == DelegateGroup.objects.get(ordinal=2).get_absolute_url()
    assert list(
        GroupVillage.objects.order_by("group", "village").values_list(
            "group__ordinal", "village__name", "start", "end"
        )
    ) == [
        (1, "下河", day("2016-12-20"), day("2020-07-01")),
        (2, "上河", day("2020-07-01"), None),
        (2, "下河", day("2020-07-01"), None),
    ]


def test_change_of_villages_needs_a_day_within_the_groups_time(desk):
    group, village = make_group(1), make_village("上河")
    data = {
        "term": group.term_id,
        "ordinal": "1",
        "start": "2016-12-20",
        "covered": [village.pk],
        "version": "1",
    }
    address = reverse("delegategroup_edit", args=[group.pk])

    assert desk.post(address, data).context["form"].errors == {
        "covered_from": ["覆盖村有变动，请填写生效日期。"]
    }
    assert desk.post(address, data | {"covered_from": "2016-12-19"}).context["form"].errors == {
        "covered_from": ["生效日期不能早于小组的起始日期。"]
    }
    desk.post(address, data | {"covered_from": "2020-05-01"})

    assert list(group.coverage.values_list("village__name", "start")) == [
        ("上河", day("2020-05-01"))
    ]


def test_member_is_transferred_and_appointed_from_pages(desk):
    membership = member("张某")
    delegate = membership.mandate.delegate

    moved = desk.post(
        reverse("delegate_transfer", args=[delegate.pk]),
        {"group": make_group(2).pk, "on": "2020-05-01"},
    )
    membership = Membership.objects.get(end=None)
    appointed = desk.post(
        reverse("membership_appoint", args=[membership.pk]), {"post": "leader", "on": "2020-06-01"}
    )

    assert (moved.url, appointed.url) == (
        delegate.get_absolute_url(),
        make_group(2).get_absolute_url(),
    )
    assert list(
        Membership.objects.order_by("start").values_list("group__ordinal", "post", "end")
    ) == [
        (1, "member", day("2020-05-01")),
        (2, "member", day("2020-06-01")),
        (2, "leader", None),
    ]


def test_staff_liaison_is_named_on_the_groups_page(desk):
    answer = desk.post(
        reverse("group_liaison", args=[make_group(1).pk]), {"name": "干事", "on": "2020-05-01"}
    )

    assert answer.url == make_group(1).get_absolute_url()
    assert list(Membership.objects.values_list("staff_name", "post", "start")) == [
        ("干事", "liaison", day("2020-05-01"))
    ]


def test_members_are_found_by_group_name_and_day(desk):
    member("张某", end="2020-01-01")
    member("王某", group=2)
    make_staff_liaison(make_group(2), "干事", start="2020-02-01")
    address = reverse("membership_list")

    assert [
        [record.person_name for record in desk.get(address, query).context["object_list"]]
        for query in ({"group": make_group(2).pk}, {"q": "干"}, {"on": "2019-12-31"})
    ] == [["王某", "干事"], ["干事"], ["张某", "王某"]]


def test_group_with_members_is_not_deleted(desk):
    member("张某")

    refused = desk.post(reverse("delegategroup_delete", args=[make_group(1).pk]))

    assert (refused.status_code, refused.context["held_by"]) == (409, [("小组成员", 1)])
