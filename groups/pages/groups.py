"""Pages of delegate groups."""

import datetime

import django_filters
from django.db.models import Case, Prefetch, Q, When
from django.urls import reverse

from congress import roles
from congress.models import Term
from congress.periods import Period, today
from congress.record_pages import RecordFilter, RecordPages
from congress.record_views import RecordDetail, RecordEdit
from congress.tables import Column
from delegates.models import Level, Mandate
from delegates.pages import state_on
from groups.attendance import turnout
from groups.forms.days import day_form
from groups.forms.groups import CoverageForm, DelegateGroupForm
from groups.history import history_of
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
from groups.room_state import states_of


def _holder(post: str):
    """Function of a group: who holds that post on the day it is shown of."""

    def name(group: DelegateGroup) -> str:
        return "、".join(each.person_name for each in group.members_then if each.post == post)

    return name


def _number(level: str):
    """Function of a group: members in office then with a mandate of that level."""

    def number(group: DelegateGroup) -> int:
        mandates = (each.mandate for each in group.members_then if each.mandate_id)
        return sum(mandate.level == level for mandate in mandates)

    return number


class DelegateGroupFilter(RecordFilter):
    search_fields = ("villages__name", "rooms__name")
    term = django_filters.ModelChoiceFilter(queryset=Term.objects.all(), label="届次")

    def search(self, groups, name, words):
        found = super().search(groups, name, words)
        return groups.filter(pk__in=found.order_by().values("pk"))


class GroupDetail(RecordDetail):
    """A group as it was on a day; today where none is asked for."""

    def get_queryset(self):
        self.form = day_form(self.request)
        groups = self.pages.visible_to(self.request.user)
        return self.pages.as_on(groups, self.form.day)

    def get_object(self, queryset=None):
        group = super().get_object(queryset)
        group.shown_on = self.form.day
        return group

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        shown = {"day_form": self.form, "day": self.form.day}
        return context | shown | {"is_today": self.form.day == today()}


class DelegateGroupPages(RecordPages):
    model = DelegateGroup
    form_class = DelegateGroupForm
    filter_class = DelegateGroupFilter
    measure = "个"
    select_related = ("term",)
    when_empty = "还没有代表小组。可以逐个添加，也可以从台账导入。"
    views = {"detail": GroupDetail}
    may_read = staticmethod(roles.reads_group_work)
    columns = (
        Column("小组", str, ("ordinal",), width=16),
        Column("覆盖村", lambda group: "、".join(map(str, group.covered_then)), width=24),
        Column("组长", _holder(Post.LEADER)),
        Column("副组长", _holder(Post.VICE_LEADER)),
        Column("联系员", _holder(Post.LIAISON)),
        Column("县代表", _number(Level.COUNTY), numeric=True, minor=True),
        Column("镇代表", _number(Level.TOWN), numeric=True, minor=True),
        Column("活动室", lambda group: "、".join(map(str, group.rooms_then)), width=20, minor=True),
        Column("届次", "term", ("term__ordinal",), minor=True),
    )
    facts = (
        "term",
        (lambda group: "、".join(map(str, group.covered_then)), "覆盖村"),
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
        return cls.as_on(groups, today())

    @classmethod
    def as_on(cls, groups, day: datetime.date):
        """With what held that day; who was suspended is not among the members."""
        in_office = Mandate.objects.in_office_on(day).values("pk")
        members = Membership.objects.holding_on(day).select_related("mandate__delegate")
        members = members.filter(Q(mandate__isnull=True) | Q(mandate__in=in_office))
        coverage = GroupVillage.objects.holding_on(day).select_related("village")
        rooms = ActivityRoom.objects.holding_on(day)
        return groups.select_related(*cls.select_related).prefetch_related(
            Prefetch("memberships", members, to_attr="members_then"),
            Prefetch("coverage", coverage, to_attr="covered_then"),
            Prefetch("rooms", rooms, to_attr="rooms_then"),
        )

    @classmethod
    def buttons(cls, group, user):
        if not roles.keeps_records(user) or not group.holds_on(today()):
            return []
        return [("指定工作人员联系员", reverse("group_liaison", args=[group.pk]))]

    @classmethod
    def related(cls, group, user):
        day = group.shown_on
        year = Period.of_year(day.year)
        memberships = list(
            group.memberships.select_related("mandate__delegate", "mandate__constituency")
            .prefetch_related("mandate__suspensions")
            .order_by("start", "pk")
        )
        rank = {post: place for place, post in enumerate([*OFFICERS, Post.MEMBER])}
        current = [each for each in memberships if each.holds_on(day)]
        items = with_progress(PlanItem.objects.filter(group=group, year=year.first.year), today())
        keeps_records = roles.keeps_records(user)
        activities = (
            group.activities.held_in(year)
            .annotate(is_open=Case(When(sheet_is_open(), then=True), default=False))
            .prefetch_related(Prefetch("attendances", Attendance.objects.counted()))
            .order_by("-date", "-pk")
        )
        return {
            "members": [
                (each, state_on(each.mandate, day) if each.mandate_id else "工作人员")
                for each in sorted(current, key=lambda each: rank[each.post])
            ],
            "former": [each for each in memberships if each.end and each.end <= day],
            "coverage": group.coverage.select_related("village") if keeps_records else (),
            "rooms": states_of(group.rooms_then, day),
            "history": history_of(group),
            "existed": group.holds_on(day),
            "year": year.first.year,
            "items": [(item, state_of(item, today())) for item in items.order_by("number")],
            "activities": [
                (activity, turnout(activity.attendances.all())) for activity in activities
            ],
            "keeps_records": keeps_records,
            "reads_all": roles.reads_all(user),
            "edits_group_work": roles.edits_group_work(user),
        }


class CoverageEdit(RecordEdit):
    """Reached from the page of the group, and back to it."""

    @property
    def crumbs(self):
        return [(str(self.object.group), self.object.get_absolute_url())]

    def cancel_address(self):
        return self.object.get_absolute_url()

    def address(self, page, *args):
        return reverse("delegategroup_list")


class CoveragePages(RecordPages):
    model = GroupVillage
    form_class = CoverageForm
    select_related = ("group", "village")
    views = {"edit": CoverageEdit}
    without = frozenset({"add", "list", "detail", "delete"})


def visible_groups(request):
    """The groups a filter offers to this user."""
    return DelegateGroup.objects.visible_to(request.user)
