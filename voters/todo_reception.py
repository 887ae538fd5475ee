"""What waits of reception days: those on which somebody is on duty who has left office since."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from congress import roles
from congress.models import User
from congress.todo import Sample, Todo, todo_source

from .models import ReceptionDay, ReceptionDuty

SHOWN = 5


@todo_source
def days_to_rearrange(user: User, day: datetime.date) -> Iterable[Todo]:
    if not roles.keeps_records(user):
        return
    waiting = ReceptionDay.objects.visible_to(user).to_rearrange()
    duties = ReceptionDuty.objects.out_of_office().filter(day__in=waiting)
    yield Todo(
        "接待日排有不在任的代表",
        waiting.count(),
        f"{reverse('receptionday_list')}?state=gone",
        "overdue",
        "排班后已终止或暂停的，换班或者改排；已公告的另行告知选民。",
        "天",
        samples=lambda: [
            Sample(str(duty.day), duty.mandate.delegate.name, duty.day.get_absolute_url())
            for duty in duties.select_related("day__group", "mandate__delegate").order_by(
                "day__date", "pk"
            )[:SHOWN]
        ],
    )
