"""Pages of single items of the annual plan."""

import django_filters
from django.urls import reverse

from congress import roles
from congress.action_views import ActionAdd, ActionEdit
from congress.periods import today
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from groups import plan, planning
from groups.forms.plan import MONTHS, PlanItemForm
from groups.models import PlanItem
from groups.views.items import PlanItemDelete

from .groups import visible_groups


class PlanItemFilter(RecordFilter):
    search_fields = ("title", "responsible", "participants")
    year = django_filters.NumberFilter(label="年度")
    group = django_filters.ModelChoiceFilter(
        queryset=visible_groups, label="组织者", null_label=planning.TOWNSHIP
    )
    kind = django_filters.ChoiceFilter(choices=PlanItem.Kind.choices, label="类型")
    month = django_filters.ChoiceFilter(choices=MONTHS, method="in_month", label="月份")
    state = django_filters.ChoiceFilter(
        choices=[
            ("month", "本月计划"),
            ("due", "本月应完成"),
            ("late", "逾期未完成"),
            ("open", "尚未完成"),
        ],
        method="in_state",
        label="进度",
    )

    def in_month(self, items, name, month):
        return items.filter(first_month__lte=month, last_month__gte=month)

    def in_state(self, items, name, state):
        if state == "month":
            return plan.due_in_month_of(items, today())
        if state == "due":
            return plan.to_do_in_month_of(items, today())
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
    views = {"add": ActionAdd, "edit": ActionEdit, "delete": PlanItemDelete}
    columns = (
        Column("项目", "title", ("title",), width=32),
        Column("年度", "year", ("year",), minor=True),
        Column("序号", "number", ("number",), numeric=True, minor=True),
        Column("组织者", lambda item: item.group or planning.TOWNSHIP, ("group__ordinal",), 16),
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
        (lambda item: item.group or planning.TOWNSHIP, "组织者"),
        "kind",
        (lambda item: f"{item.months}月", "计划月份"),
        "planned_count",
        "responsible",
        "participants",
        "note",
    )

    @classmethod
    def with_related(cls, items):
        return plan.with_progress(super().with_related(items), today())

    @classmethod
    def buttons(cls, item, user):
        return [(f"{item.year}年计划", reverse("plan_year", args=[item.year]))]

    @classmethod
    def related(cls, item, user):
        """What counts towards the item, what is missing, and how the item was changed."""
        return {
            "counted": plan.records_of(item, today()),
            "missing": plan.remaining(item),
            "awaited": plan.awaited_for(item),
            "state": plan.state_of(item, today()),
            "issue": planning.issue_of(item.year, item.group_id),
            "changes": planning.changes_of(user, item.year).filter(item=item.pk),
        }
