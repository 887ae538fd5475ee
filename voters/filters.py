"""Filter bars of this room's lists."""

import django_filters

from congress.models import Village
from congress.periods import today
from congress.record_pages import RecordFilter
from delegates.models import Delegate
from delegates.pinyin import by_name
from groups.models import Activity, Membership
from groups.pages.groups import visible_groups

from .models import (
    Channel,
    DutyReport,
    HandlingUnit,
    ReceptionDay,
    ReceptionDuty,
    UnitEvaluation,
    Visit,
)

YES = [("true", "是")]
YES_NO = [("true", "是"), ("false", "否")]


def members_of_groups(request):
    """Everybody who is or was a member of a group that the user may see."""
    members = Membership.objects.filter(group__in=visible_groups(request))
    return Delegate.objects.filter(pk__in=members.values("mandate__delegate"))


class ReceptionDayFilter(RecordFilter):
    search_fields = ("place", "note", by_name("duties__mandate__delegate"))
    year = django_filters.NumberFilter("date__year", label="年度")
    group = django_filters.ModelChoiceFilter(queryset=visible_groups, label="代表小组")
    state = django_filters.ChoiceFilter(
        choices=[
            *ReceptionDay.State.choices,
            ("moved", "改期"),
            ("gone", "接待代表已不在任"),
        ],
        method="in_state",
        label="状态",
    )
    visitors = django_filters.ChoiceFilter(
        choices=[("none", "无人来访")], method="by_visitors", label="来访"
    )
    first = django_filters.DateFilter("date", "gte", label="自")
    last = django_filters.DateFilter("date", "lte", label="至")
    place = django_filters.CharFilter(label="地点")

    def search(self, records, name, words):
        return super().search(records, name, words).distinct() if words else records

    def in_state(self, records, name, state):
        if state == "moved":
            return records.filter(original_date__isnull=False)
        if state == "gone":
            return records.to_rearrange()
        return records.filter(state=state)

    def by_visitors(self, records, name, chosen):
        return records.filter(visits__isnull=True)


class ReceptionDutyFilter(RecordFilter):
    search_fields = (by_name("mandate__delegate"), "day__place", "reason")
    year = django_filters.NumberFilter("day__date__year", label="年度")
    group = django_filters.ModelChoiceFilter(
        "day__group", queryset=visible_groups, label="代表小组"
    )
    delegate = django_filters.ModelChoiceFilter(
        "mandate__delegate", queryset=members_of_groups, label="代表"
    )
    status = django_filters.ChoiceFilter(choices=ReceptionDuty.Status.choices, label="情况")
    state = django_filters.ChoiceFilter(
        "day__state", choices=ReceptionDay.State.choices, label="接待日状态"
    )
    first = django_filters.DateFilter("day__date", "gte", label="自")
    last = django_filters.DateFilter("day__date", "lte", label="至")
    place = django_filters.CharFilter("day__place", label="地点")

    counted = django_filters.ChoiceFilter(choices=YES, method="by_counted", label="计入轮值次数")

    class Meta:
        model = ReceptionDuty
        fields = []

    def by_counted(self, duties, name, chosen):
        return duties.exclude(day__state=ReceptionDay.State.CANCELLED)


class VisitFilter(RecordFilter):
    search_fields = ("number", "voter_searched", "words", "answer")
    year = django_filters.NumberFilter("day__date__year", label="年度")
    first = django_filters.DateFilter("day__date", "gte", label="自")
    last = django_filters.DateFilter("day__date", "lte", label="至")
    group = django_filters.ModelChoiceFilter(
        "day__group", queryset=visible_groups, label="代表小组"
    )
    village = django_filters.ModelChoiceFilter(queryset=Village.objects.all(), label="村")
    channel = django_filters.ChoiceFilter(choices=Channel.choices, label="来访方式")
    place = django_filters.CharFilter("day__place", label="地点")
    counted = django_filters.ChoiceFilter(choices=YES, method="by_counted", label="计入接待统计")

    class Meta:
        model = Visit
        fields = []

    def by_counted(self, visits, name, chosen):
        return visits.exclude(day__state=ReceptionDay.State.CANCELLED)

    @property
    def persons(self) -> int:
        """人次: the sum of persons over the visits listed."""
        return self.qs.persons()


class DutyReportFilter(RecordFilter):
    search_fields = (
        by_name("mandate__delegate"),
        "mandate__constituency__name",
        "place",
    )
    year = django_filters.NumberFilter(label="年度")
    planned_month = django_filters.NumberFilter(label="计划月份")
    state = django_filters.ChoiceFilter(
        choices=[("held", "已述职"), ("planned", "未述职"), ("due", "本月及以前未述职")],
        method="in_state",
        label="状态",
    )

    class Meta:
        model = DutyReport
        fields = []

    def in_state(self, reports, name, state):
        if state == "due":
            return reports.due(today())
        return reports.filter(held_on__isnull=state == "planned")

    @property
    def held_count(self) -> int:
        return self.qs.filter(held_on__isnull=False).count()


class NamedFilter(RecordFilter):
    search_fields = ("name",)


class HandlingUnitFilter(RecordFilter):
    search_fields = ("name", "short_name", "contact")


def visible_evaluations(request):
    """Activities that evaluate units."""
    return Activity.objects.visible_to(request.user).filter(kind=Activity.Kind.EVALUATION)


class UnitEvaluationFilter(RecordFilter):
    search_fields = ("unit__name", "unit__short_name", "activity__title", "head")
    year = django_filters.NumberFilter("activity__date__year", label="评议年度")
    unit = django_filters.ModelChoiceFilter(
        queryset=HandlingUnit.objects.order_by("pk"), label="被评议单位"
    )
    activity = django_filters.ModelChoiceFilter(queryset=visible_evaluations, label="评议活动")
    state = django_filters.ChoiceFilter(
        choices=[
            ("arranged", "未测评"),
            ("untold", "未报送或未反馈"),
            ("rectify", "整改未完成"),
            ("second", "待复评"),
        ],
        method="in_state",
        label="进展",
    )

    class Meta:
        model = UnitEvaluation
        fields = []

    def in_state(self, evaluations, name, state):
        if state == "arranged":
            return evaluations.filter(satisfied__isnull=True)
        chosen = {
            "untold": evaluations.untold,
            "rectify": evaluations.to_rectify,
            "second": evaluations.awaiting_second_vote,
        }
        return chosen[state]()
