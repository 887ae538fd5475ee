"""What a roll or a table of structure is about: a day, and what it is narrowed to."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from congress.models import Term
from congress.numerals import full_date
from congress.periods import today
from delegates.categories import DIMENSIONS
from delegates.models import Delegate, Level, Mandate
from groups.models import DelegateGroup, Membership


@dataclass(frozen=True)
class Scope:
    """``classes``: keys by dimension, as a number in a table of structure narrows its list."""

    day: datetime.date
    level: str = ""
    term: Term | None = None
    group: DelegateGroup | None = None
    classes: dict[str, str] = field(default_factory=dict)

    def mandates(self) -> QuerySet[Mandate]:
        """In office that day, of the level, the term and the people of the group."""
        found = Mandate.objects.in_office_on(self.day)
        if self.level:
            found = found.filter(level=self.level)
        if self.term:
            found = found.filter(term=self.term)
        if self.group:
            members = self.memberships().filter(group=self.group)
            found = found.filter(delegate__in=members.values("mandate__delegate"))
        return found

    def memberships(self) -> QuerySet[Membership]:
        """Of delegates, that day."""
        return Membership.objects.holding_on(self.day).filter(mandate__isnull=False)

    def people(self) -> QuerySet[Delegate]:
        """Each person once, of the classes chosen."""
        people = Delegate.objects.filter(pk__in=self.mandates().values("delegate"))
        for dimension in DIMENSIONS:
            if key := self.classes.get(dimension.key):
                chosen = {f"class_of_{dimension.key}": key}
                expression = dimension.expression(self.day, self.mandates())
                people = people.alias(**{f"class_of_{dimension.key}": expression}).filter(**chosen)
        return people

    def narrowed(self, **chosen: Any) -> "Scope":
        return replace(self, **chosen)

    @property
    def query(self) -> dict[str, Any]:
        """The fields of the page's address."""
        told = {
            "day": self.day.isoformat(),
            "level": self.level,
            "term": self.term and self.term.pk,
            "group": self.group and self.group.pk,
            **self.classes,
        }
        return {name: value for name, value in told.items() if value}

    def address(self, url_name: str, **more: Any) -> str:
        return f"{reverse(url_name)}?{urlencode(self.query | more)}"

    def words(self) -> str:
        """2020年8月20日，县代表，第一代表小组."""
        level = f"{Level(self.level).label}代表" if self.level else ""
        return "，".join(filter(None, [full_date(self.day), *self._of(), level]))

    def _of(self) -> Iterable[str]:
        return (str(part) for part in (self.term, self.group) if part)


def day_of(term: Term | None) -> datetime.date:
    """Today; of a term that is over its last day, of one that has not begun its first."""
    day = today()
    if term is None:
        return day
    if day < term.first_day:
        return term.first_day
    following = Term.objects.filter(first_day__gt=term.first_day).order_by("first_day").first()
    last = following.first_day - datetime.timedelta(days=1) if following else term.last_day
    return min(last, day) if last else day
