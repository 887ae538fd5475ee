"""The board as its page shows it: a column for each group and one for what is in none."""

from dataclasses import dataclass

from congress.models import Village
from congress.numerals import group_name
from delegates.models import Level
from groups.models import Post

from .board import Balance, Board, Person, Place, Placing, short_name
from .checks import FEWEST, LAW


@dataclass(frozen=True)
class VillageCard:
    village: Village
    ordinal: int | None
    before: str


@dataclass(frozen=True)
class PersonCard:
    person: Person
    ordinal: int | None
    post: str
    #: Where the person was, 新 for who was in no group; empty where nothing changes.
    before: str

    @property
    def is_county(self) -> bool:
        return self.person.holds(Level.COUNTY)

    @property
    def is_town(self) -> bool:
        return self.person.holds(Level.TOWN)

    @property
    def is_woman(self) -> bool:
        return self.person.delegate.sex == self.person.delegate.Sex.FEMALE


@dataclass(frozen=True)
class Column:
    #: None is the column of what is in no group.
    ordinal: int | None
    villages: list[VillageCard]
    people: list[PersonCard]
    balance: Balance
    staff: str = ""

    @property
    def name(self) -> str:
        return group_name(self.ordinal) if self.ordinal else "未编入"

    @property
    def has_leader(self) -> bool:
        return any(card.post == Post.LEADER for card in self.people)

    @property
    def remark(self) -> str:
        """What the head of the column points out; said again by the page's script."""
        if self.ordinal is None:
            return ""
        words = [
            f"不足{FEWEST}名" if self.balance.persons < FEWEST else "",
            "" if self.has_leader else "没有组长",
        ]
        return "，".join(filter(None, words))


@dataclass(frozen=True)
class Page:
    columns: list[Column]
    #: (number, name) of the groups that a card may go to.
    groups: list[tuple[int, str]]
    persons: int
    unplaced_people: int
    unplaced_villages: int
    posts = Post.choices
    law = LAW


def page_of(board: Board, placing: Placing) -> Page:
    columns = [_column(board, placing, ordinal) for ordinal in (None, *board.ordinals)]
    return Page(
        columns=columns,
        groups=[(each, short_name(each)) for each in board.ordinals],
        persons=len(board.people),
        unplaced_people=len(columns[0].people),
        unplaced_villages=len(columns[0].villages),
    )


def _column(board: Board, placing: Placing, ordinal: int | None) -> Column:
    villages, people = board.villages_in(ordinal, placing), board.people_in(ordinal, placing)
    return Column(
        ordinal,
        [_village(board, village, ordinal) for village in villages],
        [_person(board, person, placing.people.get(person.key)) for person in people],
        board.balance(ordinal, placing),
        placing.staff.get(ordinal, ""),
    )


def _village(board: Board, village: Village, ordinal: int | None) -> VillageCard:
    was = board.before.villages.get(village.pk)
    return VillageCard(village, ordinal, short_name(was) if was else "")


def _person(board: Board, person: Person, place: Place | None) -> PersonCard:
    was = board.before.people.get(person.key)
    before = f"原{was.words}" if was else "新任" if board.before.people else ""
    return PersonCard(
        person, place and place.ordinal, place.post if place else Post.MEMBER.value, before
    )
