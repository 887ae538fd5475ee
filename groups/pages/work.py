"""Pages of the annual plan and of activities."""

import django_filters
from django.db.models import Count, Q
from django.urls import reverse

from congress import roles
from congress.periods import today
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from groups import plan
from groups.attendance import turnout
from groups.forms.work import ActivityForm, PlanItemForm
from groups.models import Activity, Attendance, PlanItem

from .groups import visible_groups

TOWNSHIP = "本级人大"
MONTHS = [(month, f"{month}月") for month in range(1, 13)]


class PlanItemFilter(RecordFilter):
    search_fields = ("title", "responsible")
    year = django_filters.NumberFilter(label="年度")
    group = django_filters.ModelChoiceFilter(
        queryset=visible_groups, label="组织者", null_label="全乡镇"
    )
    kind = django_filters.ChoiceFilter(choices=PlanItem.Kind.choices, label="类型")
    month = django_filters.ChoiceFilter(choices=MONTHS, method="in_month", label="月份")
    state = django_filters.ChoiceFilter(
        choices=[("month", "本月计划"), ("late", "逾期未完成"), ("open", "尚未完成")],
        method="in_state",
        label="进度",
    )

    def in_month(self, items, name, month):
        return items.filter(first_month__lte=month, last_month__gte=month)

    def in_state(self, items, name, state):
        if state == "month":
            return plan.due_in_month_of(items, today())
        if state == "late":
            return plan.late(items, today())
        return plan.unfinished(items)


class PlanItemPages(RecordPages):
    model = PlanItem
    form_class = PlanItemForm
    filter_class = PlanItemFilter
    measure = "项"
    select_related = ("group",)
    when_empty = "还没有年度计划。可以逐项添加，也可以从台账导入。"
    may_read = staticmethod(roles.reads_group_work)
    may_edit = staticmethod(roles.edits_group_work)
    columns = (
        Column("项目", "title", ("title",), width=32),
        Column("年度", "year", ("year",), minor=True),
        Column("序号", "number", ("number",), numeric=True, minor=True),
        Column("组织者", lambda item: item.group or "全乡镇", ("group__ordinal",), width=16),
        Column("类型", "get_kind_display", ("kind",)),
        Column("月份", lambda item: f"{item.months}月", ("first_month", "last_month")),
        Column("计划", "planned_count", ("planned_count",), numeric=True, minor=True),
        Column("已完成", "done", ("done",), numeric=True, minor=True),
        Column("责任人", "responsible", ("responsible",), width=20, minor=True),
        Column(
            "进度",
            lambda item: plan.state_of(item, today()).words,
            state_class=lambda item: plan.state_of(item, today()).css_class,
        ),
    )
    facts = (
        "year",
        "number",
        (lambda item: item.group or "全乡镇", "组织者"),
        "kind",
        (lambda item: f"{item.months}月", "计划月份"),
        "planned_count",
        ("done", "已完成"),
        (lambda item: plan.state_of(item, today()).words, "进度"),
        "responsible",
        "note",
    )

    @classmethod
    def with_related(cls, items):
        return plan.with_progress(super().with_related(items), today())


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
