"""Pages of delegate groups and activity rooms."""

import django_filters
from django.db.models import Case, Prefetch, Q, When
from django.urls import reverse

from congress import roles
from congress.models import Term
from congress.periods import Period, holds_on, today
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from delegates.models import Level, Mandate
from delegates.pages import state_on
from groups.attendance import turnout
from groups.forms.groups import ActivityRoomForm, DelegateGroupForm
from groups.models import (
    OFFICERS,
    ActivityRoom,
    Attendance,
    DelegateGroup,
    GroupVillage,
    Membership,
    PlanItem,
    Post,
)
from groups.open_sheets import sheet_is_open
from groups.plan import state_of, with_progress


def _holder(post: str):
    """Function of a group: who holds that post today."""

    def name(group: DelegateGroup) -> str:
        return "、".join(each.person_name for each in group.members_today if each.post == post)

    return name


def _number(level: str):
    """Function of a group: members in office today with a mandate of that level."""

    def number(group: DelegateGroup) -> int:
        mandates = (each.mandate for each in group.members_today if each.mandate_id)
        return sum(mandate.level == level for mandate in mandates)

    return number


class DelegateGroupFilter(RecordFilter):
    search_fields = ("villages__name", "rooms__name")
    term = django_filters.ModelChoiceFilter(queryset=Term.objects.all(), label="届次")

    def search(self, groups, name, words):
        found = super().search(groups, name, words)
        return groups.filter(pk__in=found.order_by().values("pk"))


class DelegateGroupPages(RecordPages):
    model = DelegateGroup
    form_class = DelegateGroupForm
    filter_class = DelegateGroupFilter
    measure = "个"
    select_related = ("term",)
    when_empty = "还没有代表小组。可以逐个添加，也可以从台账导入。"
    may_read = staticmethod(roles.reads_group_work)
    columns = (
        Column("小组", str, ("ordinal",), width=16),
        Column("覆盖村", lambda group: "、".join(map(str, group.covered_today)), width=24),
        Column("组长", _holder(Post.LEADER)),
        Column("副组长", _holder(Post.VICE_LEADER)),
        Column("联系员", _holder(Post.LIAISON)),
        Column("县代表", _number(Level.COUNTY), numeric=True, minor=True),
        Column("镇代表", _number(Level.TOWN), numeric=True, minor=True),
        Column(
            "活动室", lambda group: "、".join(map(str, group.rooms_today)), width=20, minor=True
        ),
        Column("届次", "term", ("term__ordinal",), minor=True),
    )
    facts = (
        "term",
        (lambda group: "、".join(map(str, group.covered_today)), "覆盖村"),
        (_holder(Post.LEADER), "组长"),
        (_holder(Post.VICE_LEADER), "副组长"),
        (_holder(Post.LIAISON), "联系员"),
        (lambda group: f"{_number(Level.COUNTY)(group)}名", "县人大代表"),
        (lambda group: f"{_number(Level.TOWN)(group)}名", "本级人大代表"),
        "start",
        "end",
        "note",
    )

    @classmethod
    def with_related(cls, groups):
        """With what holds today; who is suspended is not among the members."""
        in_office = Mandate.objects.in_office_on(today()).values("pk")
        members = Membership.objects.holding_on(today()).select_related("mandate__delegate")
        members = members.filter(Q(mandate__isnull=True) | Q(mandate__in=in_office))
        coverage = GroupVillage.objects.holding_on(today()).select_related("village")
        rooms = ActivityRoom.objects.holding_on(today())
        return (
            super()
            .with_related(groups)
            .prefetch_related(
                Prefetch("memberships", members, to_attr="members_today"),
                Prefetch("coverage", coverage, to_attr="covered_today"),
                Prefetch("rooms", rooms, to_attr="rooms_today"),
            )
        )

    @classmethod
    def buttons(cls, group, user):
        if not roles.keeps_records(user) or not group.holds_on(today()):
            return []
        return [("指定工作人员联系员", reverse("group_liaison", args=[group.pk]))]

    @classmethod
    def related(cls, group, user):
        year = Period.of_year(today().year)
        memberships = list(
            group.memberships.select_related("mandate__delegate", "mandate__constituency")
            .prefetch_related("mandate__suspensions")
            .order_by("start", "pk")
        )
        rank = {post: place for place, post in enumerate([*OFFICERS, Post.MEMBER])}
        current = [each for each in memberships if each.holds_on(today())]
        items = with_progress(PlanItem.objects.filter(group=group, year=year.first.year), today())
        activities = (
            group.activities.held_in(year)
            .annotate(is_open=Case(When(sheet_is_open(), then=True), default=False))
            .prefetch_related(Prefetch("attendances", Attendance.objects.counted()))
            .order_by("-date", "-pk")
        )
        return {
            "members": [
                (each, state_on(each.mandate, today()) if each.mandate_id else "工作人员")
                for each in sorted(current, key=lambda each: rank[each.post])
            ],
            "former": [each for each in memberships if each.end and each.end <= today()],
            "coverage": group.coverage.select_related("village").exclude(holds_on(today())),
            "year": year.first.year,
            "items": [(item, state_of(item, today())) for item in items.order_by("number")],
            "activities": [
                (activity, turnout(activity.attendances.all())) for activity in activities
            ],
            "keeps_records": roles.keeps_records(user),
            "reads_all": roles.reads_all(user),
            "edits_group_work": roles.edits_group_work(user),
        }


def visible_groups(request):
    """The groups a filter offers to this user."""
    return DelegateGroup.objects.visible_to(request.user)


CHECKED = (("True", "有"), ("False", "缺"))
#: The checklist of a room, each point with the word for what is missing.
CHECKLIST = (
    ("has_sign", "标牌"),
    ("rules_on_wall", "制度上墙"),
    ("plan_posted", "计划上墙"),
    ("register_kept", "登记簿"),
)


def missing(room: ActivityRoom) -> str:
    """缺标牌、登记簿; empty where nothing is missing."""
    words = [word for point, word in CHECKLIST if not getattr(room, point)]
    return f"缺{'、'.join(words)}" if words else ""


class ActivityRoomFilter(RecordFilter):
    search_fields = ("name", "place")
    group = django_filters.ModelChoiceFilter(queryset=visible_groups, label="代表小组")
    has_sign = django_filters.ChoiceFilter(choices=CHECKED, label="标牌")
    rules_on_wall = django_filters.ChoiceFilter(choices=CHECKED, label="制度上墙")


class ActivityRoomPages(RecordPages):
    model = ActivityRoom
    form_class = ActivityRoomForm
    filter_class = ActivityRoomFilter
    measure = "个"
    select_related = ("group",)
    when_empty = "还没有活动室。"
    may_read = staticmethod(roles.reads_group_work)
    columns = (
        Column("活动室", "name", ("name",), width=22),
        Column("代表小组", "group", ("group__ordinal",), width=16),
        Column("地点", "place", ("place",), width=20),
        Column("标牌", lambda room: "有" if room.has_sign else "缺", ("has_sign",), minor=True),
        Column(
            "制度上墙",
            lambda room: "有" if room.rules_on_wall else "缺",
            ("rules_on_wall",),
            minor=True,
        ),
        Column("缺项", missing, width=24, state_class=lambda room: "due-soon"),
        Column("起始日期", "start", ("start",), minor=True),
        Column("终止日期", "end", ("end",), minor=True),
    )
    facts = (
        "name",
        "group",
        "place",
        "has_sign",
        "rules_on_wall",
        "plan_posted",
        "register_kept",
        "start",
        "end",
    )

    @classmethod
    def visible_to(cls, user):
        return ActivityRoom.objects.filter(group__in=DelegateGroup.objects.visible_to(user))
