"""Activity rooms: checks by day, what is missing, the report of all, rooms that move."""

import io
import uuid

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress import pdf
from congress.todo import todos_of
from groups import room_actions
from groups.models import ActivityRoom, RoomCheck, RoomCheckFile, RoomItem, Standard
from groups.models.rooms import keep_standard_items
from groups.room_state import states_of
from tests.congress.made_files import PDF
from tests.factory import day, make_group, make_room, make_room_check, make_room_item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_20_august(set_today, settings, tmp_path):
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path


def complete(room, date, **but):
    return make_room_check(room, date, **(dict.fromkeys(Standard.values, True) | but))


def lacks(*rooms, on="2020-08-20"):
    return [state.lacks for state in states_of(rooms, day(on))]


def test_each_item_stands_as_its_last_check_until_that_day_says():
    room, other = make_room(make_group(1)), make_room(make_group(2))
    make_room_check(room, "2019-05-01", sign=True, rules=False)
    make_room_check(room, "2020-05-01", rules=True, plan=False)
    make_room_item("宣传栏", "2020-07-01")

    assert [lacks(room, on=date) for date in ("2019-04-30", "2020-04-30", "2020-05-01")] == [
        ["标牌、制度上墙、计划上墙、登记簿未检查"],
        ["缺制度上墙；计划上墙、登记簿未检查"],
        ["缺计划上墙；登记簿未检查"],
    ]
    assert lacks(room, other) == [
        "缺计划上墙；登记簿、宣传栏未检查",
        "标牌、制度上墙、计划上墙、登记簿、宣传栏未检查",
    ]


def test_rooms_are_listed_and_waiting_by_what_they_lack(office, leader, logged_in):
    full, old, _ = (make_room(make_group(number), f"{number}室") for number in (1, 2, 3))
    complete(full, "2020-01-01")
    complete(old, "2019-08-20", register=False)
    make_room(make_group(1), "关闭", end=day("2020-01-01"))
    desk = logged_in(office)

    def listed(**query):
        page = desk.get(reverse("activityroom_list"), query)
        return [record.name for record in page.context["object_list"]]

    sign = RoomItem.objects.get(code=Standard.SIGN)
    assert [
        listed(state="complete"),
        listed(state="incomplete"),
        listed(state="overdue"),
        listed(state="ended"),
        listed(item=sign.pk),
    ] == [["1室"], ["2室", "3室"], ["2室", "3室"], ["关闭"], ["3室"]]
    assert [
        (todo.label, todo.count)
        for user in (office, leader)
        for todo in todos_of(user, day("2020-08-20"))
        if "活动室" in todo.label
    ] == [("活动室12个月未检查", 2), ("活动室有缺项或未检查的项目", 2)]


def sent(room, **found):
    """What the form of a check sends; items by their code."""
    items = {item.code or item.title: item.pk for item in RoomItem.objects.all()}
    return {
        "room": room.pk,
        "day": "2020-08-20",
        "checked_by": "组长",
        "submission": str(uuid.uuid4()),
    } | {f"item_{items[code]}": value for code, value in found.items()}


def test_leader_records_a_check_with_photos_of_the_own_rooms_only(leader, office, logged_in):
    room, other = make_room(make_group(1)), make_room(make_group(2))
    phone, address = logged_in(leader), reverse("roomcheck_add")
    photo = SimpleUploadedFile("室内.pdf", PDF)

    form = phone.get(address, {"room": room.pk}).context["form"]
    answer = phone.post(address, sent(room, sign="met", rules="missing") | {"attachments": [photo]})
    foreign = phone.post(address, sent(other, sign="met"))
    empty = phone.post(address, sent(room) | {"day": "2020-08-19"})
    early = phone.post(address, sent(room, sign="met") | {"day": "2016-01-01"})
    twice = phone.post(address, sent(room, sign="met"))

    check = RoomCheck.objects.get()
    assert answer.url == check.get_absolute_url()
    assert (check.room, str(check.day), check.user) == (room, "2020-08-20", leader)
    assert [str(each) for each in check.results.all()] == ["标牌：有", "制度上墙：缺"]
    assert [file.name for file in RoomCheckFile.objects.all()] == ["室内.pdf"]
    assert list(form.fields["room"].queryset) == [room]
    assert list(foreign.context["form"].errors) == ["room"]
    assert [each.context["form"].errors for each in (empty, early, twice)] == [
        {"__all__": ["请至少选定一个项目的检查结果。"]},
        {"day": ["这一天活动室尚未启用或者已经停用，请核对。"]},
        {"day": ["这个活动室这一天已有检查记录，请修改那一条。"]},
    ]
    with pytest.raises(PermissionDenied):
        room_actions.record_check(
            by=leader, room_check=RoomCheck(room=other, day=day("2020-08-20")), results=[]
        )


def test_leader_changes_own_checks_and_not_the_offices(leader, office, logged_in):
    room = make_room(make_group(1))
    own = make_room_check(room, "2020-08-01", leader, sign=True)
    theirs = make_room_check(room, "2020-08-02", office, sign=True)
    phone = logged_in(leader)

    answer = phone.post(
        reverse("roomcheck_edit", args=[own.pk]),
        sent(room, sign="missing", plan="met") | {"day": "2020-08-01", "version": "1"},
    )

    assert answer.url == own.get_absolute_url()
    assert [str(each) for each in own.results.all()] == ["标牌：缺", "计划上墙：有"]
    assert phone.get(reverse("roomcheck_edit", args=[theirs.pk])).status_code == 403


def test_report_counts_and_names_what_is_missing_on_the_day(office, logged_in, monkeypatch):
    first, second = make_room(make_group(1), "一室"), make_room(make_group(2), "二室")
    complete(first, "2020-01-01")
    complete(second, "2019-03-01", sign=False)
    make_room_check(second, "2020-08-01", sign=True)
    desk, address = logged_in(office), reverse("room_report")
    monkeypatch.setattr(pdf, "render_sheets", lambda sheets, *_, **__: sheets[0][0].encode())

    def counted(**query):
        report = desk.get(address, query).context["report"]
        return (len(report.states), report.complying, report.incomplete, report.overdue)

    assert [counted(), counted(on="2020-03-01"), counted(on="2016-01-01")] == [
        (2, 2, 0, 0),
        (2, 1, 1, 1),
        (0, 0, 0, 0),
    ]
    book = desk.get(address, {"on": "2020-03-01", "export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    assert [list(row) for row in sheet.iter_rows(values_only=True)][1:] == [
        [
            *("第一代表小组", "一室", "镇政府会议室", "2016-12-20"),
            *["有（2020-01-01）"] * 4,
            *("齐备", "2020-01-01", None),
        ],
        [
            *("第二代表小组", "二室", "镇政府会议室", "2016-12-20", "缺（2019-03-01）"),
            *["有（2019-03-01）"] * 3,
            *("缺标牌", "2019-03-01", None),
        ],
    ]


def test_lists_and_report_cost_the_same_queries_for_one_room_and_three(
    office, logged_in, queries_of
):
    def add(number):
        room = make_room(make_group(number))
        complete(room, "2020-01-01")
        make_room_check(room, "2020-02-01", sign=False)

    desk = logged_in(office)
    addresses = [reverse(name) for name in ("activityroom_list", "roomcheck_list", "room_report")]
    add(1)
    one = [queries_of(desk, address) for address in addresses]
    add(2)
    add(3)

    assert [queries_of(desk, address) for address in addresses] == one


def succeed(by, room, **changes):
    given = {
        "on": day("2020-06-01"),
        "group": room.group,
        "name": room.name,
        "place": room.place,
        "because": "变动",
    }
    return room_actions.succeed(by=by, room=room, **given | changes)


def test_room_that_changes_hands_stays_as_checked_one_that_moves_does_not(office):
    handed, moved = make_room(make_group(1), "甲室"), make_room(make_group(2), "乙室")
    complete(handed, "2020-01-01", plan=False)
    complete(moved, "2020-01-01")

    new_hands = succeed(office, handed, group=make_group(3))
    new_place = succeed(office, moved, place="村部新址")

    assert lacks(new_hands, new_place) == [
        "缺计划上墙",
        "标牌、制度上墙、计划上墙、登记簿未检查",
    ]
    assert list(
        ActivityRoom.objects.order_by("name", "start").values_list(
            "name", "group__ordinal", "place", "end", "end_reason", "follows__name"
        )
    ) == [
        ("乙室", 2, "镇政府会议室", day("2020-06-01"), "变动", None),
        ("乙室", 2, "村部新址", None, "", "乙室"),
        ("甲室", 1, "镇政府会议室", day("2020-06-01"), "变动", None),
        ("甲室", 3, "镇政府会议室", None, "", "甲室"),
    ]


def test_move_before_the_last_check_or_to_nowhere_is_refused(office):
    room = make_room(make_group(1))
    complete(room, "2020-06-01")

    def refusal(**changes):
        with pytest.raises(ValidationError) as refused:
            succeed(office, room, **changes)
        return refused.value.messages

    assert [refusal(place="新址"), refusal(), refusal(on=day("2016-12-20"))] == [
        ["这一天以后已有检查记录（2020-06-01），请核对日期。"],
        ["代表小组和地点都没有变动；只改名称的，请修改活动室。"],
        ["日期须晚于启用日期（2016-12-20）。"],
    ]


def test_standard_items_stay_and_come_again(office, logged_in):
    sign = RoomItem.objects.get(code=Standard.SIGN)
    own = make_room_item("宣传栏")
    desk = logged_in(office)

    assert [
        desk.post(reverse("roomitem_delete", args=[each.pk])).status_code for each in (sign, own)
    ] == [403, 302]
    RoomItem.objects.all().delete()
    keep_standard_items()
    keep_standard_items()
    assert list(RoomItem.objects.values_list("code", "title")) == Standard.choices
