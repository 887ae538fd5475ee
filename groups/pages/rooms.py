"""Pages of activity rooms, of checks of them, and of the checklist."""

import django_filters
from django.urls import reverse

from congress import roles
from congress.action_views import ActionEdit, SavedByAction
from congress.attachment_pages import AddWithFiles
from congress.models import Record
from congress.periods import today
from congress.record_pages import RecordFilter, RecordPages
from congress.record_views import RecordList
from congress.tables import Column
from groups.forms.rooms import ActivityRoomForm, RoomCheckForm, RoomItemForm
from groups.models import ActivityRoom, RoomCheck, RoomCheckFile, RoomItem
from groups.room_state import MONTHS_BETWEEN_CHECKS, states_of, year_before

from .groups import visible_groups

STATES = (
    ("complete", "齐备"),
    ("incomplete", "有缺项"),
    ("overdue", f"{MONTHS_BETWEEN_CHECKS}个月未检查"),
    ("ended", "已停用"),
)


class ActivityRoomFilter(RecordFilter):
    search_fields = ("name", "place")
    group = django_filters.ModelChoiceFilter(queryset=visible_groups, label="代表小组")
    state = django_filters.ChoiceFilter(choices=STATES, method="in_state", label="状态")
    item = django_filters.ModelChoiceFilter(
        queryset=RoomItem.objects.all(), method="lacking", label="缺哪一项"
    )

    def in_state(self, rooms, name, state):
        if state == "ended":
            return rooms.filter(end__lte=today())
        rooms, since = rooms.holding_on(today()), year_before(today())
        if state == "overdue":
            return rooms.filter(start__lte=since).unchecked(since, today())
        incomplete = rooms.incomplete(today())
        if state == "incomplete":
            return incomplete
        return rooms.exclude(pk__in=incomplete.order_by().values("pk"))

    def lacking(self, rooms, name, item):
        return rooms.holding_on(today()).incomplete(today(), item)


def _words(room: ActivityRoom) -> str:
    if room.end and room.end <= today():
        return "已停用"
    return room.state.lacks or "齐备"


def _urgency(room: ActivityRoom) -> str:
    if room.end and room.end <= today():
        return ""
    return "due-soon" if room.state.lacks else "done"


def _last_check(room: ActivityRoom):
    return room.state.last_check.day if room.state.last_check else ""


class ActivityRoomList(RecordList):
    def paginate_queryset(self, queryset, page_size):
        found = super().paginate_queryset(queryset, page_size)
        _with_states(found[2])
        return found

    def exported(self):
        return _with_states(super().exported())


def _with_states(rooms):
    rooms = list(rooms)
    for state in states_of(rooms, today()):
        state.room.state = state
    return rooms


class ActivityRoomPages(RecordPages):
    model = ActivityRoom
    form_class = ActivityRoomForm
    filter_class = ActivityRoomFilter
    measure = "个"
    select_related = ("group", "follows")
    when_empty = "还没有活动室。"
    may_read = staticmethod(roles.reads_group_work)
    views = {"list": ActivityRoomList}
    columns = (
        Column("活动室", "name", ("name",), width=22),
        Column("代表小组", "group", ("group__ordinal",), width=16),
        Column("地点", "place", ("place",), width=20),
        Column("启用日期", "start", ("start",), minor=True),
        Column("停用日期", "end", ("end",), minor=True),
        Column("最近检查", _last_check, minor=True),
        Column("建设情况", _words, width=24, state_class=_urgency),
    )
    facts = (
        "name",
        "group",
        "place",
        ("start", "启用日期"),
        ("end", "停用日期"),
        "end_reason",
    )

    @classmethod
    def facts_of(cls, room, user):
        """Of the end nothing is said while the room is used."""
        facts = super().facts_of(room, user)
        return facts if room.end else facts[:-2]

    @classmethod
    def buttons(cls, room, user):
        buttons = []
        if roles.edits_group_work(user) and room.holds_on(today()):
            buttons.append(("登记检查", f"{reverse('roomcheck_add')}?room={room.pk}"))
        if roles.keeps_records(user) and room.end is None:
            buttons.append(("迁址、移交", reverse("activityroom_succeed", args=[room.pk])))
        return buttons

    @classmethod
    def related(cls, room, user):
        last_day = today() if room.holds_on(today()) or room.end is None else room.end
        state = states_of([room], last_day)[0]
        pictures = RoomCheckFile.objects.filter(
            room_check__room=room, content_type__startswith="image/"
        ).select_related("room_check")
        return {
            "state": state,
            "checks": room.checks.prefetch_related("results__item"),
            "pictures": pictures.order_by("-room_check__day", "pk")[:12],
            "following": room.followed_by.select_related("group"),
        }


class RoomCheckFilter(RecordFilter):
    search_fields = ("room__name", "room__place", "checked_by", "remark")
    group = django_filters.ModelChoiceFilter(
        "room__group", queryset=visible_groups, label="代表小组"
    )
    year = django_filters.NumberFilter("day__year", label="年度")


class RoomCheckAdd(SavedByAction, AddWithFiles):
    """A room's page has the new check."""


def _found(check: RoomCheck) -> str:
    missing = [str(each.item) for each in check.results.all() if not each.met]
    met = [str(each.item) for each in check.results.all() if each.met]
    return "；".join(
        f"{word}：{'、'.join(titles)}" for word, titles in (("缺", missing), ("有", met)) if titles
    )


class RoomCheckPages(RecordPages):
    model = RoomCheck
    form_class = RoomCheckForm
    filter_class = RoomCheckFilter
    measure = "次"
    file_model = RoomCheckFile
    select_related = ("room__group", "user")
    prefetch_related = ("results__item",)
    when_empty = "还没有检查记录。"
    may_read = staticmethod(roles.reads_group_work)
    may_edit = staticmethod(roles.edits_group_work)
    views = {"add": RoomCheckAdd, "edit": ActionEdit}
    columns = (
        Column("检查日期", "day", ("day",)),
        Column("活动室", "room.name", ("room__name",), width=22),
        Column("代表小组", "room.group", ("room__group__ordinal",), width=16),
        Column("检查人", "checked_by", minor=True),
        Column("结果", _found, width=40),
    )
    facts = ("room", ("room.group", "代表小组"), "day", "checked_by", "remark")

    @classmethod
    def may_change(cls, user, record: Record):
        return cls.may_edit(user) and record.may_be_changed_by(user)

    @classmethod
    def related(cls, check, user):
        return {"results": check.results.all()}


class RoomItemPages(RecordPages):
    model = RoomItem
    form_class = RoomItemForm
    measure = "项"
    when_empty = "还没有建设项目。"
    columns = (
        Column("项目", "title", ("title",), width=16),
        Column("要求", "requirement", width=30, minor=True),
        Column("类别", lambda item: "通用" if item.code else "自定"),
        Column("启用日期", lambda item: "" if item.code else item.start, ("start",)),
        Column("停用日期", "end", ("end",)),
        Column("排序", "position", ("position",), numeric=True, minor=True),
    )
    facts = (
        "title",
        "requirement",
        (lambda item: "通用" if item.code else "自定", "类别"),
        ("start", "启用日期"),
        ("end", "停用日期"),
        "position",
    )

    @classmethod
    def may_delete(cls, user, item):
        """The standard items stay; one that is no longer asked for is given an end."""
        return cls.may_change(user, item) and not item.code
