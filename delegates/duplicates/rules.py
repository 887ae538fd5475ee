"""Who may be the same person, and why; found by the database in as many queries as rules."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations, groupby

from django.db.models import Case, Count, F, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import Length

from congress.privacy import masked
from delegates.models import Delegate, KeptApart
from delegates.pinyin import search_key


@dataclass(frozen=True)
class Rule:
    """Persons alike in all of these columns of ``keyed`` may be one; empty ones are no sign.

    ``key`` gives the same of a person in memory, None for no sign.
    """

    columns: tuple[str, ...]
    key: Callable[[Delegate], tuple | None]
    reason: Callable[[Delegate, Delegate], str]


def _by_name(one: Delegate, other: Delegate) -> str:
    if one.name == other.name:
        return "姓名、出生年月相同"
    return "姓名写法略有不同（间隔号、空格或异体字），出生年月相同"


def _mobile(person: Delegate) -> tuple | None:
    is_mobile = person.phone.startswith("1") and len(person.phone) == 11
    return (person.phone,) if is_mobile else None


def _identity(person: Delegate) -> tuple | None:
    return (person.identity_index,) if person.identity_index else None


RULES = (
    Rule(
        ("name_key", "birth_month"),
        lambda person: (search_key(person.name), person.birth_month),
        _by_name,
    ),
    Rule(("identity_index",), _identity, lambda one, other: "身份证号相同"),
    Rule(("mobile",), _mobile, lambda one, other: f"手机号码相同（{masked(one.phone)}）"),
)


@dataclass(frozen=True)
class Proposal:
    """Two persons who may be one, the one recorded first in front."""

    one: Delegate
    other: Delegate
    reasons: tuple[str, ...]


def keyed() -> QuerySet[Delegate]:
    """All persons with the columns that rules compare.

    Only a mobile telephone is a sign: an office shares its fixed line.
    """
    is_mobile = Q(phone__startswith="1", phone_length=11)
    return Delegate.objects.annotate(phone_length=Length("phone")).annotate(
        mobile=Case(When(is_mobile, then="phone"), default=None)
    )


def pairs() -> dict[tuple[int, int], list[Rule]]:
    """The rules that two persons meet, by their keys; without those kept apart."""
    found: dict[tuple[int, int], list[Rule]] = {}
    for rule in RULES:
        alike = Window(Count("pk"), partition_by=[F(column) for column in rule.columns])
        told = {f"{column}__isnull": False for column in rule.columns}
        rows = (
            keyed()
            .filter(**told)
            .annotate(alike=alike)
            .filter(alike__gt=1)
            .order_by(*rule.columns, "pk")
            .values_list(*rule.columns, "pk")
        )
        for _, group in groupby(rows, key=lambda row: row[:-1]):
            for pair in combinations([row[-1] for row in group], 2):
                found.setdefault(pair, []).append(rule)
    for apart in KeptApart.objects.values_list("one", "other"):
        found.pop(tuple(sorted(apart)), None)
    return found


def proposals(chosen: Iterable[tuple[tuple[int, int], list[Rule]]]) -> list[Proposal]:
    """Some of the ``pairs`` as persons, their mandates fetched along."""
    chosen = list(chosen)
    keys = {key for pair, _ in chosen for key in pair}
    persons = keyed().prefetch_related("mandates__term", "mandates__suspensions").in_bulk(keys)
    return [
        Proposal(
            persons[one],
            persons[other],
            tuple(rule.reason(persons[one], persons[other]) for rule in rules),
        )
        for (one, other), rules in chosen
        if one in persons and other in persons
    ]


def like(person: Delegate) -> list[Proposal]:
    """Those who may be the same as this person."""
    found: dict[int, list[Rule]] = {}
    own = keyed().filter(pk=person.pk)
    for rule in RULES:
        same = {column: Subquery(own.values(column)) for column in rule.columns}
        for key in keyed().exclude(pk=person.pk).filter(**same).values_list("pk", flat=True):
            found.setdefault(key, []).append(rule)
    for one, other in KeptApart.objects.filter(Q(one=person) | Q(other=person)).values_list(
        "one", "other"
    ):
        found.pop(other if one == person.pk else one, None)
    return proposals(
        (tuple(sorted((person.pk, key))), rules) for key, rules in sorted(found.items())
    )
