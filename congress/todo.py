"""待办: what waits for a user, gathered from the rooms.

A room declares a source with ``todo_source``; the page, the dashboard and the reminders by e-mail
all ask ``todos_of``.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .models import User


@dataclass(frozen=True)
class Sample:
    """One of the things that wait: its words, its day or state, and where it is done."""

    words: str
    when: str
    address: str


@dataclass(frozen=True)
class Todo:
    """Something to do: how many, where, what to do next, and the colour class of its urgency."""

    label: str
    count: int
    address: str
    urgency: str = ""
    advice: str = ""
    measure: str = "条"
    #: How many of them are to be brought to mind by e-mail that very day.
    reminders: Callable[[], int] = int
    #: Gives the first few, for the page that shows them.
    samples: Callable[[], Iterable[Sample]] = tuple


Source = Callable[[User, datetime.date], Iterable[Todo]]
_SOURCES: list[Source] = []


def todo_source(source: Source) -> Source:
    """Declare a source; what it gives for a user that day is shown in the order given."""
    _SOURCES.append(source)
    return source


def todos_of(user: User, day: datetime.date) -> list[Todo]:
    """What waits for the user, the most pressing first; nothing that counts zero."""
    order = {"overdue": 0, "due-soon": 1}
    waiting = [todo for source in _SOURCES for todo in source(user, day) if todo.count]
    return sorted(waiting, key=lambda todo: order.get(todo.urgency, 2))
