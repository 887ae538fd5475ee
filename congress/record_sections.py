"""Sections that rooms above add to the page of a record below them.

Imports go one way, so the page of a session or activity cannot ask what ballots or bills there are;
the room that knows declares a section in its ``apps.ready``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .models import Record, User


@dataclass(frozen=True)
class Section:
    """``context`` gives what the template shows to this user, or None for no section at all."""

    template: str
    context: Callable[[Any, User], dict | None]


_SECTIONS: dict[type[Record], list[Section]] = {}


def add_section(model: type[Record], section: Section) -> None:
    """Declare a section; they stand below the page's own in the order declared."""
    _SECTIONS.setdefault(model, []).append(section)


def sections_of(record: Record, user: User) -> list[tuple[str, dict]]:
    """(template, context) of each section shown to the user."""
    found = [
        (section.template, section.context(record, user))
        for section in _SECTIONS.get(type(record), [])
    ]
    return [(template, context) for template, context in found if context is not None]
