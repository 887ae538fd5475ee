"""What a division changes, village by village and person by person."""

from dataclasses import dataclass

from .board import Board, Place, short_name

STAYS, MOVED, NEW, GONE, UNPLACED = "不变", "调整", "新编入", "不再担任代表", "未编入"


@dataclass(frozen=True)
class Change:
    name: str
    before: str
    after: str
    kind: str


@dataclass(frozen=True)
class Comparison:
    groups_before: int
    groups_after: int
    #: What does not change is counted only.
    villages: tuple[Change, ...]
    villages_unchanged: int
    people: tuple[Change, ...]
    people_unchanged: int


def compare(board: Board) -> Comparison:
    """The division beside the last groups before its first day."""
    villages, people = _villages(board), _people(board)
    return Comparison(
        len(board.before.ordinals),
        len(board.ordinals),
        tuple(each for each in villages if each.kind != STAYS),
        sum(each.kind == STAYS for each in villages),
        tuple(each for each in people if each.kind != STAYS),
        sum(each.kind == STAYS for each in people),
    )


def _villages(board: Board) -> list[Change]:
    return [
        _change(
            str(village),
            _place(board.before.villages.get(village.pk)),
            _place(board.placing.villages.get(village.pk)),
        )
        for village in board.villages
    ]


def _place(ordinal: int | None) -> Place | None:
    return Place(ordinal) if ordinal else None


def _people(board: Board) -> list[Change]:
    before = board.before
    placed = [
        _change(
            person.delegate.name,
            before.people.get(person.key),
            board.placing.people.get(person.key),
        )
        for person in board.people
    ]
    keys = {person.key for person in board.people}
    gone = [
        Change(delegate.name, before.people[key].words, "", GONE)
        for key, delegate in before.delegates.items()
        if key not in keys
    ]
    before_staff, staff = before.staff, board.placing.staff
    changed_staff = [
        Change(
            "、".join(dict.fromkeys(filter(None, (before_staff.get(each), staff.get(each))))),
            f"{short_name(each)}联系员（工作人员）" if each in before_staff else "",
            f"{short_name(each)}联系员（工作人员）" if each in staff else "",
            MOVED if each in before_staff and each in staff else NEW if each in staff else "离任",
        )
        for each in sorted({*before_staff, *staff})
        if before_staff.get(each) != staff.get(each)
    ]
    return [*placed, *gone, *changed_staff]


def _change(name: str, before: Place | None, after: Place | None) -> Change:
    if before == after:
        kind = STAYS if after else UNPLACED
    elif after is None:
        kind = UNPLACED
    else:
        kind = MOVED if before else NEW
    return Change(name, before.words if before else "", after.words if after else "", kind)
