"""公告: voters are told of a reception day before it comes."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from congress.models import Township, User
from congress.periods import today
from congress.roles import require_keeper
from voters.models import DayEvent, ReceptionDay
from voters.notices import days_short


@transaction.atomic
def announce_days(
    *, user: User, days: Iterable[ReceptionDay], announced_on: datetime.date
) -> list[ReceptionDay]:
    """计划 to 已公告 for these days, or for none of them where one does not fit."""
    require_keeper(user)
    keys = [day.pk for day in days]
    days = list(
        ReceptionDay.objects.select_for_update(of=["self"])
        .filter(pk__in=keys)
        .select_related("group")
        .prefetch_related("duties")
        .order_by("pk")
    )
    if announced_on > today():
        raise ValidationError({"announced_on": "公告日期不能晚于今天。"})
    for day in days:
        if day.state != ReceptionDay.State.PLANNED:
            raise ValidationError(f"{day}现在是“{day.state_words}”，不能公告。")
        if announced_on > day.date:
            raise ValidationError({"announced_on": f"公告日期不能晚于接待日{day.date:%Y-%m-%d}。"})
        if not day.duties.all():
            raise ValidationError(f"{day}还没有安排接待代表，不能公告。")
    ReceptionDay.objects.filter(pk__in=keys).update(
        state=ReceptionDay.State.ANNOUNCED, announced_on=announced_on, version=F("version") + 1
    )
    township = Township.current()
    DayEvent.objects.bulk_create(
        DayEvent(
            day=day,
            kind=DayEvent.Kind.ANNOUNCED,
            user=user,
            note="；".join(filter(None, [f"{announced_on:%Y-%m-%d}公告", late])),
        )
        for day in days
        for late in [days_short(day.date, announced_on, township)]
    )
    return days
