"""Pages of activities."""

import django_filters
from django.db.models import Count, Q
from django.urls import reverse

from congress import roles
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from groups.attendance import turnout
from groups.forms.work import ActivityForm
from groups.models import Activity, Attendance

from .groups import visible_groups

TOWNSHIP = "本级人大"


class ActivityFilter(RecordFilter):
    search_fields = ("number", "title", "theme", "content", "place")
    year = django_filters.NumberFilter("date__year", label="年度")
    kind = django_filters.ChoiceFilter(choices=Activity.Kind.choices, label="类型")
    group = django_filters.ModelChoiceFilter(
        queryset=visible_groups, label="组织者", null_label=TOWNSHIP
    )


def _turnout(activity: Activity) -> str:
    if not activity.expected:
        return "未登记"
    return f"{activity.present}/{activity.expected}"


class ActivityPages(RecordPages):
    model = Activity
    form_class = ActivityForm
    filter_class = ActivityFilter
    measure = "次"
    select_related = ("group",)
    prefetch_related = ("villages",)
    when_empty = "还没有活动。"
    may_read = staticmethod(roles.reads_group_work)
    may_edit = staticmethod(roles.edits_group_work)
    columns = (
        Column("名称", "title", ("title",), width=32),
        Column("编号", "number", ("number",), minor=True),
        Column("日期", "date", ("date",)),
        Column("类型", "get_kind_display", ("kind",)),
        Column("组织者", lambda activity: activity.group or TOWNSHIP, ("group__ordinal",), 16),
        Column("地点", lambda activity: place_of(activity), width=20, minor=True),
        Column("实到/应到", _turnout),
    )
    facts = (
        "number",
        "kind",
        (lambda activity: activity.group or TOWNSHIP, "组织者"),
        "date",
        "last_day",
        (lambda activity: place_of(activity), "地点"),
        "theme",
        "theme_source",
        "content",
    )

    @classmethod
    def with_related(cls, activities):
        present = Q(attendances__status=Attendance.Status.PRESENT)
        return (
            super()
            .with_related(activities)
            .annotate(expected=Count("attendances"), present=Count("attendances", filter=present))
            .order_by(*cls.model._meta.ordering)
        )

    @classmethod
    def buttons(cls, activity, user):
        if not roles.edits_group_work(user):
            return []
        return [
            ("登记出席", reverse("activity_attendance", args=[activity.pk])),
            ("转送与后续", reverse("activity_chain", args=[activity.pk])),
        ]

    @classmethod
    def related(cls, activity, user):
        attendances = list(
            activity.attendances.select_related("mandate__delegate").order_by("mandate__pk")
        )
        return {
            "turnout": turnout(attendances),
            "missing": [each for each in attendances if each.status != Attendance.Status.PRESENT],
            "findings": activity.findings.all(),
            "recommendations": activity.recommendations.all(),
            "chain": chain_of(activity),
        }


def place_of(activity: Activity) -> str:
    """Villages visited and the place, in words."""
    return "、".join(
        [*(str(village) for village in activity.villages.all()), activity.place]
    ).strip("、")


def chain_of(activity: Activity) -> list[tuple[str, object]]:
    """Transmissions and follow-ups in the order of their days, each with its word."""
    steps = [("转送", step) for step in activity.transmissions.all()]
    steps += [("后续", step) for step in activity.follow_ups.all()]
    return sorted(steps, key=lambda step: (step[1].date, step[0] == "后续"))
