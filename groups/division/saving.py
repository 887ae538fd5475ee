"""Making a division and placing on it; two editors are merged row by row."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from congress.editing import EditedMeanwhile
from congress.models import User
from congress.roles import require_keeper
from groups.models import (
    DelegateGroup,
    Division,
    DivisionGroup,
    DivisionMember,
    DivisionVillage,
)

from .board import Board, Placing, posts_held_twice, short_name
from .proposals import MOST_GROUPS, fill, propose

CONFIRMED = "这个划分已经确认，不能再改；要改的另做一个划分，或先撤销确认。"


@transaction.atomic
def make(*, by: User, division: Division, count: int) -> Division:
    """A new draft, with what its way proposes; ``count`` groups where nothing is taken over."""
    require_keeper(by)
    division.made_by = by
    division.full_clean(exclude=["confirmed_by"])
    division.save()
    ordinals, placing, division.proposal = propose(Board(division), division.way, count)
    division.save(update_fields=["proposal"])
    DivisionGroup.objects.bulk_create(
        DivisionGroup(division=division, ordinal=each, staff_name=placing.staff.get(each, ""))
        for each in ordinals
    )
    _write(Board(division), Placing(), placing)
    return division


def locked(by: User, division: Division) -> Division:
    """The draft as it is now, nobody else's until the change is done."""
    require_keeper(by)
    division = (
        Division.objects.select_for_update(of=("self",)).select_related("term").get(pk=division.pk)
    )
    if not division.is_draft:
        raise ValidationError(CONFIRMED)
    return division


@transaction.atomic
def save(*, by: User, division: Division, placing: Placing, seen: Placing) -> Placing:
    """Place as typed. ``seen`` is how the page showed it when it was opened.

    What is as seen keeps what somebody else saved meanwhile. Raises ``EditedMeanwhile`` where
    two editors contradict each other, ``ValidationError`` for a post given twice; nothing is
    saved then. The number of queries does not grow with the number of delegates.
    """
    board = Board(locked(by, division))
    stored = board.placing
    merged = Placing(
        _merged(stored.villages, placing.villages, seen.villages),
        _merged(stored.people, placing.people, seen.people),
        _merged(stored.staff, placing.staff, seen.staff),
    )
    if not uses(merged) <= board.groups.keys():
        raise EditedMeanwhile
    if posts_held_twice(placing.people):
        raise ValidationError(post_refused(placing))
    if posts_held_twice(merged.people):
        raise EditedMeanwhile
    if merged != stored:
        _write(board, stored, merged)
        _count_up(board.division)
    return merged


def uses(placing: Placing) -> set[int]:
    """The numbers of the groups that something is placed in."""
    return {
        *placing.villages.values(),
        *(place.ordinal for place in placing.people.values()),
        *placing.staff,
    }


def post_refused(placing: Placing) -> str:
    twice = "、".join(place.words for place in posts_held_twice(placing.people))
    return f"{twice}选了不止一名：组长、副组长、联系员每组各一名，请改正后再保存。"


def _merged(stored: dict, mine: dict, seen: dict) -> dict:
    found = {}
    for key in {*stored, *mine, *seen}:
        now, was, chosen = stored.get(key), seen.get(key), mine.get(key)
        if chosen == was:
            chosen = now
        elif now not in (was, chosen):
            raise EditedMeanwhile
        if chosen:
            found[key] = chosen
    return found


def _write(board: Board, stored: Placing, wanted: Placing) -> None:
    groups, division = board.groups, board.division
    villages = _differing(stored.villages, wanted.villages)
    people = _differing(stored.people, wanted.people)
    DivisionVillage.objects.filter(division=division, village__in=villages).delete()
    DivisionMember.objects.filter(division=division, delegate__in=people).delete()
    DivisionVillage.objects.bulk_create(
        DivisionVillage(division=division, village_id=key, group=groups[wanted.villages[key]])
        for key in sorted(villages & wanted.villages.keys())
    )
    DivisionMember.objects.bulk_create(
        DivisionMember(
            division=division,
            delegate_id=key,
            group=groups[wanted.people[key].ordinal],
            post=wanted.people[key].post,
        )
        for key in sorted(people & wanted.people.keys())
    )
    changed = []
    for ordinal in _differing(stored.staff, wanted.staff):
        groups[ordinal].staff_name = wanted.staff.get(ordinal, "")
        changed.append(groups[ordinal])
    DivisionGroup.objects.bulk_update(changed, ["staff_name"])


def _differing(one: dict, other: dict) -> set:
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}


def _count_up(division: Division) -> None:
    Division.objects.filter(pk=division.pk).update(version=F("version") + 1)


@transaction.atomic
def add_group(*, by: User, division: Division) -> DivisionGroup:
    """One more group, with the first number that the division and the term have not used."""
    division = locked(by, division)
    used = {*division.groups.values_list("ordinal", flat=True), *dissolved(division)}
    if len(used) >= MOST_GROUPS:
        raise ValidationError(f"一个乡镇最多设{MOST_GROUPS}个代表小组。")
    ordinal = min(set(range(1, MOST_GROUPS + 1)) - used)
    _count_up(division)
    return DivisionGroup.objects.create(division=division, ordinal=ordinal)


def dissolved(division: Division) -> list[int]:
    """Numbers of this term's groups that ended before the day: each is one group in a term."""
    ended = DelegateGroup.objects.filter(term=division.term, end__lte=division.start)
    return list(ended.values_list("ordinal", flat=True))


@transaction.atomic
def remove_group(*, by: User, division: Division, ordinal: int) -> None:
    """Only an empty one: its villages and delegates are placed elsewhere first."""
    division = locked(by, division)
    group = division.groups.filter(ordinal=ordinal).first()
    if group is None:
        return
    if group.villages.exists() or group.members.exists() or group.staff_name:
        raise ValidationError(
            f"{short_name(ordinal)}还有村、代表或工作人员联系员，请先移出，再撤去这个组。"
        )
    group.delete()
    _count_up(division)


@transaction.atomic
def place_the_rest(*, by: User, division: Division) -> str:
    """Place what is in no group; says what was done."""
    board = Board(locked(by, division))
    if not board.groups:
        raise ValidationError("还没有小组，请先增加小组。")
    placing, words = fill(board, board.placing, board.ordinals)
    _write(board, board.placing, placing)
    _count_up(board.division)
    return words
