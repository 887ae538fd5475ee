"""What of the inspections' chains waits: replies that are overdue, and results nobody was told."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from congress.models import User
from congress.roles import edits_group_work
from congress.todo import Sample, Todo, todo_source

from .models import FollowUp, Transmission
from .reply_terms import ReplyTerm

#: So many are shown on the to-do list; the rest is in the list.
SHOWN = 5


@todo_source
def waiting_replies(user: User, day: datetime.date) -> Iterable[Todo]:
    """The office's are all, a leader's those of the own group's activities."""
    if not edits_group_work(user):
        return
    term = ReplyTerm.current()
    overdue = Transmission.objects.visible_to(user).overdue(day, term)
    yield Todo(
        "视察建议逾期未答复",
        overdue.count(),
        f"{reverse('transmission_list')}?state=overdue",
        "overdue",
        "向接受转送的单位催问，收到答复后登记后续。",
        "次",
        samples=lambda: [
            Sample(
                f"{each.who}（{each.activity}）",
                f"期限{term.due(each.date)}",
                each.get_absolute_url(),
            )
            for each in overdue.select_related("activity").order_by("date", "pk")[:SHOWN]
        ],
    )
    untold = FollowUp.objects.visible_to(user).untold()
    yield Todo(
        "落实情况未告知代表",
        untold.count(),
        f"{reverse('followup_list')}?told=no",
        "",
        "把处理情况告知参加活动的代表，记下日期。",
        "条",
        samples=lambda: [
            Sample(str(each.activity), f"{each.date}{each.who}", each.get_absolute_url())
            for each in untold.select_related("activity").order_by("date", "pk")[:SHOWN]
        ],
    )
