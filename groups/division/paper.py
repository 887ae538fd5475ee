"""《代表小组划分》: the list of a division, for the page, the printer and the workbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.template.loader import render_to_string

from congress import workbook
from congress.cells import TEXT, WholeNumber
from congress.models import Township
from congress.numerals import full_date, group_name, ordinal
from congress.pdf import render_pdf
from congress.periods import holds_on
from groups.models import ActivityRoom, Post

from .board import Balance, Board, Person
from .changes import changes_of


@dataclass(frozen=True)
class Line:
    """One group of the list."""

    ordinal: int
    leader: str
    vice_leader: str
    liaison: str
    #: (level in words, names of all of that level), county and town together first.
    members: tuple[tuple[str, str], ...]
    villages: str
    rooms: str
    balance: Balance

    @property
    def name(self) -> str:
        return group_name(self.ordinal)


def lines_of(board: Board) -> list[Line]:
    rooms = _rooms(board)
    return [
        Line(
            number,
            _holder(board, number, Post.LEADER),
            _holder(board, number, Post.VICE_LEADER),
            board.placing.staff.get(number) or _holder(board, number, Post.LIAISON),
            _by_level(board.people_in(number)),
            "、".join(map(str, board.villages_in(number))),
            "、".join(rooms.get(number, ())),
            board.balance(number),
        )
        for number in board.ordinals
    ]


def _holder(board: Board, number: int, post: str) -> str:
    person = board.holder(number, post)
    return person.delegate.name if person else ""


def _by_level(people: Iterable[Person]) -> tuple[tuple[str, str], ...]:
    """Everybody by the levels of their mandates, officers first."""
    found: dict[str, list[str]] = {}
    for person in people:
        found.setdefault(person.levels, []).append(person.delegate.name)
    order = ("县、镇", "县", "镇")
    return tuple((level, "、".join(found[level])) for level in order if level in found)


def _rooms(board: Board) -> dict[int, list[str]]:
    """Of a draft where the rooms would go; else those of the groups on the first day."""
    division = board.division
    found: dict[int, list[str]] = {}
    if division.is_draft:
        for room, number in changes_of(board).rooms:
            if number:
                found.setdefault(number, []).append(_place(room))
        return found
    rooms = ActivityRoom.objects.filter(holds_on(division.start), group__term=division.term)
    for room in rooms.select_related("group"):
        found.setdefault(room.group.ordinal, []).append(_place(room))
    return found


def _place(room: ActivityRoom) -> str:
    return f"{room}（{room.place}）"


def title_of(board: Board, township: Township) -> str:
    return f"{township.name}{ordinal(board.division.term.ordinal)}届人大代表小组划分"


def as_pdf(board: Board, township: Township) -> bytes:
    lines = lines_of(board)
    context = {
        "township": township,
        "title": title_of(board, township),
        "board": board,
        "division": board.division,
        "lines": lines,
        "persons": sum(line.balance.persons for line in lines),
        "unplaced_villages": "、".join(map(str, board.villages_in(None))),
        "unplaced_people": "、".join(each.delegate.name for each in board.people_in(None)),
        "day": full_date(board.division.start),
    }
    return render_pdf(render_to_string("groups/papers/division.html", context))


GROUPS = workbook.Sheet(
    "代表小组划分",
    tuple(
        workbook.Column(heading, kind, width=width)
        for heading, kind, width in (
            ("代表小组", TEXT, 16),
            ("组长", TEXT, 12),
            ("副组长", TEXT, 12),
            ("联系员", TEXT, 12),
            ("代表", TEXT, 60),
            ("代表人数", WholeNumber(), 10),
            ("县代表", WholeNumber(), 9),
            ("镇代表", WholeNumber(), 9),
            ("覆盖村", TEXT, 30),
            ("人口", WholeNumber(), 9),
            ("活动室", TEXT, 36),
        )
    ),
)
PEOPLE = workbook.Sheet(
    "代表",
    tuple(
        workbook.Column(heading, TEXT, width=width)
        for heading, width in (
            ("代表小组", 16),
            ("姓名", 12),
            ("组内职务", 10),
            ("代表层级", 10),
            ("选区", 26),
            ("性别", 6),
            ("政治面貌", 12),
        )
    ),
)


def write_workbook(file: BinaryIO, board: Board) -> None:
    """The same list as a table, and every person in a row."""
    groups = [
        [
            line.name,
            line.leader,
            line.vice_leader,
            line.liaison,
            "；".join(f"{level}代表：{names}" for level, names in line.members),
            line.balance.persons,
            line.balance.county,
            line.balance.town,
            line.villages,
            line.balance.population,
            line.rooms,
        ]
        for line in lines_of(board)
    ]
    people = [
        [
            group_name(number) if number else "未编入",
            person.delegate.name,
            str(Post(board.placing.people[person.key].post).label) if number else "",
            person.levels,
            person.constituencies,
            person.delegate.sex,
            person.delegate.party,
        ]
        for number in [*board.ordinals, None]
        for person in board.people_in(number)
    ]
    workbook.write(file, [(GROUPS, groups), (PEOPLE, people)])
