"""The rooms that the ledger sheet 代表小组 tells of, and what it says was found in them."""

import datetime
from typing import Any

from congress.ledger_plan import Plan
from congress.periods import today
from congress.tables import in_words
from congress.workbook import Row, Sheet

from ..models import ActivityRoom, DelegateGroup, RoomCheck, RoomItem, RoomResult, Standard

#: What the sheet tells of the checklist; of the other items it says nothing.
STANDARDS = {"标牌": Standard.SIGN, "制度上墙": Standard.RULES}
CHECKED_BY = "台账"


class RoomBook:
    """The rooms in use, each group's first, with what was found in them until the cut-off."""

    def __init__(self, plan: Plan, sheet: Sheet, cut_off: datetime.date):
        self.plan, self.sheet, self.cut_off = plan, sheet, cut_off
        self.rooms: dict[Any, ActivityRoom] = {}
        for room in plan.table(ActivityRoom, ActivityRoom.objects.filter(end=None)).known:
            self.rooms.setdefault(room.group_id, room)
        self.items = {item.code: item for item in RoomItem.objects.exclude(code="")}
        checks = RoomCheck.objects.filter(room__end=None, day__lte=cut_off)
        self.checks = {
            (each.room_id, each.day): each for each in plan.table(RoomCheck, checks).known
        }
        found = RoomResult.objects.filter(room_check__in=checks.values("pk"), item__code__gt="")
        results = plan.table(RoomResult, found.select_related("room_check", "item")).known
        self.latest = {
            (each.room_check.room_id, each.item.code): each
            for each in sorted(results, key=lambda each: each.room_check.day)
        }

    def put(self, row: Row, group: DelegateGroup) -> None:
        """A new room was found so on its first day; a change was found on the cut-off."""
        known = self.rooms.get(group.pk)
        values = self.plan.values(row, self.sheet, ("name", "place")) | {"group": group}
        if known is None:
            values["start"] = group.start
        room = self.plan.put(row, ActivityRoom, known, values, self.sheet.heading_of)
        if row.faulty:
            return
        told = {heading: row[heading] for heading in STANDARDS}
        if known:
            told = {
                heading: met for heading, met in told.items() if self._met(room, heading) != met
            }
            for heading, met in told.items():
                self.plan.note_change(row, heading, in_words(not met), in_words(met))
        if told:
            self._find(room, room.start if known is None else self._day_of_change(room), told)

    def _met(self, room: ActivityRoom, heading: str) -> bool:
        result = self.latest.get((room.pk, STANDARDS[heading]))
        return result is not None and result.met

    def _day_of_change(self, room: ActivityRoom) -> datetime.date:
        return max(min(self.cut_off, today()), room.start)

    def _find(self, room: ActivityRoom, day: datetime.date, told: dict[str, bool]):
        check = self.checks.get((room.pk, day)) if room.pk else None
        if check is None:
            check = self.plan.add(
                RoomCheck(room=room, day=day, checked_by=CHECKED_BY, user=self.plan.user)
            )
        for heading, met in told.items():
            code = STANDARDS[heading]
            known = self.latest.get((room.pk, code)) if room.pk else None
            if known and check.pk and known.room_check_id == check.pk:
                self.plan.set(known, "met", met)
            else:
                self.plan.add(RoomResult(room_check=check, item=self.items[code], met=met))
