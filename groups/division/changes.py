"""What confirming a division would change, worked out before anything is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from congress.periods import holds_on
from groups.models import ActivityRoom, DelegateGroup, GroupVillage, Membership, Post

from .board import Board, Person, Place


@dataclass
class Changes:
    """Rows that end with the first day and rows that begin, those by the number of the group."""

    board: Board
    #: Groups of the term that go on, by number.
    going_on: dict[int, DelegateGroup] = field(default_factory=dict)
    ended_groups: list[DelegateGroup] = field(default_factory=list)
    ended_members: list[Membership] = field(default_factory=list)
    begun_members: list[tuple[int, Membership]] = field(default_factory=list)
    ended_coverage: list[GroupVillage] = field(default_factory=list)
    begun_coverage: list[tuple[int, GroupVillage]] = field(default_factory=list)
    #: Every room in use, each with the group that it would go on with, None to give it up.
    rooms: list[tuple[ActivityRoom, int | None]] = field(default_factory=list)

    @property
    def new_ordinals(self) -> list[int]:
        return [each for each in self.board.ordinals if each not in self.going_on]


def changes_of(board: Board) -> Changes:
    """A fixed number of queries; nothing is written."""
    division = board.division
    changes = Changes(board)
    for group in DelegateGroup.objects.filter(holds_on(division.start)).select_related("term"):
        if group.term_id == division.term_id and group.ordinal in board.groups:
            changes.going_on[group.ordinal] = group
        else:
            changes.ended_groups.append(group)
    _members(changes)
    _villages(changes)
    _rooms(changes)
    return changes


def _members(changes: Changes) -> None:
    board, day = changes.board, changes.board.division.start
    ordinals = {group.pk: ordinal for ordinal, group in changes.going_on.items()}
    by_mandate: dict[int, Membership] = {}
    staff: dict[int, Membership] = {}
    accounts: dict[str, int | None] = {}
    current = Membership.objects.filter(holds_on(day)).select_related("group")
    for membership in current:
        if membership.mandate_id:
            by_mandate[membership.mandate_id] = membership
            continue
        accounts[membership.staff_name] = membership.staff_account_id
        ordinal = ordinals.get(membership.group_id)
        if ordinal and board.placing.staff.get(ordinal) == membership.staff_name:
            staff[ordinal] = membership
    kept = {membership.pk for membership in staff.values()}
    for person in board.people:
        place = board.placing.people.get(person.key)
        for mandate, post in _posts(person, place, by_mandate, ordinals) if place else ():
            known = by_mandate.get(mandate.pk)
            if known and (ordinals.get(known.group_id), known.post) == (place.ordinal, post):
                kept.add(known.pk)
                continue
            begun = Membership(mandate=mandate, post=post, start=day, end=mandate.end)
            changes.begun_members.append((place.ordinal, begun))
    for ordinal, name in board.placing.staff.items():
        if ordinal not in staff:
            begun = Membership(
                staff_name=name, staff_account_id=accounts.get(name), post=Post.LIAISON, start=day
            )
            changes.begun_members.append((ordinal, begun))
    changes.ended_members = [each for each in current if each.pk not in kept]


def _posts(person: Person, place: Place, by_mandate: Mapping[int, Membership], ordinals: dict):
    """(mandate, post) of each mandate: a post is held once, by the mandate that has it already."""
    holding = next(
        (
            mandate
            for mandate in person.mandates
            if (known := by_mandate.get(mandate.pk))
            and (ordinals.get(known.group_id), known.post) == place
        ),
        person.mandates[0],
    )
    for mandate in person.mandates:
        yield mandate, place.post if mandate is holding else Post.MEMBER.value


def _villages(changes: Changes) -> None:
    board, day = changes.board, changes.board.division.start
    ordinals = {group.pk: ordinal for ordinal, group in changes.going_on.items()}
    wanted = dict(board.placing.villages)
    for coverage in GroupVillage.objects.filter(holds_on(day)):
        ordinal = ordinals.get(coverage.group_id)
        if ordinal and wanted.get(coverage.village_id) == ordinal and coverage.end is None:
            del wanted[coverage.village_id]
        else:
            changes.ended_coverage.append(coverage)
    changes.begun_coverage = [
        (ordinal, GroupVillage(village_id=village, start=day))
        for village, ordinal in sorted(wanted.items())
    ]


def _rooms(changes: Changes) -> None:
    """Also those that outlived their group: a room is a place and stays when a term ends."""
    day = changes.board.division.start
    rooms = ActivityRoom.objects.filter(holds_on(day)).select_related("group")
    goes_on = {group.pk for group in changes.going_on.values()}
    covered: dict[int, list[int]] = {}
    for village, ordinal in changes.board.before.villages.items():
        covered.setdefault(ordinal, []).append(village)
    for room in rooms.order_by("group__ordinal", "pk"):
        villages = covered.get(room.group.ordinal, [])
        target = _room_goes_to(changes.board, room, room.group_id in goes_on, villages)
        changes.rooms.append((room, target))


def _room_goes_to(board: Board, room: ActivityRoom, going_on: bool, villages: list[int]):
    """The group of the village it lies in; its own; that of most villages of its old group."""
    places = board.placing.villages
    for village in sorted(board.villages, key=lambda each: -len(each.name)):
        if village.pk in places and room.place.startswith(village.name):
            return places[village.pk]
    if going_on:
        return room.group.ordinal
    counted = Counter(places[village] for village in villages if village in places)
    if counted:
        return counted.most_common(1)[0][0]
    return room.group.ordinal if room.group.ordinal in board.groups else None
