"""Changes of activity rooms: a check recorded, a room that moves or changes hands."""

import datetime
from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from congress.attachments import WrittenFile, refuse_twice, rows_of
from congress.models import User
from congress.periods import today
from congress.roles import edits_group_work, require_keeper
from delegates.actions import amend

from .models import ActivityRoom, DelegateGroup, RoomCheck, RoomCheckFile, RoomResult
from .room_state import states_of


@transaction.atomic
def record_check(
    *,
    by: User,
    room_check: RoomCheck,
    results: Iterable[RoomResult],
    files: Collection[WrittenFile] = (),
) -> RoomCheck:
    """Record or correct what was found in a room; leaders in their own group's rooms.

    The version of one that was recorded before is the page's to count.
    """
    visible = ActivityRoom.objects.visible_to(by).filter(pk=room_check.room_id)
    if not edits_group_work(by) or not visible.exists():
        raise PermissionDenied
    if room_check.pk is None:
        room_check.user = by
    elif not room_check.may_be_changed_by(by):
        raise PermissionDenied
    if room_check.day > today():
        raise ValidationError({"day": "检查日期不能晚于今天。"})
    if not room_check.room.holds_on(room_check.day):
        raise ValidationError({"day": "这一天活动室尚未启用或者已经停用，请核对。"})
    results = list(results)
    if not results:
        raise ValidationError("请至少选定一个项目的检查结果。")
    room_check.full_clean()
    room_check.save()
    room_check.results.all().delete()
    for result in results:
        result.pk, result.room_check = None, room_check
        result.full_clean(exclude=["room_check"])
    RoomResult.objects.bulk_create(results)
    refuse_twice(room_check.files.all(), files, "一次检查")
    rows_of(RoomCheckFile, room_check, files, by)
    return room_check


@transaction.atomic
def succeed(
    *,
    by: User,
    room: ActivityRoom,
    on: datetime.date,
    group: DelegateGroup,
    name: str,
    place: str,
    because: str,
) -> ActivityRoom:
    """From that day on another room takes its place: elsewhere, or of another group.

    A room that only changes hands stays as it was checked; at a new place all is to be checked.
    """
    require_keeper(by)
    room = ActivityRoom.objects.select_for_update(of=("self",)).get(pk=room.pk)
    if room.end is not None:
        raise ValidationError("这个活动室已经停用。")
    if on <= room.start:
        raise ValidationError({"on": f"日期须晚于启用日期（{room.start}）。"})
    if not group.holds_on(on):
        raise ValidationError({"group": f"{group}在这一天尚未成立或者已经撤销。"})
    if group == room.group and place == room.place:
        raise ValidationError("代表小组和地点都没有变动；只改名称的，请修改活动室。")
    later = room.checks.filter(day__gte=on).order_by("day").first()
    if later:
        raise ValidationError({"on": f"这一天以后已有检查记录（{later.day}），请核对日期。"})
    amend(room, end=on, end_reason=because)
    following = ActivityRoom(group=group, name=name, place=place, start=on, follows=room)
    following.full_clean()
    following.save()
    if place == room.place:
        take_over(room=room, following=following, by=by)
    return following


def take_over(*, room: ActivityRoom, following: ActivityRoom, by: User | None = None) -> None:
    """A room that goes on under another group begins as it was last checked."""
    state = states_of([room], following.start)[0]
    kept = [each.result for each in state.points if each.result]
    if not kept:
        return
    check = RoomCheck.objects.create(
        room=following,
        day=following.start,
        checked_by=state.last_check.checked_by,
        remark=f"由{room.group}移交，沿用{state.last_check.day}的检查结果。",
        user=by,
    )
    RoomResult.objects.bulk_create(
        RoomResult(room_check=check, item_id=each.item_id, met=each.met, remark=each.remark)
        for each in kept
    )
