"""Who stands on a roll: the delegates in office on a day, with their group of that day."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices

from congress.tables import in_words
from delegates.models import Delegate, Mandate
from delegates.pinyin import spelled
from delegates.strokes import by_full_name, by_surname
from groups.models import Membership, Post

from .scope import Scope

NO_GROUP = "未编组"
_POSTS = {Post.LEADER: 0, Post.VICE_LEADER: 1, Post.LIAISON: 2, Post.MEMBER: 3}


class Order(TextChoices):
    GROUP = "group", "按代表小组"
    CARD = "card", "按代表证号"
    PINYIN = "pinyin", "按姓名拼音"
    SURNAME = "surname", "按姓氏笔画（两字名在前）"
    FULL_NAME = "full_name", "按姓名笔画（逐字比较）"

    @property
    def words(self) -> str:
        """As it stands under the title of a roll."""
        return f"{self.label.partition('（')[0]}为序"

    @property
    def is_by_strokes(self) -> bool:
        return self in (Order.SURNAME, Order.FULL_NAME)


@dataclass(frozen=True)
class Entry:
    """A person with the mandates that are listed, and the memberships of that day, if any."""

    person: Delegate
    mandates: tuple[Mandate, ...]
    memberships: tuple[Membership, ...] = ()

    @property
    def membership(self) -> Membership | None:
        """That of the highest post."""
        return min(self.memberships, key=lambda each: _POSTS[each.post], default=None)

    def post_of(self, mandate: Mandate) -> str:
        """A post belongs to one of two mandates; with the other the person is a plain member."""
        if not self.memberships:
            return ""
        held = {each.mandate_id: each.get_post_display() for each in self.memberships}
        return held.get(mandate.pk, Post.MEMBER.label)

    @property
    def group(self) -> str:
        return str(self.membership.group) if self.membership else ""

    @property
    def post(self) -> str:
        """Of officers only."""
        if self.membership is None or self.membership.post == Post.MEMBER:
            return ""
        return self.membership.get_post_display()

    @property
    def levels(self) -> str:
        return self.joined("get_level_display")

    @property
    def cards(self) -> str:
        return self.joined("card_number")

    @property
    def constituencies(self) -> str:
        return self.joined("constituency")

    def joined(self, name: str) -> str:
        values = (getattr(mandate, name) for mandate in self.mandates)
        told = (in_words(value() if callable(value) else value) for value in values)
        return "、".join(dict.fromkeys(told))


def entries(scope: Scope) -> list[Entry]:
    """Each person once, in the order in which they were registered; two queries."""
    people = scope.people()
    mandates = (
        scope.mandates()
        .filter(delegate__in=people.values("pk"))
        .select_related("delegate", "term", "constituency")
        .order_by("delegate", "level", "start", "pk")
    )
    by_person: dict[Delegate, list[Mandate]] = defaultdict(list)
    for mandate in mandates:
        by_person[mandate.delegate].append(mandate)
    memberships: dict[int, list[Membership]] = defaultdict(list)
    for membership in scope.memberships().select_related("group", "mandate").order_by("pk"):
        memberships[membership.mandate.delegate_id].append(membership)
    return [
        Entry(person, tuple(held), tuple(memberships[person.pk]))
        for person, held in by_person.items()
    ]


def _by_card(entry: Entry) -> list:
    """Z15-2 before Z15-10."""
    parts = re.split(r"(\d+)", entry.mandates[0].card_number)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def _by_group(entry: Entry) -> tuple:
    if entry.membership is None:
        return (1, 0, 0, _by_card(entry))
    membership = entry.membership
    return (0, membership.group.ordinal, _POSTS[membership.post], _by_card(entry))


_KEYS = {
    Order.GROUP: _by_group,
    Order.CARD: _by_card,
    Order.PINYIN: lambda entry: (spelled(entry.person.name), by_surname(entry.person.name)),
    Order.SURNAME: lambda entry: by_surname(entry.person.name),
    Order.FULL_NAME: lambda entry: by_full_name(entry.person.name),
}


def in_order(found: Iterable[Entry], order: Order) -> list[Entry]:
    """Namesakes follow each other by card number."""
    return sorted(found, key=lambda entry: (_KEYS[order](entry), _by_card(entry), entry.person.pk))


def sections(ordered: Iterable[Entry], order: Order) -> list[tuple[str, list[Entry]]]:
    """By group with a heading each; any other order is one section without."""
    parts: dict[str, list[Entry]] = defaultdict(list)
    for entry in ordered:
        parts[(entry.group or NO_GROUP) if order == Order.GROUP else ""].append(entry)
    return list(parts.items())
