"""A division as one board: who and what is to be placed, where it stands now and stood before."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.models import Max, Q

from congress.models import Village
from congress.numerals import ordinal_numeral
from congress.periods import holds_on
from delegates.models import Delegate, Level, Mandate
from groups.models import (
    OFFICERS,
    DelegateGroup,
    Division,
    DivisionMember,
    DivisionVillage,
    GroupVillage,
    Membership,
    Post,
)


class Place(NamedTuple):
    """Where a person is placed: the group by its number, and the post."""

    ordinal: int
    post: str = Post.MEMBER.value

    @property
    def words(self) -> str:
        """三组组长; a plain member is 三组."""
        post = "" if self.post == Post.MEMBER else Post(self.post).label
        return f"{short_name(self.ordinal)}{post}"


def short_name(ordinal: int) -> str:
    return f"{ordinal_numeral(ordinal)}组"


@dataclass
class Placing:
    """Where everything is placed, by key; what is not placed is not in it."""

    villages: dict[int, int] = field(default_factory=dict)
    people: dict[int, Place] = field(default_factory=dict)
    #: Names of staff who are 联系员, by the number of the group.
    staff: dict[int, str] = field(default_factory=dict)

    def copy(self) -> "Placing":
        return Placing(dict(self.villages), dict(self.people), dict(self.staff))


@dataclass(frozen=True)
class Person:
    """One card: a person with all mandates that are in force on the day, those in office first."""

    delegate: Delegate
    mandates: tuple[Mandate, ...]
    is_in_office: bool

    @property
    def key(self) -> int:
        return self.delegate.pk

    def holds(self, level: str) -> bool:
        return any(mandate.level == level for mandate in self.mandates)

    @property
    def levels(self) -> str:
        """县, 镇 or 县、镇."""
        return "、".join(str(label) for level, label in Level.choices if self.holds(level))

    @property
    def constituencies(self) -> str:
        return "、".join(dict.fromkeys(str(mandate.constituency) for mandate in self.mandates))

    @property
    def is_party_member(self) -> bool:
        return "中共" in self.delegate.party


@dataclass(frozen=True)
class Balance:
    """The numbers of one group; suspended delegates are not among them (代表法 61)."""

    persons: int
    county: int
    town: int
    women: int
    party: int
    villages: int
    population: int


def balance_of(people: Iterable[Person], villages: Iterable[Village]) -> Balance:
    people = [person for person in people if person.is_in_office]
    villages = list(villages)
    return Balance(
        persons=len(people),
        county=sum(person.holds(Level.COUNTY) for person in people),
        town=sum(person.holds(Level.TOWN) for person in people),
        women=sum(person.delegate.sex == Delegate.Sex.FEMALE for person in people),
        party=sum(person.is_party_member for person in people),
        villages=len(villages),
        population=sum(village.population for village in villages),
    )


class Board:
    """All that a page, check or action asks of a division; a fixed number of queries."""

    def __init__(self, division: Division):
        self.division = division
        self.groups = {group.ordinal: group for group in division.groups.all()}
        self.villages = list(Village.objects.all())
        self.people, self.outgoing = _people_of(division)

    @cached_property
    def placing(self) -> Placing:
        """As saved; who is no longer a delegate on the day is left out."""
        ordinals = {group.pk: ordinal for ordinal, group in self.groups.items()}
        keys = {person.key for person in self.people}
        villages = DivisionVillage.objects.filter(division=self.division)
        members = DivisionMember.objects.filter(division=self.division)
        return Placing(
            {
                village: ordinals[group]
                for village, group in villages.values_list("village", "group")
            },
            {
                delegate: Place(ordinals[group], post)
                for delegate, group, post in members.values_list("delegate", "group", "post")
                if delegate in keys
            },
            {
                ordinal: group.staff_name
                for ordinal, group in self.groups.items()
                if group.staff_name
            },
        )

    @cached_property
    def before(self) -> "Before":
        return Before(self.division)

    @property
    def ordinals(self) -> list[int]:
        return sorted(self.groups)

    def people_in(self, ordinal: int | None, placing: Placing | None = None) -> list[Person]:
        """Those placed in a group, officers first, or in none."""
        places = (placing or self.placing).people
        if ordinal is None:
            return [person for person in self.people if person.key not in places]
        found = [p for p in self.people if p.key in places and places[p.key].ordinal == ordinal]
        return sorted(found, key=lambda person: _RANK[places[person.key].post])

    def villages_in(self, ordinal: int | None, placing: Placing | None = None) -> list[Village]:
        places = (placing or self.placing).villages
        return [village for village in self.villages if places.get(village.pk) == ordinal]

    def balance(self, ordinal: int | None, placing: Placing | None = None) -> Balance:
        return balance_of(self.people_in(ordinal, placing), self.villages_in(ordinal, placing))

    def holder(self, ordinal: int, post: str) -> Person | None:
        place = Place(ordinal, post)
        places = self.placing.people
        return next((each for each in self.people if places.get(each.key) == place), None)


_RANK = {str(post): rank for rank, post in enumerate([*OFFICERS, Post.MEMBER])}


def _people_of(division: Division) -> tuple[list[Person], list[Mandate]]:
    """Who is placed, and town mandates of an earlier term that still hold.

    A county delegate may join (代表法 27), of whatever term the county counts; a town mandate
    ends with the first session of the next term (代表法 2).
    """
    mandates = (
        Mandate.objects.filter(holds_on(division.start))
        .select_related("delegate", "constituency", "term")
        .order_by("constituency", "pk")
    )
    in_office = set(Mandate.objects.in_office_on(division.start).values_list("pk", flat=True))
    outgoing: list[Mandate] = []
    persons: dict[int, list[Mandate]] = {}
    for mandate in mandates:
        if mandate.level == Level.TOWN and mandate.term.ordinal < division.term.ordinal:
            outgoing.append(mandate)
        else:
            persons.setdefault(mandate.delegate_id, []).append(mandate)
    people = []
    for held in persons.values():
        held.sort(key=lambda each: (each.pk not in in_office, each.level != Level.TOWN, each.pk))
        people.append(Person(held[0].delegate, tuple(held), held[0].pk in in_office))
    people.sort(key=_by_constituency)
    return people, outgoing


def _by_constituency(person: Person) -> tuple[bool, int]:
    first = person.mandates[0]
    return first.level != Level.TOWN, first.constituency_id


class Before:
    """How things stood before the division: the groups of the eve, or the last ones there were."""

    def __init__(self, division: Division):
        eve = division.start - datetime.timedelta(days=1)
        earlier = DelegateGroup.objects.filter(start__lte=eve)
        groups = list(earlier.filter(holds_on(eve)))
        if not groups:
            last = earlier.aggregate(last=Max("end"))["last"]
            groups = list(earlier.filter(end=last))
        self.groups = {group.pk: group for group in groups}
        self.day = self._last_day(eve)
        self.villages: dict[int, int] = {
            village: self.groups[group].ordinal
            for village, group in GroupVillage.objects.filter(
                holds_on(self.day), group__in=self.groups
            ).values_list("village", "group")
        }
        self.people: dict[int, Place] = {}
        self.delegates: dict[int, Delegate] = {}
        self.staff: dict[int, str] = {}
        for membership in Membership.objects.filter(
            holds_on(self.day), group__in=self.groups
        ).select_related("mandate__delegate"):
            self._take(membership)

    def _last_day(self, eve: datetime.date) -> datetime.date:
        """The eve, or where the old mandates ended earlier the last day with town delegates."""
        members = Membership.objects.filter(
            group__in=self.groups, mandate__level=Level.TOWN, start__lte=eve
        )
        last = members.aggregate(
            last=Max("end"), open=Max("pk", filter=Q(end__isnull=True) | Q(end__gt=eve))
        )
        if last["open"] or last["last"] is None:
            return eve
        return last["last"] - datetime.timedelta(days=1)

    def _take(self, membership: Membership) -> None:
        ordinal = self.groups[membership.group_id].ordinal
        if membership.mandate_id is None:
            self.staff[ordinal] = membership.staff_name
            return
        delegate = membership.mandate.delegate
        place = Place(ordinal, membership.post)
        known = self.people.get(delegate.pk)
        if known is None or _RANK[place.post] < _RANK[known.post]:
            self.people[delegate.pk] = place
        self.delegates[delegate.pk] = delegate

    @property
    def ordinals(self) -> list[int]:
        return sorted({group.ordinal for group in self.groups.values()})


def posts_held_twice(people: Mapping[int, Place]) -> list[Place]:
    """Posts that more than one person is given."""
    held = [place for place in people.values() if place.post != Post.MEMBER]
    return sorted({place for place in held if held.count(place) > 1})
