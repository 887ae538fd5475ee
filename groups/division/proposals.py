"""Proposals for a division: as it was, by villages and constituencies; each says what it did."""

from collections import Counter

from congress.models import Village
from groups.models import OFFICERS, Division

from .board import Board, Person, Place, Placing

#: As many groups as a township may sensibly have.
MOST_GROUPS = 30


def propose(board: Board, way: str, count: int) -> tuple[list[int], Placing, str]:
    """(numbers of the groups, what is placed where, what was done in words)."""
    if way == Division.Way.LAST and board.before.ordinals:
        return board.before.ordinals, *_as_before(board)
    ordinals = list(range(1, count + 1))
    if way == Division.Way.EMPTY:
        return ordinals, Placing(), f"新设{count}个小组，村和代表都未编入。"
    placing, words = fill(board, Placing(), ordinals)
    if way == Division.Way.LAST:
        words = f"没有原来的小组可以照用，改按村和选区编。{words}"
    return ordinals, placing, words


def _as_before(board: Board) -> tuple[Placing, str]:
    """Villages where they were, and the persons who are still or again delegates."""
    before = board.before
    keys = {village.pk for village in board.villages}
    people = {
        person.key: before.people[person.key]
        for person in board.people
        if person.key in before.people
    }
    people = _each_post_once(people)
    villages = {village: place for village, place in before.villages.items() if village in keys}
    officers = sum(place.post in OFFICERS for place in people.values())
    new = len(board.people) - len(people)
    gone = len(before.people.keys() - {person.key for person in board.people})
    words = [
        f"照{before.day:%Y-%m-%d}的{len(before.ordinals)}个小组："
        f"{len(villages)}个村、{len(people)}名代表放在原来的组",
        f"其中{officers}名仍任组长、副组长、联系员" if officers else "",
        f"新任的{new}名未编入" if new else "",
        f"{gone}名不再担任代表" if gone else "",
        f"{len(keys) - len(villages)}个村原来不属于任何组，未编入"
        if len(keys) > len(villages)
        else "",
    ]
    return Placing(villages, people, dict(before.staff)), _sentence(words)


def _each_post_once(people: dict[int, Place]) -> dict[int, Place]:
    taken, found = set(), {}
    for key, place in people.items():
        if place.post in OFFICERS and place in taken:
            place = Place(place.ordinal)
        taken.add(place)
        found[key] = place
    return found


def fill(board: Board, placing: Placing, ordinals: list[int]) -> tuple[Placing, str]:
    """Place what is placed nowhere yet; what is placed stays.

    Villages by their order, so that neighbours come together and the groups have about as many
    inhabitants; persons with the village that their constituency is named after, else with the
    others of their constituency, else in the smallest group.
    """
    placing = placing.copy()
    left = [village for village in board.villages if village.pk not in placing.villages]
    if len(left) == len(board.villages):
        placing.villages = _cut(board.villages, ordinals)
    else:
        _place_beside(board, placing, ordinals)
    ways = _place_people(board, placing, ordinals)
    words = [
        f"{len(left)}个村按排列次序编入，相邻的在一组" if left else "",
        f"{ways['village']}名代表随选区名称中的村" if ways["village"] else "",
        f"{ways['constituency']}名与同一选区的代表同组" if ways["constituency"] else "",
        f"{ways['smallest']}名编入人数最少的组" if ways["smallest"] else "",
    ]
    return placing, _sentence(words) or "没有未编入的村和代表。"


def _cut(villages: list[Village], ordinals: list[int]) -> dict[int, int]:
    """Consecutive stretches, each with about the same share of the inhabitants."""
    total = sum(village.population for village in villages) or 1
    placed, reached, place = {}, 0, 0
    for index, village in enumerate(villages):
        middle = reached + village.population / 2
        fair = min(int(middle * len(ordinals) / total), len(ordinals) - 1)
        # No group is skipped, and the last villages are kept for groups that have none yet.
        place = min(max(place, fair), place + 1) if index else 0
        place = min(max(place, len(ordinals) - (len(villages) - index)), len(ordinals) - 1)
        placed[village.pk] = ordinals[place]
        reached += village.population
    return placed


def _place_beside(board: Board, placing: Placing, ordinals: list[int]) -> None:
    """A village goes to the group of the one before it, or else behind it."""
    for villages in (board.villages, board.villages[::-1]):
        last = None
        for village in villages:
            if village.pk in placing.villages:
                last = placing.villages[village.pk]
            elif last in ordinals:
                placing.villages[village.pk] = last


def _place_people(board: Board, placing: Placing, ordinals: list[int]) -> Counter:
    ways = Counter()
    names = sorted(board.villages, key=lambda village: -len(village.name))
    sizes = Counter(dict.fromkeys(ordinals, 0))
    together: dict[int, Counter] = {}
    for person in board.people:
        if place := placing.people.get(person.key):
            sizes[place.ordinal] += person.is_in_office
            _remember(together, person, place.ordinal)
    for person in board.people:
        if person.key in placing.people:
            continue
        way, ordinal = "village", _named(person, names, placing)
        if ordinal is None:
            others = together.get(person.mandates[0].constituency_id)
            way, ordinal = "constituency", others and others.most_common(1)[0][0]
        if not ordinal:
            way, ordinal = "smallest", min(ordinals, key=lambda each: (sizes[each], each))
        placing.people[person.key] = Place(ordinal)
        sizes[ordinal] += person.is_in_office
        _remember(together, person, ordinal)
        ways[way] += 1
    return ways


def _remember(together: dict[int, Counter], person: Person, ordinal: int) -> None:
    for mandate in person.mandates:
        together.setdefault(mandate.constituency_id, Counter())[ordinal] += 1


def _named(person: Person, villages: list[Village], placing: Placing) -> int | None:
    """The group of the village that the name of a constituency of this person contains."""
    for mandate in person.mandates:
        for village in villages:
            if village.name in mandate.constituency.name and village.pk in placing.villages:
                return placing.villages[village.pk]
    return None


def _sentence(words: list[str]) -> str:
    found = [each for each in words if each]
    return "，".join(found) + "。" if found else ""
