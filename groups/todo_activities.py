"""What waits for whom of activities: leave to decide, attendance to take, what is not arranged."""

import datetime
from collections.abc import Iterable
from functools import partial

from django.db.models import Q, QuerySet
from django.urls import reverse

from congress import roles
from congress.models import User
from congress.numerals import month_day
from congress.todo import Sample, Todo, todo_source

from .models import Activity, LeaveRequest
from .open_sheets import sheet_is_open

SHOWN = 5
#: Activities of the next days are to be arranged and brought to mind.
DAYS_AHEAD = 7


@todo_source
def waiting_activities(user: User, day: datetime.date) -> Iterable[Todo]:
    """The office's are all; a leader's those of the own group, and never the own leave."""
    if not roles.edits_group_work(user):
        return
    whose = "" if roles.keeps_records(user) else "本组"
    activities, last = Activity.objects.visible_to(user), day + datetime.timedelta(DAYS_AHEAD)
    leave = LeaveRequest.objects.visible_to(user).waiting()
    leave = leave.exclude(mandate__delegate__account=user)
    yield Todo(
        f"{whose}请假待批准",
        leave.count(),
        f"{reverse('leaverequest_list')}?state={LeaveRequest.State.ASKED}",
        "due-soon",
        "准假的，登记出席时预先标为请假；不准假的，写明原因。",
        "项",
        samples=partial(_requests, leave),
    )
    unmarked = activities.held(day).filter(sheet_is_open(), date__year=day.year)
    yield Todo(
        f"{whose}活动已举行，未登记出席",
        unmarked.count(),
        f"{reverse('activity_list')}?year={day.year}&state=unmarked",
        "overdue",
        "补登记出席、请假和缺席；没有要求到会的，注明其余未安排。",
        "次",
        samples=partial(_activities, unmarked, "activity_attendance"),
    )
    unarranged = activities.coming(day).filter(date__lte=last)
    unarranged = unarranged.filter(Q(agenda="") | Q(starts_at__isnull=True) | Q(host=""))
    yield Todo(
        f"{DAYS_AHEAD}天内举行的{whose}活动尚未安排妥当",
        unarranged.count(),
        f"{reverse('activity_list')}?state=coming",
        "due-soon",
        "补上时间、主持人和议程，再打印签到表。",
        "次",
        samples=partial(_unarranged, unarranged),
    )


@todo_source
def own_coming_activities(user: User, day: datetime.date) -> Iterable[Todo]:
    """What a delegate is soon invited to, unless on leave."""
    if not roles.may_be_delegate(user):
        return
    last = day + datetime.timedelta(DAYS_AHEAD)
    excused = LeaveRequest.objects.of(user).filter(state=LeaveRequest.State.APPROVED)
    own = Activity.objects.invited_to(user).coming(day).filter(date__lte=last)
    own = own.exclude(pk__in=excused.values("activity"))
    yield Todo(
        f"{DAYS_AHEAD}天内要参加的活动",
        own.count(),
        reverse("my_activities"),
        "due-soon",
        "不能参加的，请事先请假。",
        "次",
        samples=partial(_activities, own, "my_activity"),
    )


def _requests(waiting: QuerySet) -> list[Sample]:
    requests = waiting.select_related("activity", "mandate__delegate").order_by("activity__date")
    return [
        Sample(str(each), month_day(each.activity.date), each.get_absolute_url())
        for each in requests[:SHOWN]
    ]


def _activities(waiting: QuerySet, page: str) -> list[Sample]:
    return [
        Sample(str(each), month_day(each.date), reverse(page, args=[each.pk]))
        for each in waiting.order_by("date", "pk")[:SHOWN]
    ]


def _unarranged(waiting: QuerySet) -> list[Sample]:
    return [
        Sample(
            str(each),
            f"{month_day(each.date)}，缺{'、'.join(_missing(each))}",
            reverse("activity_edit", args=[each.pk]),
        )
        for each in waiting.order_by("date", "pk")[:SHOWN]
    ]


def _missing(activity: Activity) -> list[str]:
    parts = (
        ("时间", activity.starts_at),
        ("主持人", activity.host),
        ("议程", activity.agenda),
    )
    return [words for words, value in parts if not value]
