"""What waits for a user of duty reports: those of this month and earlier that were not held."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from congress import roles
from congress.models import User
from congress.todo import Sample, Todo, todo_source

from .models import DutyReport

SHOWN = 5


@todo_source
def waiting_reports(user: User, day: datetime.date) -> Iterable[Todo]:
    """The office's, a leader's group's, a delegate's own."""
    if not (roles.edits_group_work(user) or roles.is_delegate(user)):
        return
    due = DutyReport.objects.visible_to(user).due(day).filter(year=day.year)
    late = due.filter(planned_month__lt=day.month)
    address = f"{reverse('dutyreport_list')}?year={day.year}&state=due"
    yield Todo(
        "本月及以前应述职",
        due.count(),
        address,
        "overdue" if late.exists() else "due-soon",
        "向原选区选民述职" if roles.is_delegate(user) else "组织述职，登记测评结果",
        measure="人",
        samples=lambda: [
            Sample(str(report), f"计划{report.planned_month}月", report.get_absolute_url())
            for report in due.select_related("mandate__delegate").order_by("planned_month", "pk")[
                :SHOWN
            ]
        ],
    )
