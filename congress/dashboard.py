"""今日: what needs this user today, this month's plan, the year to date. It may ask every room."""

import datetime
from dataclasses import dataclass

from django.db.models import Sum
from django.shortcuts import render
from django.urls import reverse

from groups.models import Activity, PlanItem
from groups.plan import PlanState, due_in_month_of, late, state_of, with_progress
from reports.models import AnnualReport
from voters.board import standing
from voters.board_tables import Scope, headlines
from voters.models import DutyReport, FeedbackItem, ReceptionDay, Visit

from . import roles
from .audit.pages import alarms_since
from .backup.record import freshness
from .models import Township, User
from .periods import Period, next_day_of_month, today
from .todo import todos_of

#: So many of a leader's or delegate's items and activities are named.
LATEST = 5
ITEMS_TITLES = {
    roles.Role.LEADER: "本组的意见建议",
    roles.Role.DELEGATE: "我接待和提出的意见建议",
    roles.Role.UNIT: "本单位办理的意见建议",
}


@dataclass(frozen=True)
class Figure:
    label: str
    value: int
    last_year: int
    unit: str
    address: str


def dashboard(request):
    user, day = request.user, today()
    context = {
        "title": "今日",
        "day": day,
        "may_log_visit": roles.keeps_records(user),
        "may_start_report": roles.runs_the_year(user),
        "keeps_accounts": roles.keeps_accounts(user),
        "only_audits": roles.reads_log(user),
        "tasks": todos_of(user, day),
    }
    if roles.watches_backups(user):
        context["backup"] = freshness()
    if roles.reads_log(user):
        context |= alarms_since(day - datetime.timedelta(days=6))
    if roles.reads_group_work(user):
        context |= _reception(user, day) | {
            "plan_items": _plan_items(user, day),
            "figures": _figures(user, day),
        }
    if roles.reads_calendar(user) or roles.handles_items(user):
        context |= _items(user, day)
    if roles.may_be_delegate(user):
        context["has_duty_file"] = hasattr(user, "delegate")
    if roles.is_delegate(user) or roles.leads_group(user):
        context |= _own_duties(user, day)
    if roles.reads_all(user):
        reports = AnnualReport.objects.visible_to(user)
        context |= {"may_read_report": True, "report": reports.of_year(day.year)}
    return render(request, "congress/dashboard.html", context)


def todo_list(request):
    """待办: all that waits for this user, each kind with its first few."""
    todos = [(todo, list(todo.samples())) for todo in todos_of(request.user, today())]
    context = {"title": "待办", "day": today(), "todos": todos}
    return render(request, "congress/todo.html", context)


def _reception(user: User, day: datetime.date) -> dict:
    """The next reception days that are arranged, or the day the township's rule names."""
    coming = ReceptionDay.objects.visible_to(user).coming(day)
    first = coming.first()
    days = []
    if first:
        days = (
            coming.filter(date=first.date)
            .select_related("group")
            .prefetch_related("duties__mandate__delegate")
        )
    township = Township.objects.first()
    rule_date = next_day_of_month(day, township.reception_day) if township else None
    desks = list(ReceptionDay.objects.visible_to(user).at_the_desk(day))
    return {
        "desk_date": desks[0].date if desks else None,
        "desk_url": reverse("desk_day", args=[desks[0].pk]) if len(desks) == 1 else reverse("desk"),
        "reception_days": days,
        "reception_date": first.date if first else None,
        "rule_date": rule_date,
        "empty_year": _year_without_days(user, rule_date or day),
    }


def _year_without_days(user: User, day: datetime.date) -> int | None:
    """The year of that day, if no reception day of it has been arranged."""
    days = ReceptionDay.objects.visible_to(user).filter(date__year=day.year)
    return None if days.exists() else day.year


def _plan_items(user: User, day: datetime.date) -> list[tuple[PlanItem, PlanState]]:
    """This month's plan, and what earlier months left undone, each with its state."""
    planned = with_progress(PlanItem.objects.visible_to(user), day).select_related("group")
    this_month = list(due_in_month_of(planned, day).order_by("number"))
    left_over = list(late(planned.filter(year=day.year), day).order_by("number"))
    return [(item, state_of(item, day)) for item in left_over + this_month]


def _figures(user: User, day: datetime.date) -> list[Figure]:
    """The year to date beside the same days of the year before."""
    is_leap_day = (day.month, day.day) == (2, 29)
    last_year_day = day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
    this_year = Period(datetime.date(day.year, 1, 1), day)
    last_year = Period(datetime.date(day.year - 1, 1, 1), last_year_day)
    counters = [
        ("接待选民", "人次", "visit_list", _persons_received),
        ("意见建议", "条", "feedbackitem_list", _items_collected),
        ("述职", "人", "dutyreport_list", _duty_reports_held),
        ("活动", "次", "activity_list", _activities_held),
    ]
    return [
        Figure(
            label,
            count(user, this_year),
            count(user, last_year),
            unit,
            f"{reverse(url_name)}?year={day.year}",
        )
        for label, unit, url_name, count in counters
    ]


def _persons_received(user: User, period: Period) -> int:
    visits = Visit.objects.visible_to(user).received_in(period)
    return visits.aggregate(persons=Sum("persons", default=0))["persons"]


def _items_collected(user: User, period: Period) -> int:
    return FeedbackItem.objects.visible_to(user).collected_in(period).count()


def _duty_reports_held(user: User, period: Period) -> int:
    return DutyReport.objects.visible_to(user).held_in(period).count()


def _activities_held(user: User, period: Period) -> int:
    return Activity.objects.visible_to(user).held_in(period).count()


def _items(user: User, day: datetime.date) -> dict:
    """How the year's items stand, as the board shows them.

    A leader sees the latest that are open, a delegate the latest of all.
    """
    scope = Scope.of_year_to(day)
    items = FeedbackItem.objects.visible_to(user)
    total = standing(items.raised_in(scope.query["first"], day), day)
    shown = {
        "items_title": ITEMS_TITLES.get(user.role, "意见建议办理情况"),
        "items_standing": headlines(total, scope),
    }
    if roles.leads_group(user):
        items = items.waiting()
    if roles.is_delegate(user) or roles.leads_group(user):
        shown["latest_items"] = items.with_clock(day)[:LATEST]
    return shown


def _own_duties(user: User, day: datetime.date) -> dict:
    """A delegate's own next reception days, activities and planned duty report."""
    own_days = ReceptionDay.objects.coming(day).filter(on_duty__delegate__account=user)
    reports = DutyReport.objects.filter(
        mandate__delegate__account=user, year=day.year, held_on__isnull=True
    )
    return {
        "own_days": own_days.select_related("group"),
        "own_activities": Activity.objects.invited_to(user).coming(day).order_by("date")[:LATEST],
        "own_reports": reports.select_related("mandate__constituency"),
    }
