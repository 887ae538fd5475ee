"""What a step in the life of a feedback item is; the steps themselves stand in ``lifecycle``."""

from dataclasses import dataclass, field
from enum import Enum

from .states import Route, State


class Actor(Enum):
    """Who takes a step, as far as the item is theirs."""

    OFFICE = "人大办公室"
    CHAIR = "主席"
    LEADER = "代表小组负责人"
    LEAD_UNIT = "主办单位"
    CO_UNIT = "协办单位"
    #: Nobody: it happens together with the item that this one follows.
    SYSTEM = "随主件"


OFFICE = frozenset({Actor.OFFICE})
OFFICE_OR_CHAIR = OFFICE | {Actor.CHAIR}
OFFICE_OR_UNIT = OFFICE | {Actor.LEAD_UNIT}


def staying_in(*states: State) -> dict[State, State]:
    """Where a step leads that moves nothing."""
    return {state: state for state in states}


@dataclass(frozen=True)
class Step:
    """One thing that may happen to an item, and the state it leads to from each state."""

    name: str
    label: str
    leads: dict[State, State]
    who: frozenset[Actor] = OFFICE
    #: Fields of the item that it fills, and those of them without which it is refused.
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    #: What the note is called where it must be given; the note stands in the trail.
    reason: str = ""
    #: Fields that it empties and fields that it fills by itself; see also actions/consequences.
    empties: tuple[str, ...] = ()
    sets: dict[str, str] = field(default_factory=dict)
    #: The item stays where it is until all of each group's alternatives are filled.
    waits_for: tuple[tuple[str, ...], ...] = ()
    #: Only for items answered in one of these ways, and with this field filled, or empty.
    routes: frozenset[Route] = frozenset(Route)
    if_filled: str = ""
    if_empty: str = ""
    #: Also for what is a delegate's suggestion already.
    of_suggestions: bool = True
    #: May be taken for many items together.
    in_bulk: bool = False

    def fits(self, item) -> bool:
        """Whether it may happen to the feedback item as it is now, whoever does it."""
        return (
            item.state in self.leads
            and item.route in self.routes
            and not (self.if_filled and getattr(item, self.if_filled) is None)
            and not (self.if_empty and getattr(item, self.if_empty) is not None)
            and (self.of_suggestions or not item.is_suggestion)
        )
