"""Pages of activities."""

import django_filters
from django.db.models import Case, Count, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from congress import roles
from congress.fields import number_sent
from congress.periods import today
from congress.privacy import texts_shown_to
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from groups.activity_words import TOWNSHIP, circle_of, days_of, hours_of, organiser_of, place_of
from groups.attendance import sheet, taken
from groups.chain import Chain
from groups.forms.work import ActivityForm
from groups.models import Activity, ActivityFile, Attendance
from groups.open_sheets import sheet_is_open

from .groups import visible_groups

#: So far each activity got; said of each in the list, and chosen in its filter.
STATES = (
    ("coming", "待举行"),
    ("held", "已举行"),
    ("unmarked", "已举行未登记出席"),
)
MONTHS = [(month, f"{month}月") for month in range(1, 13)]


class ActivityFilter(RecordFilter):
    search_fields = ("number", "title", "theme", "content", "place")
    year = django_filters.NumberFilter("date__year", label="年度")
    month = django_filters.ChoiceFilter("date__month", choices=MONTHS, label="月份")
    kind = django_filters.ChoiceFilter(choices=Activity.Kind.choices, label="类型")
    group = django_filters.ModelChoiceFilter(
        queryset=visible_groups, label="组织者", null_label=TOWNSHIP
    )
    state = django_filters.ChoiceFilter(choices=STATES, method="in_state", label="状态")

    def in_state(self, activities, name, state):
        """Those to come are listed as they come, the next one first."""
        if state == "coming":
            return activities.coming(today()).order_by("date", "pk")
        held = activities.held(today())
        return held.filter(sheet_is_open()) if state == "unmarked" else held


def _marked(**conditions):
    """How many stand on an activity's sheet; a query within, so that nothing is joined."""
    attendances = Attendance.objects.counted().filter(activity=OuterRef("pk"), **conditions)
    counted = attendances.order_by().values("activity").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0)


def _turnout(activity: Activity) -> str:
    """Of a sheet that is not finished only who came so far."""
    if not activity.expected:
        return ""
    return str(activity.present) if activity.is_open else f"{activity.present}/{activity.expected}"


def _state(activity: Activity) -> tuple[str, str]:
    """(words, class of the colour) of a row in the list."""
    if activity.date > today():
        return "待举行", "in-hand"
    if not activity.is_open:
        return "已登记出席", "done"
    if activity.date == today():
        return "今天举行", "due-soon"
    return "出席未登记完" if activity.expected else "未登记出席", "overdue"


class ActivityPages(RecordPages):
    model = Activity
    form_class = ActivityForm
    filter_class = ActivityFilter
    measure = "次"
    file_model = ActivityFile
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
        Column("组织者", organiser_of, ("group__ordinal",), 16),
        Column("地点", place_of, width=20, minor=True),
        Column("实到/应到", _turnout),
        Column(
            "状态",
            lambda activity: _state(activity)[0],
            state_class=lambda activity: _state(activity)[1],
        ),
    )
    facts = (
        "number",
        "kind",
        (organiser_of, "组织者"),
        (days_of, "日期"),
        (hours_of, "时间"),
        (place_of, "地点"),
        "theme",
        "theme_source",
        "content",
        "agenda",
        "host",
        (circle_of, "邀请范围"),
        "observers",
    )

    @classmethod
    def with_related(cls, activities):
        return (
            super()
            .with_related(activities)
            .annotate(
                expected=_marked(),
                present=_marked(status=Attendance.Status.PRESENT),
                is_open=Case(When(sheet_is_open(), then=True), default=False),
            )
            .order_by(*cls.model._meta.ordering)
        )

    @classmethod
    def initial(cls, request):
        """A copy of an activity starts with all but its day and what came of it."""
        visible = cls.visible_to(request.user)
        copied = visible.filter(pk=number_sent(request.GET.get("copy"))).first()
        return copy_of(copied) if copied else super().initial(request)

    @classmethod
    def buttons(cls, activity, user):
        if not roles.edits_group_work(user):
            return []
        return [
            ("登记出席", reverse("activity_attendance", args=[activity.pk])),
            ("签到二维码", reverse("activity_code", args=[activity.pk])),
            ("再办一次", f"{reverse('activity_add')}?copy={activity.pk}"),
        ]

    @classmethod
    def related(cls, activity, user):
        lines = sheet(activity)
        expected = [line for line in lines if line.is_expected]
        return {
            "taken": taken(activity, lines),
            "chain": Chain(activity, today()),
            "may_edit_chain": roles.edits_group_work(user),
            "expected": expected,
            "leave_requests": texts_shown_to(
                user, activity.leave_requests.select_related("mandate__delegate"), "remark"
            ),
            "may_enter_leave": roles.edits_group_work(user)
            and any(line.mark is None for line in expected),
        }


def copy_of(activity: Activity) -> dict:
    """What a form for the like of this activity starts with; who left office is not invited."""
    names = (
        *("kind", "group", "title", "theme", "theme_source", "starts_at", "ends_at", "place"),
        *("content", "agenda", "host", "observers", "circle"),
    )
    return {name: getattr(activity, name) for name in names} | {
        "villages": list(activity.villages.all()),
        "invited_groups": list(activity.invited_groups.holding_on(today())),
        "invited": list(activity.invited.in_office_on(today())),
    }
