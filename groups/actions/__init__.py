"""Changes of groups, membership and attendance: who may, and as a whole or not at all."""

from .attendance import take_attendance, tell_delegates
from .mandates import correct_mandate, elect, end_mandate, undo_end
from .membership import appoint, check_place, cover, join, leave, name_liaison, transfer

__all__ = [
    "appoint",
    "check_place",
    "correct_mandate",
    "cover",
    "elect",
    "end_mandate",
    "join",
    "leave",
    "name_liaison",
    "take_attendance",
    "tell_delegates",
    "transfer",
    "undo_end",
]
