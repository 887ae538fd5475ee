"""What waits of sessions: attendance not recorded, days that have passed, absences that count."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse

from congress.models import Session, User
from congress.roles import is_delegate, keeps_records, runs_the_year
from congress.todo import Sample, Todo, todo_source

from .absences import absent_mandates, warned_mandates, warning_for
from .models import SessionAttendance

#: So many are shown on the to-do list.
SHOWN = 5


@todo_source
def waiting_sessions(user: User, day: datetime.date) -> Iterable[Todo]:
    """Of this year, for the office."""
    if not keeps_records(user):
        return
    sessions = Session.objects.filter(date__year=day.year, date__lte=day).select_related("term")
    passed = sessions.filter(state=Session.State.PLANNED).order_by("date", "pk")
    marked = SessionAttendance.objects.filter(session=OuterRef("pk"))
    unmarked = sessions.filter(~Exists(marked), state=Session.State.HELD).order_by("date", "pk")
    address = f"{reverse('session_list')}?year={day.year}&state="
    for label, waiting, state, urgency, advice in (
        (
            "会议日期已到，未登记召开",
            passed,
            Session.State.PLANNED,
            "overdue",
            "已召开的登记召开；没有召开的，改期或取消。",
        ),
        (
            "已召开的会议未登记出席",
            unmarked,
            Session.State.HELD,
            "due-soon",
            "登记出席情况；未经批准缺席两次的，代表资格依法终止。",
        ),
    ):
        yield Todo(
            label,
            waiting.count(),
            f"{address}{state}",
            urgency,
            advice,
            measure="次",
            samples=lambda waiting=waiting: [
                Sample(str(each), f"{each.date:%Y-%m-%d}", each.get_absolute_url())
                for each in waiting[:SHOWN]
            ],
        )


@todo_source
def warned_delegates(user: User, day: datetime.date) -> Iterable[Todo]:
    """代表法 62: for the secretary, whom it concerns; for a delegate the own absences."""
    if is_delegate(user):
        own = absent_mandates().filter(delegate__account=user).select_related("delegate")
        yield Todo(
            "未经批准缺席人民代表大会会议",
            own.count(),
            reverse("delegate_list"),
            "overdue",
            "不能出席会议的，须按规定书面请假并经批准；两次未经批准不出席的，代表资格终止。",
            "项",
            samples=lambda: [
                Sample(str(each), f"{each.absences}次", each.delegate.get_absolute_url())
                for each in own[:SHOWN]
            ],
        )
        return
    if not runs_the_year(user):
        return
    for label, level, urgency, advice in (
        (
            "代表两次以上未经批准缺席会议",
            "alert",
            "overdue",
            "由代表资格审查委员会报本级人民代表大会，大会公告后登记终止资格（代表法第六十二条、第六十三条）。",
        ),
        (
            "代表一次未经批准缺席会议",
            "reminder",
            "due-soon",
            "提醒代表按规定请假；再缺席一次，代表资格依法终止。",
        ),
    ):
        waiting = warned_mandates(level)
        yield Todo(
            label,
            waiting.count(),
            f"{reverse('mandate_list')}?absent={level}",
            urgency,
            advice,
            "名",
            samples=lambda waiting=waiting: [
                Sample(str(each), str(warning_for(each)), each.get_absolute_url())
                for each in waiting.select_related("delegate").order_by("pk")[:SHOWN]
            ],
        )
