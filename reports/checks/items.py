"""Work that the records show as left lying: items, reception days, the plan, delegates."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from congress.periods import today
from delegates.models import SessionAttendance
from groups.models import Attendance
from groups.plan import late
from reports.figures import feedback, groups, plan, reception
from reports.figures.activities import attendances
from reports.scope import Scope
from voters.models import DutyReport, FeedbackItem, ReceptionDay

from .check import WARNING, Found, check, records_found
from .subject import Subject


@check(
    "items_overdue",
    "到期未答复",
    WARNING,
    "办理期限在统计截止日以前已过、至截止日没有答复的意见建议。",
)
def overdue(subject: Subject) -> Iterator[Found]:
    return records_found(
        feedback.overdue(subject.scope).order_by("number"),
        lambda number: f"{number}条意见建议已过办理期限，还没有答复。",
    )


@check(
    "voter_not_told",
    "已答复未告知选民",
    WARNING,
    "至统计截止日已经答复，没有告知选民，也没有写明不能告知的理由的意见建议。",
)
def voter_not_told(subject: Subject) -> Iterator[Found]:
    told = Q(voter_told_on__lte=subject.scope.last) | ~Q(voter_untold_reason="")
    return records_found(
        feedback.replied(subject.scope).exclude(told).order_by("number"),
        lambda number: f"{number}条意见建议已经答复，还没有告知选民。",
    )


@check(
    "days_left_open",
    "接待日没有登记结果",
    WARNING,
    "日期已过，仍是“计划”或“已公告”的接待选民日：应登记已举行，或者改期、取消。",
)
def days_left_open(subject: Subject) -> Iterator[Found]:
    scope = subject.scope
    days = ReceptionDay.objects.filter(scope.within("group"), state__in=ReceptionDay.STILL_OPEN)
    return records_found(
        days.filter(date__range=(scope.first, scope.last), date__lt=today())
        .select_related("group")
        .order_by("date", "group__ordinal"),
        lambda number: f"{number}个接待选民日的日期已过，没有登记举行、改期或者取消。",
    )


@check(
    "plan_without_record",
    "计划没有记录",
    WARNING,
    "年度计划中到统计截止时月份已过、一次也没有记录的项目。",
)
def plan_without_record(subject: Subject) -> Iterator[Found]:
    scope = subject.scope
    first_month = scope.first.month if scope.first.year == scope.year else 1
    items = plan.plan_items(scope, scope.year).filter(last_month__gte=first_month)
    over = late(plan.with_done(items, scope), scope.last + timedelta(days=1))
    return records_found(
        over.filter(done=0).order_by("number", "pk"),
        lambda number: f"年度计划中有{number}项已过计划月份，一次也没有记录。",
        label=lambda item: item.title,
    )


@check(
    "idle_delegates",
    "代表没有履职记录",
    WARNING,
    "统计截止日在任、统计期内没有接待选民、参加活动、出席会议、述职和提出建议记录的代表。",
)
def idle_delegates(subject: Subject) -> Iterator[Found]:
    return records_found(
        _without_activity(subject).order_by("pk"),
        lambda number: f"{number}名代表在统计期内没有履职记录。",
        label=lambda delegate: delegate.name,
        address=lambda delegate: reverse("delegate_duty_file", args=[delegate.pk]),
    )


def _without_activity(subject: Subject):
    delegates = groups.persons(subject.scope)
    for active in _active(subject.scope.of_group(None)):
        delegates = delegates.exclude(Exists(active))
    return delegates


def _active(scope: Scope):
    """Records of work in the period by the delegate of the query around them."""
    days = (scope.first, scope.last)
    own = {"mandate__delegate": OuterRef("pk")}
    suggested = FeedbackItem.proposers.through.objects.filter(
        mandate__delegate=OuterRef("pk"), feedbackitem__registered_on__range=days
    )
    return (
        reception.duties(scope).filter(**own),
        attendances(scope, Attendance.Status.PRESENT).filter(**own),
        SessionAttendance.objects.filter(
            status=SessionAttendance.Status.PRESENT, session__date__range=days, **own
        ),
        DutyReport.objects.held_in(scope.period).filter(**own),
        suggested,
    )
