"""How rooms stood on a day: each item by its latest check up to then, and what is missing."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .models import ActivityRoom, RoomCheck, RoomItem, RoomResult

#: A room is to be checked once in this time.
MONTHS_BETWEEN_CHECKS = 12


def year_before(day: datetime.date) -> datetime.date:
    """The same date of the year before; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


@dataclass(frozen=True)
class Point:
    """An item in a room; ``result`` is None where nobody has looked yet."""

    item: RoomItem
    result: RoomResult | None

    @property
    def met(self) -> bool:
        return self.result is not None and self.result.met

    @property
    def word(self) -> str:
        if self.result is None:
            return "未检查"
        return "有" if self.result.met else "缺"

    @property
    def urgency(self) -> str:
        if self.result is None:
            return ""
        return "done" if self.result.met else "due-soon"

    @property
    def day(self) -> datetime.date | None:
        return self.result.room_check.day if self.result else None


@dataclass(frozen=True)
class RoomState:
    room: ActivityRoom
    day: datetime.date
    points: tuple[Point, ...]
    last_check: RoomCheck | None

    @cached_property
    def missing(self) -> list[RoomItem]:
        return [each.item for each in self.points if each.result and not each.met]

    @cached_property
    def unchecked(self) -> list[RoomItem]:
        return [each.item for each in self.points if each.result is None]

    @property
    def complies(self) -> bool:
        return all(each.met for each in self.points)

    @property
    def is_overdue(self) -> bool:
        """Not checked for so long, nor opened since."""
        since = year_before(self.day)
        seen = self.last_check.day if self.last_check else self.room.start
        return seen <= since

    @property
    def lacks(self) -> str:
        """缺标牌、登记簿；宣传栏未检查; empty where nothing is missing."""
        words = []
        if self.missing:
            words.append(f"缺{'、'.join(map(str, self.missing))}")
        if self.unchecked:
            words.append(f"{'、'.join(map(str, self.unchecked))}未检查")
        return "；".join(words)


def states_of(rooms: Iterable[ActivityRoom], day: datetime.date) -> list[RoomState]:
    """Of each room in its place; the number of queries does not grow with that of rooms."""
    rooms = list(rooms)
    items = list(RoomItem.objects.holding_on(day))
    checks = RoomCheck.objects.filter(room__in=rooms, day__lte=day).order_by("day")
    last = {check.room_id: check for check in checks}
    results = (
        RoomResult.objects.filter(room_check__room__in=rooms, room_check__day__lte=day)
        .select_related("room_check")
        .order_by("room_check__day")
    )
    latest = {(each.room_check.room_id, each.item_id): each for each in results}
    return [
        RoomState(
            room,
            day,
            tuple(Point(item, latest.get((room.pk, item.pk))) for item in items),
            last.get(room.pk),
        )
        for room in rooms
    ]
