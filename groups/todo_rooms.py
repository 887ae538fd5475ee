"""What waits of the activity rooms: items that are missing, rooms long not checked."""

import datetime
from collections.abc import Iterable
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from congress import roles
from congress.models import User
from congress.todo import Sample, Todo, todo_source

from .models import ActivityRoom
from .room_state import MONTHS_BETWEEN_CHECKS, states_of, year_before

SHOWN = 5


@todo_source
def waiting_rooms(user: User, day: datetime.date) -> Iterable[Todo]:
    """The office's are all, a leader's those of the own group."""
    if not roles.edits_group_work(user):
        return
    whose = "" if roles.keeps_records(user) else "本组"
    rooms, since = ActivityRoom.objects.visible_to(user).holding_on(day), year_before(day)
    incomplete = rooms.incomplete(day)
    yield Todo(
        f"{whose}活动室有缺项或未检查的项目",
        incomplete.count(),
        f"{reverse('activityroom_list')}?state=incomplete",
        "",
        "补齐后到场查看，登记检查；没有查看过的项目，补登记检查。",
        "个",
        samples=partial(_rooms, incomplete, day),
    )
    overdue = rooms.filter(start__lte=since).unchecked(since, day)
    yield Todo(
        f"{whose}活动室{MONTHS_BETWEEN_CHECKS}个月未检查",
        overdue.count(),
        f"{reverse('activityroom_list')}?state=overdue",
        "due-soon",
        "到场查看各项，登记检查并附照片。",
        "个",
        samples=partial(_rooms, overdue, day),
    )


def _rooms(waiting: QuerySet, day: datetime.date) -> list[Sample]:
    states = states_of(waiting.select_related("group")[:SHOWN], day)
    return [
        Sample(
            f"{state.room}（{state.room.group}）",
            state.lacks or f"最近检查{state.last_check.day if state.last_check else '：无'}",
            state.room.get_absolute_url(),
        )
        for state in states
    ]
