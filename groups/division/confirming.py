"""Confirming a division, and taking the confirmation back while nothing was built on it."""

from collections.abc import Collection, Mapping
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from congress.editing import EditedMeanwhile, fingerprint
from congress.models import User
from congress.numerals import full_date
from congress.periods import today
from congress.roles import require_keeper
from groups.models import ActivityRoom, DelegateGroup, Division, Membership
from groups.room_actions import take_over

from .board import Board
from .changes import Changes, changes_of
from .checks import Notice, errors_of, unplaced_villages, warnings_of
from .saving import locked
from .trail import Trail, records_of

#: What the office chooses for a room that is given up.
GIVEN_UP = None


class Confirmation:
    """What the page before the confirmation shows; the action looks at the same again."""

    def __init__(self, board: Board):
        self.board = board
        self.changes: Changes = changes_of(board)
        self.errors = [*errors_of(board), *self._same_day()]

    @cached_property
    def warnings(self) -> list[Notice]:
        return [*warnings_of(self.board), *self._records_left_behind()]

    @cached_property
    def unplaced_villages(self) -> str:
        return unplaced_villages(self.board)

    @property
    def fingerprint(self) -> str:
        placing = self.board.placing
        return fingerprint(
            (
                sorted(placing.villages.items()),
                sorted(placing.people.items()),
                sorted(placing.staff.items()),
                sorted(m.pk for person in self.board.people for m in person.mandates),
                self.board.ordinals,
                self.errors,
                self.warnings,
                [(room.pk, room.version) for room, _ in self.changes.rooms],
            )
        )

    def _same_day(self) -> list[str]:
        day = self.board.division.start
        return [
            f"{group.term}{group}自同一天起设立，这个划分里没有它；请修改起始日期，或先删除这个小组。"
            for group in self.changes.ended_groups
            if group.start >= day
        ]

    def _records_left_behind(self) -> list[Notice]:
        groups = [group.pk for group in self.changes.ended_groups]
        records = records_of(groups, from_day=self.board.division.start)
        if not records:
            return []
        told = "、".join(f"{name}{number}条" for name, number in records.items())
        return [
            Notice(
                "records",
                f"终止的小组在起始日期以后还有{told}，仍记在原小组名下；未办的请改到新的小组，或取消。",
            )
        ]


@transaction.atomic
def confirm(
    *,
    by: User,
    division: Division,
    seen: str,
    ticked: Collection[str],
    rooms: Mapping[int, int | None],
    reason: str = "",
) -> Division:
    """The division holds from its first day on: groups, villages, members, rooms, as a whole.

    ``seen`` is the fingerprint of what was shown, ``ticked`` the warnings that were taken note
    of, ``rooms`` the group each room goes on with. Raises ``EditedMeanwhile`` where something
    changed since, ``ValidationError`` with what stops it.
    """
    division = locked(by, division)
    list(DelegateGroup.objects.select_for_update().values_list("pk", flat=True))
    list(Membership.objects.select_for_update().filter(end__isnull=True).values_list("pk"))
    shown = Confirmation(Board(division))
    if shown.fingerprint != seen:
        raise EditedMeanwhile
    _refuse(shown, ticked, rooms, reason)
    trail = Trail()
    try:
        with transaction.atomic():
            _write(shown.changes, rooms, trail)
    except IntegrityError as error:
        raise EditedMeanwhile from error
    division.done = trail.done
    division.reason = reason.strip()
    division.confirmed_by, division.confirmed_on = by, today()
    division.version += 1
    division.full_clean()
    division.save()
    return division


def _refuse(shown: Confirmation, ticked, rooms, reason) -> None:
    errors = list(shown.errors)
    errors += [
        f"请先勾选：{warning.words}" for warning in shown.warnings if warning.key not in ticked
    ]
    if shown.unplaced_villages and not reason.strip():
        errors.append(f"{shown.unplaced_villages}没有编入小组，请写明原因。")
    taken = set()
    for room, _ in shown.changes.rooms:
        ordinal = rooms.get(room.pk, GIVEN_UP)
        if ordinal is not None and ordinal not in shown.board.groups:
            errors.append(f"“{room}”请从这个划分的小组中选择，或不再使用。")
        elif ordinal is not None and (ordinal, room.name) in taken:
            errors.append(f"同一个小组不能有两个“{room}”，请改选，或先修改活动室名称。")
        taken.add((ordinal, room.name))
    errors += [
        f"“{room}”自{full_date(room.start)}启用，已有检查记录，请选一个小组接着使用，不能“不再使用”。"
        for room in _checked_before_they_end(shown.changes, rooms)
    ]
    if errors:
        raise ValidationError(errors)


def _checked_before_they_end(changes: Changes, rooms) -> QuerySet:
    """Rooms given up that would never have been, though somebody looked at them."""
    given_up = [room.pk for room, _ in changes.rooms if rooms.get(room.pk, GIVEN_UP) is None]
    return ActivityRoom.objects.filter(
        pk__in=given_up, start__gte=changes.board.division.start, checks__isnull=False
    ).distinct()


def _write(changes: Changes, rooms: Mapping[int, int | None], trail: Trail) -> None:
    division = changes.board.division
    day = division.start
    trail.close(changes.ended_members, day)
    trail.close(changes.ended_coverage, day)
    new = [
        DelegateGroup(term=division.term, ordinal=ordinal, start=day)
        for ordinal in changes.new_ordinals
    ]
    trail.add(new)
    groups = {**changes.going_on, **{group.ordinal: group for group in new}}
    for rows in (changes.begun_members, changes.begun_coverage):
        for ordinal, row in rows:
            row.group = groups[ordinal]
        trail.add([row for _, row in rows])
    _hand_over(changes, rooms, groups, trail)
    trail.close(changes.ended_groups, day)
    trail.note_last(groups.values())


def _hand_over(changes: Changes, rooms, groups: dict[int, DelegateGroup], trail: Trail) -> None:
    """A room has its time in each group; with the new one it begins as it stands."""
    day = changes.board.division.start
    ended, begun = [], []
    for room, _ in changes.rooms:
        ordinal = rooms.get(room.pk, GIVEN_UP)
        group = groups.get(ordinal)
        if group and group.pk == room.group_id:
            continue
        if room.start >= day and group:
            trail.move(room, group)
            continue
        ended.append(room)
        if group:
            begun.append((room, _as_it_stands(room, group, day)))
    trail.close(ended, day)
    trail.add([following for _, following in begun])
    for room, following in begun:
        take_over(room=room, following=following)


def _as_it_stands(room: ActivityRoom, group: DelegateGroup, day) -> ActivityRoom:
    own = {"id", "version", "group_id", "start", "follows_id"}
    values = {
        each.attname: getattr(room, each.attname)
        for each in ActivityRoom._meta.concrete_fields
        if each.attname not in own
    }
    return ActivityRoom(**values, group=group, start=day, follows=room)


def obstacles(division: Division) -> list[str]:
    """What stands in the way of undoing the confirmation, in words; empty where nothing does."""
    later = Division.objects.confirmed().filter(start__gt=division.start).first()
    found = [f"已有自{full_date(later.start)}起的划分"] if later else []
    return found + Trail(division.done).obstacles(division.start)


@transaction.atomic
def undo(*, by: User, division: Division) -> Division:
    """The division is a draft again, and everything is as it was before the confirmation."""
    require_keeper(by)
    division = Division.objects.select_for_update(of=("self",)).get(pk=division.pk)
    if division.is_draft:
        raise ValidationError("这个划分还没有确认。")
    if found := obstacles(division):
        raise ValidationError(
            f"确认以后已有新的登记，不能撤销：{'；'.join(found)}。要调整的请另做一个划分，或办理调组。"
        )
    Trail(division.done).take_back(division.start)
    division.done = {}
    division.confirmed_by = division.confirmed_on = None
    division.reason = ""
    division.version += 1
    division.save()
    return division
