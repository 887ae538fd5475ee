"""How far items had come by the end of a day, as conditions that every count shares.

Lists, board, dashboard, reminders and report ask these. What is dated after the day has not
happened yet. The two that speak of the deadline want items read ``with_deadline``.
Source: data format of the ledger, sheet 意见建议.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, DateField, Expression, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest

from congress.durations import DaysBetween

from .states import FOLLOWING, Route, State


def accepted() -> Q:
    return ~Q(state=State.REJECTED)


def assigned(day: datetime.date) -> Q:
    return Q(assigned_on__lte=day)


def answered(day: datetime.date) -> Q:
    """At least once; also what is handled again."""
    return Q(replied_on__lte=day)


def told(day: datetime.date) -> Q:
    """Group and voter both."""
    return Q(group_told_on__lte=day, voter_told_on__lte=day)


def told_or_reasoned(day: datetime.date) -> Q:
    """Group and voter each told, or written down why not."""
    return (Q(group_told_on__lte=day) | ~Q(group_untold_reason="")) & (
        Q(voter_told_on__lte=day) | ~Q(voter_untold_reason="")
    )


def closed(day: datetime.date) -> Q:
    """办结: answered, told or reasoned by then, and not open again."""
    return Q(state=State.CLOSED) & answered(day) & told_or_reasoned(day)


def unfinished(day: datetime.date) -> Q:
    """Accepted and not closed."""
    return accepted() & ~closed(day)


def past_due(day: datetime.date) -> Q:
    """The deadline lies before the day; the deadline day is still in time."""
    return Q(deadline__lt=day)


def overdue(day: datetime.date) -> Q:
    """Past due and not answered by then, or the second answer is past due."""
    owed = Q(replied_on__isnull=True) | Q(replied_on__gt=day) | Q(state=State.REOPENED)
    return owed & past_due(day) & accepted()


def finished_on() -> Expression:
    """The day on which a closed item was: when the last of group and voter was told."""
    return Greatest(
        Coalesce("group_told_on", "voter_told_on", "replied_on"),
        Coalesce("voter_told_on", "group_told_on", "replied_on"),
        output_field=DateField(),
    )


def state_on(day: datetime.date) -> Case:
    """The state as far as it had come by that day."""
    return Case(
        When(state=State.REJECTED, then=F("state")),
        When(answered(day) & Q(state=State.REOPENED), then=F("state")),
        When(
            answered(day) & Q(state__in=(State.TOLD, State.CLOSED)) & told_or_reasoned(day),
            then=F("state"),
        ),
        When(answered(day) & Q(route=Route.SPOT), then=Value(State.ON_SPOT)),
        When(answered(day), then=Value(State.REPLIED)),
        When(state__in=FOLLOWING, then=F("state")),
        When(~assigned(day), then=Value(State.REGISTERED)),
        When(state=State.SIGNED, signed_on__gt=day, then=Value(State.ASSIGNED)),
        When(
            state__in=(State.ASSIGNED, State.SIGNED, State.RETURNED, State.ESCALATED),
            then=F("state"),
        ),
        default=Value(State.HANDLING),
    )


#: By the key that filters a list.
PROGRESS: dict[str, tuple[str, Callable[[datetime.date], Q]]] = {
    "unanswered": ("未答复", lambda day: accepted() & ~answered(day)),
    "answered": ("已答复", lambda day: accepted() & answered(day)),
    "unfinished": ("未办结", unfinished),
    "closed": ("办结", closed),
}


@dataclass(frozen=True)
class Stretch:
    """A part of the way, from one day of the item to another."""

    label: str
    words: str
    start: str
    end: str

    def done_by(self, day: datetime.date) -> Q:
        return Q(**{f"{self.start}__isnull": False, f"{self.end}__lte": day})

    @property
    def days(self) -> DaysBetween:
        return DaysBetween(self.end, self.start)


STRETCHES = {
    "sign": Stretch("签收", "交办至签收", "assigned_on", "signed_on"),
    "answer": Stretch("答复", "交办至答复", "assigned_on", "replied_on"),
    "tell": Stretch("告知", "答复至告知选民", "replied_on", "voter_told_on"),
}


@dataclass(frozen=True)
class Band:
    """So many days, both ends included; None is without end."""

    label: str
    least: int | None
    most: int | None

    def before(self, day: datetime.date, field: str) -> Q:
        """The date in ``field`` lies so many days before the day."""
        condition = Q(**{f"{field}__isnull": False})
        if self.least is not None:
            condition &= Q(**{f"{field}__lte": day - datetime.timedelta(self.least)})
        if self.most is not None:
            condition &= Q(**{f"{field}__gte": day - datetime.timedelta(self.most)})
        return condition


BANDS = {
    "15": Band("15天以内", None, 15),
    "30": Band("16—30天", 16, 30),
    "60": Band("31—60天", 31, 60),
    "90": Band("61—90天", 61, 90),
    "more": Band("90天以上", 91, None),
}


def open_for(band: Band, day: datetime.date) -> Q:
    """Unfinished, and raised so many days ago; of items read ``with_raised_day``."""
    return unfinished(day) & band.before(day, "raised_day")


def overdue_for(band: Band, day: datetime.date) -> Q:
    """Overdue by so many days."""
    return overdue(day) & band.before(day, "deadline")
