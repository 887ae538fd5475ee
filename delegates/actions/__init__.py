"""Changes of mandates, sessions and elections: each checks who may, and happens as a whole."""

from .elections import COUNTED, clear_votes, count_votes, name_candidates, next_round
from .mandates import amend, elect, end_mandate, resume, suspend
from .sessions import (
    Mark,
    cancel_session,
    hold_session,
    move_session,
    reopen_session,
    take_session_attendance,
    write_agenda,
)

__all__ = [
    "COUNTED",
    "Mark",
    "amend",
    "cancel_session",
    "clear_votes",
    "count_votes",
    "elect",
    "end_mandate",
    "hold_session",
    "move_session",
    "name_candidates",
    "next_round",
    "reopen_session",
    "resume",
    "suspend",
    "take_session_attendance",
    "write_agenda",
]
