"""Filter bars of this room's lists."""

import django_filters
from django import forms
from django.db.models import Q

from congress.models import Village
from congress.periods import today
from congress.record_pages import RecordFilter
from groups.models import DelegateGroup

from .lifecycle import DUE_SOON, State
from .models import Channel, DutyReport, FeedbackItem, HandlingUnit, ReceptionDay, Topic, Visit

YES = [("true", "是")]
YES_NO = [("true", "是"), ("false", "否")]


def groups_of(request):
    return DelegateGroup.objects.visible_to(request.user)


class DayInput(forms.DateInput):
    def __init__(self):
        super().__init__(format="%Y-%m-%d", attrs={"type": "date"})


class ReceptionDayFilter(RecordFilter):
    search_fields = ("place", "note", "duties__mandate__delegate__name")
    year = django_filters.NumberFilter("date__year", label="年度")
    group = django_filters.ModelChoiceFilter(queryset=groups_of, label="代表小组")
    state = django_filters.ChoiceFilter(
        choices=[*ReceptionDay.State.choices, ("moved", "改期")],
        method="in_state",
        label="状态",
    )

    def search(self, records, name, words):
        return super().search(records, name, words).distinct() if words else records

    def in_state(self, records, name, state):
        if state == "moved":
            return records.filter(original_date__isnull=False)
        return records.filter(state=state)


class VisitFilter(RecordFilter):
    search_fields = ("number", "voter_shown", "words", "answer")
    year = django_filters.NumberFilter("day__date__year", label="年度")
    first = django_filters.DateFilter("day__date", "gte", label="自", widget=DayInput)
    last = django_filters.DateFilter("day__date", "lte", label="至", widget=DayInput)
    group = django_filters.ModelChoiceFilter("day__group", queryset=groups_of, label="代表小组")
    village = django_filters.ModelChoiceFilter(queryset=Village.objects.all(), label="村")
    channel = django_filters.ChoiceFilter(choices=Channel.choices, label="来访方式")

    class Meta:
        model = Visit
        fields = []

    @property
    def persons(self) -> int:
        """人次: the sum of persons over the visits listed."""
        return self.qs.persons()


class FeedbackItemFilter(RecordFilter):
    search_fields = ("number", "title", "summary", "reply")
    year = django_filters.NumberFilter(method="in_year", label="年度")
    state = django_filters.ChoiceFilter(choices=State.choices, label="状态")
    overdue = django_filters.ChoiceFilter(choices=YES_NO, method="by_overdue", label="逾期")
    due_soon = django_filters.ChoiceFilter(
        choices=YES, method="by_due_soon", label=f"{DUE_SOON.days}日内到期"
    )
    topic = django_filters.ModelChoiceFilter(queryset=Topic.objects.all(), label="类别")
    lead_unit = django_filters.ModelChoiceFilter(
        queryset=HandlingUnit.objects.all(), label="主办单位"
    )
    group = django_filters.ModelChoiceFilter(
        "visit__day__group", queryset=groups_of, label="代表小组"
    )
    village = django_filters.ModelChoiceFilter(
        "visit__village", queryset=Village.objects.all(), label="村"
    )

    class Meta:
        model = FeedbackItem
        fields = []

    def in_year(self, items, name, year):
        """The year of the reception day; of an item from elsewhere, that of its registration."""
        return items.filter(
            Q(visit__day__date__year=year) | Q(visit__isnull=True, registered_on__year=year)
        )

    def by_overdue(self, items, name, chosen):
        overdue = FeedbackItem.objects.overdue(today()).values("pk")
        if chosen == "true":
            return items.filter(pk__in=overdue)
        return items.exclude(pk__in=overdue)

    def by_due_soon(self, items, name, chosen):
        return items.due_soon(today())

    @property
    def overdue_count(self) -> int:
        return self.qs.overdue(today()).count()


class DutyReportFilter(RecordFilter):
    search_fields = (
        "mandate__delegate__name",
        "mandate__constituency__name",
        "place",
    )
    year = django_filters.NumberFilter(label="年度")
    planned_month = django_filters.NumberFilter(label="计划月份")
    state = django_filters.ChoiceFilter(
        choices=[("held", "已述职"), ("planned", "未述职")], method="in_state", label="状态"
    )

    class Meta:
        model = DutyReport
        fields = []

    def in_state(self, reports, name, state):
        return reports.filter(held_on__isnull=state == "planned")

    @property
    def held_count(self) -> int:
        return self.qs.filter(held_on__isnull=False).count()


class NamedFilter(RecordFilter):
    search_fields = ("name",)


class HandlingUnitFilter(RecordFilter):
    search_fields = ("name", "short_name", "contact")


class UnitEvaluationFilter(RecordFilter):
    search_fields = ("unit__name", "activity__title")
    year = django_filters.NumberFilter("activity__date__year", label="评议年度")
