"""Delegates in office, their groups and the groups' rooms, all on the cut-off."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q

from congress.models import Village
from congress.periods import Period, holds_on
from delegates.models import Delegate, Level, Mandate
from groups.models import ActivityRoom, DelegateGroup, GroupVillage, Membership, Post


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


@dataclass(frozen=True)
class Groups:
    groups: tuple[Group, ...]
    villages: int

    @property
    def rooms(self) -> tuple[Room, ...]:
        return tuple(room for group in self.groups for room in group.rooms)


def mandates(period: Period, level: str):
    return Mandate.objects.in_office_on(period.last).filter(level=level)


def persons(period: Period):
    return Delegate.objects.in_office_on(period.last)


def groups(period: Period):
    return DelegateGroup.objects.holding_on(period.last)


def rooms(period: Period):
    """With what was found of them until the cut-off."""
    current = ActivityRoom.objects.holding_on(period.last).filter(group__in=groups(period))
    return current.with_standards(period.last)


def members(period: Period):
    """Memberships on the cut-off of mandates in office, and of staff."""
    in_office = Mandate.objects.in_office_on(period.last)
    return Membership.objects.holding_on(period.last).filter(
        Q(mandate__in=in_office) | Q(mandate__isnull=True)
    )


def delegate_figures(period: Period) -> Delegates:
    return Delegates(
        county=mandates(period, Level.COUNTY).count(),
        town=mandates(period, Level.TOWN).count(),
        **persons(period).aggregate(
            persons=Count("pk"), women=Count("pk", filter=Q(sex=Delegate.Sex.FEMALE))
        ),
    )


def group_figures(period: Period) -> Groups:
    numbers = {
        row["group"]: row
        for row in members(period)
        .values("group")
        .annotate(
            county=Count("pk", filter=Q(mandate__level=Level.COUNTY)),
            town=Count("pk", filter=Q(mandate__level=Level.TOWN)),
        )
        .order_by("group")
    }
    officers = {}
    for group, post, mandate in (
        members(period).exclude(post=Post.MEMBER).values_list("group", "post", "mandate")
    ):
        officers.setdefault(group, {})[post] = mandate
    return Groups(
        groups=tuple(
            _group(group, numbers.get(group.pk, {}), officers.get(group.pk, {}))
            for group in groups(period)
            .order_by("ordinal")
            .prefetch_related(
                Prefetch(
                    "coverage",
                    GroupVillage.objects.filter(holds_on(period.last)).select_related("village"),
                    to_attr="covered",
                ),
                Prefetch("rooms", rooms(period), to_attr="rooms_now"),
            )
        ),
        villages=Village.objects.count(),
    )


def _group(group: DelegateGroup, numbers: dict, officers: dict) -> Group:
    return Group(
        ordinal=group.ordinal,
        founded=group.start,
        villages=tuple(coverage.village.name for coverage in group.covered),
        county=numbers.get("county", 0),
        town=numbers.get("town", 0),
        posts=frozenset(officers),
        liaison_is_staff=Post.LIAISON in officers and officers[Post.LIAISON] is None,
        rooms=tuple(
            Room(room.name, room.place, room.has_sign, room.rules_on_wall)
            for room in group.rooms_now
        ),
    )
