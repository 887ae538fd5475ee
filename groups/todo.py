"""What of the annual plan waits for whom: late items, and those of this month."""

import datetime
from collections.abc import Iterable
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from congress.models import User
from congress.roles import edits_group_work, keeps_records
from congress.todo import Sample, Todo, todo_source

from .models import PlanItem
from .plan import late, remaining, to_do_in_month_of, with_progress

#: So many are shown on the to-do list; the rest is in the list of items.
SHOWN = 5


@todo_source
def waiting_plan_items(user: User, day: datetime.date) -> Iterable[Todo]:
    """Of this year: the office's are all, a leader's those of the own group."""
    if not edits_group_work(user):
        return
    items = with_progress(PlanItem.objects.visible_to(user).filter(year=day.year), day)
    whose = "" if keeps_records(user) else "本组"
    for label, key, urgency, advice, waiting in (
        (
            f"{whose}计划逾期未完成",
            "late",
            "overdue",
            "补办后登记活动、接待、述职，完成数自动更新；不再办的，修改计划并写明原因。",
            late(items, day),
        ),
        (
            f"{whose}本月计划应完成",
            "due",
            "due-soon",
            "本月安排，办完后登记，完成数自动更新。",
            to_do_in_month_of(items, day),
        ),
    ):
        yield Todo(
            label,
            waiting.count(),
            f"{reverse('planitem_list')}?year={day.year}&state={key}",
            urgency,
            advice,
            "项",
            samples=partial(_first, waiting),
        )


def _first(waiting: QuerySet) -> list[Sample]:
    items = waiting.select_related("group").order_by("last_month", "number", "pk")
    return [
        Sample(
            f"{item}（{item.group}）" if item.group else str(item),
            f"{item.months}月，还差{remaining(item)}",
            item.get_absolute_url(),
        )
        for item in items[:SHOWN]
    ]
