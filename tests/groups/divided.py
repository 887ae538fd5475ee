"""A small town before the division of its groups, and the steps of the office, for tests."""

import datetime

from congress.models import Village
from delegates.models import Level, Mandate
from groups.division.board import Board, Place, Placing
from groups.division.confirming import Confirmation, confirm
from groups.division.saving import save
from groups.models import ActivityRoom, DelegateGroup, GroupVillage, Membership, Post
from groups.terms import end_term
from tests import factory


def make_town():
    """Two groups of four since 2017, led, each with two villages and a room.

    甲一 is a delegate of the county as well.
    """
    for ordinal in (1, 2):
        group = factory.make_group(ordinal)
        for number in (1, 2):
            village = factory.make_village(f"{'甲乙'[ordinal - 1]}{number}村")
            factory.make_coverage(group, village)
        factory.make_room(group, f"{ordinal}组活动室", place=f"{'甲乙'[ordinal - 1]}1村部")
        for number in range(1, 5):
            person = factory.make_delegate(f"{'甲乙'[ordinal - 1]}{'一二三四'[number - 1]}")
            area = factory.make_constituency(f"{'甲乙'[ordinal - 1]}{(number + 1) // 2}村选区")
            post = {1: Post.LEADER, 2: Post.VICE_LEADER}.get(number, Post.MEMBER)
            mandate = factory.make_mandate(person, constituency=area)
            factory.make_membership(group, mandate, post)
            if (ordinal, number) == (1, 1):
                factory.make_membership(
                    group, factory.make_mandate(person, Level.COUNTY, card_number="X-1")
                )
    factory.make_staff_liaison(factory.make_group(1), "办事员")


def next_term(by, first_day="2021-12-20"):
    """The fifteenth term ends on the eve; returns the sixteenth."""
    old = factory.make_term()
    old.last_day = factory.day(first_day) - datetime.timedelta(days=1)
    old.save()
    end_term(by=by, term=old, was=None)
    return factory.make_term(16, first_day)


def re_elect(term, names, new=(), start="2021-12-20"):
    """Those named, and new ones, become delegates of the next term; 甲一 of the county too."""
    if "甲一" in names:
        person = Mandate.objects.filter(delegate__name="甲一").first().delegate
        area = factory.make_constituency("县选区", Level.COUNTY, term)
        factory.make_mandate(
            person, Level.COUNTY, start, term=term, constituency=area, card_number="X16-1"
        )
    for name in [*names, *new]:
        known = Mandate.objects.filter(delegate__name=name).first()
        person = known.delegate if known else factory.make_delegate(name)
        village = {"甲": "甲1村", "乙": "乙1村"}.get(name[0], "机关")
        factory.make_mandate(
            person,
            start=start,
            term=term,
            constituency=factory.make_constituency(f"{village}选区", term=term),
            card_number=f"Z16-{Mandate.objects.count():03d}",
        )


def places(division):
    """(villages by name, persons by name as they are placed)."""
    board = Board(division)
    return (
        {str(v): board.placing.villages.get(v.pk) for v in board.villages},
        {
            p.delegate.name: place.words if (place := board.placing.people.get(p.key)) else ""
            for p in board.people
        },
    )


def place(by, division, villages=None, people=None, staff=None, seen=None):
    """Save as the page does: names to numbers of groups, for persons also (number, post)."""
    board = Board(division)
    placing = (seen or board.placing).copy()
    for village in board.villages:
        if str(village) in (villages or {}):
            _put(placing.villages, village.pk, villages[str(village)])
    for person in board.people:
        if person.delegate.name in (people or {}):
            chosen = people[person.delegate.name]
            chosen = (chosen,) if isinstance(chosen, int) else chosen
            _put(placing.people, person.key, chosen and Place(*chosen))
    placing.staff |= staff or {}
    return save(by=by, division=division, placing=placing, seen=seen or board.placing)


def _put(places, key, chosen):
    if chosen:
        places[key] = chosen
    else:
        places.pop(key, None)


def seen_of(division) -> Placing:
    return Board(division).placing


def confirm_all(by, division, rooms=None, **more):
    """Confirm with everything ticked and the rooms as proposed."""
    shown = Confirmation(Board(division))
    chosen = {room.pk: ordinal for room, ordinal in shown.changes.rooms}
    return confirm(
        by=by,
        division=division,
        **{
            "seen": shown.fingerprint,
            "ticked": {notice.key for notice in shown.warnings},
            "rooms": chosen | (rooms or {}),
            **more,
        },
    )


def members_on(day):
    """Who is in which group that day, with the post: (term, group, name, level, post)."""
    memberships = Membership.objects.holding_on(factory.day(day)).select_related(
        "mandate__delegate", "group__term"
    )
    return sorted(
        (
            each.group.term.ordinal,
            each.group.ordinal,
            each.person_name,
            each.mandate.level if each.mandate else "",
            each.post,
        )
        for each in memberships
    )


def rows():
    """All that a confirmation touches, to the letter but for the count of versions."""
    return {
        model: list(
            model.objects.order_by("pk").values_list(
                *(f.attname for f in model._meta.concrete_fields if f.name != "version")
            )
        )
        for model in (DelegateGroup, Membership, GroupVillage, ActivityRoom, Mandate)
    }


def villages_on(day):
    """Village to (term, group) that day."""
    covered = GroupVillage.objects.holding_on(factory.day(day)).select_related("group__term")
    return {
        Village.objects.get(pk=each.village_id).name: (each.group.term.ordinal, each.group.ordinal)
        for each in covered
    }
