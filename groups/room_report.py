"""The report of all rooms on a day: rooms by items, as page, workbook and PDF."""

import datetime
from dataclasses import dataclass

from django.template.loader import render_to_string

from congress import workbook
from congress.cells import TEXT
from congress.models import Township, User
from congress.pdf import render_pdf

from .models import ActivityRoom, RoomItem
from .room_state import Point, RoomState, states_of


@dataclass(frozen=True)
class RoomReport:
    day: datetime.date
    items: list[RoomItem]
    states: list[RoomState]

    @property
    def complying(self) -> int:
        return sum(each.complies for each in self.states)

    @property
    def incomplete(self) -> int:
        return len(self.states) - self.complying

    @property
    def overdue(self) -> int:
        return sum(each.is_overdue for each in self.states)


def report_on(day: datetime.date, user: User) -> RoomReport:
    """Of the rooms in use that day that the user sees, by what was known of them then."""
    rooms = ActivityRoom.objects.visible_to(user).holding_on(day).select_related("group__term")
    rooms = rooms.order_by("-group__term__ordinal", "group__ordinal", "pk")
    return RoomReport(day, list(RoomItem.objects.holding_on(day)), states_of(rooms, day))


def words_of(point: Point) -> str:
    """有（2020-05-01）, 缺（2020-05-01，已联系制作）, 未检查."""
    if point.result is None:
        return point.word
    remark = f"，{point.result.remark}" if point.result.remark else ""
    return f"{point.word}（{point.day}{remark}）"


def write(report: RoomReport, file) -> None:
    headings = [
        *(("代表小组", 16), ("活动室", 22), ("地点", 20), ("启用日期", 12)),
        *((item.title, 22) for item in report.items),
        *(("缺项", 30), ("最近检查", 12), ("检查人", 16)),
    ]
    sheet = workbook.Sheet(
        "活动室建设情况",
        tuple(workbook.Column(words, TEXT, width=width) for words, width in headings),
    )
    rows = (
        [
            *(str(state.room.group), state.room.name, state.room.place, str(state.room.start)),
            *map(words_of, state.points),
            state.lacks or "齐备",
            *(
                (str(state.last_check.day), state.last_check.checked_by)
                if state.last_check
                else ("", "")
            ),
        ]
        for state in report.states
    )
    workbook.write(file, [(sheet, rows)])


def paper(report: RoomReport, township: Township) -> bytes:
    context = {"report": report, "township": township}
    return render_pdf(render_to_string("groups/papers/room_report.html", context))
