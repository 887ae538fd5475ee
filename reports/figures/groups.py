"""Delegates in office, their groups and the groups' rooms, all on the cut-off."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Prefetch, Q

from congress.models import Village
from congress.periods import holds_on
from delegates.models import Delegate, Level, Mandate
from groups.models import ActivityRoom, DelegateGroup, GroupVillage, Membership, Post
from reports.scope import Scope


@dataclass(frozen=True)
class Delegates:
    """Mandates in office by level; persons, each counted once."""

    county: int
    town: int
    persons: int
    women: int


@dataclass(frozen=True)
class Room:
    name: str
    place: str
    has_sign: bool
    rules_on_wall: bool
    pk: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Group:
    ordinal: int
    founded: date
    villages: tuple[str, ...]
    county: int
    town: int
    posts: frozenset[str]
    liaison_is_staff: bool
    rooms: tuple[Room, ...]
    pk: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Groups:
    groups: tuple[Group, ...]
    villages: int

    @property
    def rooms(self) -> tuple[Room, ...]:
        return tuple(room for group in self.groups for room in group.rooms)


def mandates(scope: Scope, level: str):
    return _in_office(scope).filter(level=level)


def _in_office(scope: Scope):
    return Mandate.objects.in_office_on(scope.last).filter(scope.of_members("pk", scope.last))


def persons(scope: Scope):
    """Each once, however many mandates."""
    return Delegate.objects.filter(pk__in=_in_office(scope).values("delegate"))


def women(scope: Scope):
    return persons(scope).filter(sex=Delegate.Sex.FEMALE)


def groups(scope: Scope):
    return DelegateGroup.objects.holding_on(scope.last).filter(scope.within("pk"))


def villages(scope: Scope):
    """All of the township, kept without dates; of a group those it covers on the cut-off."""
    if not scope.group:
        return Village.objects.all()
    covered = GroupVillage.objects.holding_on(scope.last).filter(group=scope.group)
    return Village.objects.filter(pk__in=covered.values("village"))


def with_people_and_places(groups, scope: Scope):
    """With ``covered`` villages, ``officers`` and ``rooms_now`` on the cut-off."""
    return groups.prefetch_related(
        Prefetch("coverage", coverage(scope).select_related("village"), to_attr="covered"),
        Prefetch("memberships", officers(scope), to_attr="officers"),
        Prefetch("rooms", rooms(scope), to_attr="rooms_now"),
    )


def coverage(scope: Scope):
    """Which village belongs to which group."""
    return GroupVillage.objects.filter(holds_on(scope.last))


def rooms(scope: Scope):
    """With what was found of them until the cut-off."""
    current = ActivityRoom.objects.holding_on(scope.last).filter(group__in=groups(scope))
    return current.with_standards(scope.last)


def rooms_signed(scope: Scope):
    return rooms(scope).filter(has_sign=True)


def rooms_with_rules(scope: Scope):
    return rooms(scope).filter(rules_on_wall=True)


def members(scope: Scope):
    """Memberships on the cut-off of mandates in office, and of staff."""
    in_office = Mandate.objects.in_office_on(scope.last)
    return Membership.objects.holding_on(scope.last).filter(
        Q(mandate__in=in_office) | Q(mandate__isnull=True), scope.within("group")
    )


def officers(scope: Scope):
    """Those with a post in their group."""
    held = members(scope).exclude(post=Post.MEMBER)
    return held.select_related("mandate__delegate").order_by("group__ordinal", "pk")


def delegate_figures(scope: Scope) -> Delegates:
    return Delegates(
        county=mandates(scope, Level.COUNTY).count(),
        town=mandates(scope, Level.TOWN).count(),
        persons=persons(scope).count(),
        women=women(scope).count(),
    )


def group_figures(scope: Scope) -> Groups:
    numbers = {
        row["group"]: row
        for row in members(scope)
        .values("group")
        .annotate(
            county=Count("pk", filter=Q(mandate__level=Level.COUNTY)),
            town=Count("pk", filter=Q(mandate__level=Level.TOWN)),
        )
        .order_by("group")
    }
    return Groups(
        groups=tuple(
            _group(group, numbers.get(group.pk, {}))
            for group in with_people_and_places(groups(scope), scope).order_by("ordinal")
        ),
        villages=villages(scope).count(),
    )


def _group(group: DelegateGroup, numbers: dict) -> Group:
    posts = {officer.post: officer.mandate for officer in group.officers}
    return Group(
        ordinal=group.ordinal,
        founded=group.start,
        villages=tuple(coverage.village.name for coverage in group.covered),
        county=numbers.get("county", 0),
        town=numbers.get("town", 0),
        posts=frozenset(posts),
        liaison_is_staff=Post.LIAISON in posts and posts[Post.LIAISON] is None,
        rooms=tuple(
            Room(room.name, room.place, room.has_sign, room.rules_on_wall, room.pk)
            for room in group.rooms_now
        ),
        pk=group.pk,
    )
