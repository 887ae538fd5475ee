"""The form of an activity: times, agenda and whom it invites, checked by the server."""

import uuid

import pytest
from django.urls import reverse

from groups.models import Activity
from tests.factory import (
    make_activity,
    make_delegate,
    make_group,
    make_mandate,
    make_membership,
    make_suspension,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office_day(set_today):
    set_today("2020-08-20")


@pytest.fixture
def desk(office, logged_in):
    return logged_in(office)


def member(name, group=1, level="town", start="2017-01-05", end=None):
    mandate = make_mandate(make_delegate(name), level, start=start, end=end)
    make_membership(make_group(group), mandate, start=start, end=end)
    return mandate


def data(**fields):
    return {
        "kind": "inspection",
        "title": "视察",
        "date": "2020-09-15",
        "place": "镇政府会议室",
        "content": "道路、码头",
        "circle": "everybody",
        "submission": str(uuid.uuid4()),
        **fields,
    }


def sent(client, **fields):
    """The errors of the form by field; empty where it was saved."""
    response = client.post(reverse("activity_add"), data(**fields))
    return dict(response.context["form"].errors) if response.status_code == 200 else {}


def offered(client, address=None):
    form = client.get(address or reverse("activity_add")).context["form"]
    return [
        (group, [str(box.choice_label) for box in boxes])
        for group, _, boxes in form.people_by_group
    ]


def test_all_that_belongs_to_an_activity_is_saved_together(desk):
    first, second = member("甲"), member("乙", group=2)

    errors = sent(
        desk,
        starts_at="09:00",
        ends_at="11:30",
        agenda="学习文件\n实地察看",
        host="主席",
        observers="农业站负责人",
        circle="named",
        invited=[first.pk, second.pk],
    )

    assert errors == {}
    activity = Activity.objects.get()
    assert set(activity.invited.all()) == {first, second}
    facts = dict(desk.get(activity.get_absolute_url()).context["facts"])
    assert {key: facts[key] for key in ("日期", "时间", "议程", "主持人", "邀请范围")} == {
        "日期": "2020年9月15日（周二）",
        "时间": "09:00至11:30",
        "议程": "学习文件\n实地察看",
        "主持人": "主席",
        "邀请范围": "逐人选定2名代表",
    }


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"circle": "named"}, {"invited": ["请至少勾选一名代表。"]}),
        ({"circle": "groups"}, {"invited_groups": ["请至少勾选一个小组。"]}),
        (
            {"circle": "town", "invited": ["甲", "乙"]},
            {
                "invited": [
                    "邀请范围选的是“只请本级代表”，这里却勾选了2名代表；"
                    "请改选“逐人选定”，或者取消勾选。"
                ]
            },
        ),
        (
            {"circle": "named", "invited": ["甲"], "invited_groups": [1]},
            {
                "invited_groups": [
                    "邀请范围选的是“逐人选定”，这里却勾选了1个小组；"
                    "请改选“选定的代表小组”，或者取消勾选。"
                ]
            },
        ),
        (
            {"circle": "groups", "invited_groups": [1], "group": 1},
            {"circle": ["小组的活动只邀请本组成员，请选“全体”“只请本级代表”或者“逐人选定”。"]},
        ),
        (
            {"circle": "named", "invited": ["甲", "乙"], "group": 1},
            {"invited": ["乙在2020年9月15日不是第一代表小组的在任成员，请取消勾选。"]},
        ),
        (
            {"circle": "named", "invited": ["甲", "暂停"]},
            {"invited": ["暂停在2020年9月15日不在任，请取消勾选。"]},
        ),
        ({"circle": "all"}, {"circle": ["所选的已不在列表中，请重新选择。"]}),
        ({"circle": ""}, {"circle": ["请选择这一项。"]}),
        ({"circle": "named", "invited": ["x"]}, {"invited": ["所选的已不在列表中，请重新选择。"]}),
        ({"starts_at": "九点"}, {"starts_at": ["请填写时间，如09:00。"]}),
        (
            {"starts_at": "09:00", "ends_at": "08:00"},
            {"ends_at": ["结束时间须晚于开始时间；没有开始时间的不填结束时间。"]},
        ),
    ],
)
def test_what_does_not_agree_is_refused_at_its_field(desk, fields, errors):
    people = {"甲": member("甲"), "乙": member("乙", group=2), "暂停": member("暂停")}
    make_suspension(people["暂停"], "2020-08-21")
    keys = {name: mandate.pk for name, mandate in people.items()}
    if "invited" in fields:
        fields = fields | {"invited": [keys.get(name, name) for name in fields["invited"]]}
    for name in ("group", "invited_groups"):
        if name in fields:
            ordinal = fields[name][0] if name == "invited_groups" else fields[name]
            fields = fields | {name: make_group(ordinal).pk}

    assert sent(desk, **fields) == errors
    assert Activity.objects.count() == 0


def test_offered_are_those_in_office_by_group_each_person_once(desk):
    member("乙", group=2)
    member("甲")
    member("县代表", level="county")
    member("已终止", end="2020-08-01")
    double = make_delegate("双职")
    make_mandate(double, "county")
    make_membership(make_group(2), make_mandate(double))
    make_mandate(make_delegate("未编组"))

    assert offered(desk) == [
        ("第一代表小组", ["甲", "县代表（县代表）"]),
        ("第二代表小组", ["乙", "双职"]),
        ("未编组", ["未编组"]),
    ]


def test_who_was_invited_once_is_still_offered_after_leaving_office(desk):
    gone = member("已终止", end="2020-08-01")
    member("甲")
    activity = make_activity("2020-07-15", circle="named")
    activity.invited.set([gone])

    address = reverse("activity_edit", args=[activity.pk])

    assert offered(desk, address) == [("第一代表小组", ["已终止", "甲"])]
    errors = dict(
        desk.post(address, data(version=1, date="2020-08-15", circle="named", invited=[gone.pk]))
        .context["form"]
        .errors
    )
    assert errors == {"invited": ["已终止在2020年8月15日不在任，请取消勾选。"]}


def test_leader_invites_members_of_the_own_group_only(leader, other_leader, logged_in):
    own, foreign = member("甲"), member("乙", group=2)
    client, group = logged_in(leader), make_group(1).pk

    assert offered(client) == [("第一代表小组", ["一组组长", "甲"])]
    form = client.get(reverse("activity_add")).context["form"]
    assert "invited_groups" not in form.fields
    gone = ["所选的已不在列表中，请重新选择。"]
    assert sent(client, group=group, circle="named", invited=[foreign.pk]) == {"invited": gone}
    assert sent(client, group=group, circle="groups") == {"circle": gone}
    assert sent(client, group=group, circle="named", invited=[own.pk]) == {}
    assert list(Activity.objects.get().invited.all()) == [own]


def test_the_like_of_an_activity_starts_with_all_but_its_day(desk, other_leader, logged_in):
    stays, goes = member("甲"), member("已终止", end="2020-08-01")
    held = make_activity(
        "2020-07-15",
        make_group(1),
        title="视察",
        agenda="实地察看",
        circle="named",
        last_day="2020-07-16",
    )
    held.invited.set([stays, goes])
    address = f"{reverse('activity_add')}?copy={held.pk}"

    form = desk.get(address).context["form"]

    assert {name: form[name].value() for name in ("title", "agenda", "circle", "date")} == {
        "title": "视察",
        "agenda": "实地察看",
        "circle": "named",
        "date": None,
    }
    assert (form["group"].value(), form["last_day"].value()) == (make_group(1).pk, None)
    assert form["invited"].value() == [stays.pk]
    foreign = logged_in(other_leader).get(address).context["form"]
    assert foreign["title"].value() is None


def test_second_editor_is_told_of_times_and_names(desk):
    first, second = member("甲"), member("乙")
    activity = make_activity("2020-09-15", circle="named", starts_at="09:00")
    activity.invited.set([first])
    address = reverse("activity_edit", args=[activity.pk])
    mine = data(
        title=activity.title, content=activity.content, version=1, circle="named", starts_at="09:00"
    )
    desk.post(address, mine | {"invited": [second.pk]})

    page = desk.post(address, mine | {"invited": [first.pk], "host": "主席"})

    assert page.status_code == 409
    assert [(each.label, each.theirs, each.yours) for each in page.context["differences"]] == [
        ("主持人", "（空）", "主席"),
        ("邀请的代表", "乙", "甲"),
    ]


def test_the_form_costs_the_same_for_any_number_of_people(desk, queries_of):
    member("甲")
    few = queries_of(desk, reverse("activity_add"))
    for number in range(20):
        member(f"代表{number}", group=number % 3 + 1)

    assert queries_of(desk, reverse("activity_add")) == few
