"""Changes of people, mandates, sessions, elections: each checks who may, and happens as a whole."""

from .corrections import (
    acknowledge_correction,
    ask_correction,
    decide_correction,
    withdraw_correction,
)
from .elections import COUNTED, clear_votes, count_votes, name_candidates, next_round
from .mandates import amend, elect, end_mandate, resume, suspend, undo_end, undo_suspension
from .merging import keep_apart, merge, propose_again, undo_merge
from .people import keep_portrait, remove_portrait, reveal_identity
from .score_rules import adopt_score_rules, take_back_score_rules
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
    "acknowledge_correction",
    "adopt_score_rules",
    "amend",
    "ask_correction",
    "cancel_session",
    "clear_votes",
    "count_votes",
    "decide_correction",
    "elect",
    "end_mandate",
    "hold_session",
    "keep_apart",
    "keep_portrait",
    "merge",
    "move_session",
    "name_candidates",
    "next_round",
    "propose_again",
    "remove_portrait",
    "reopen_session",
    "resume",
    "reveal_identity",
    "suspend",
    "take_back_score_rules",
    "take_session_attendance",
    "undo_end",
    "undo_merge",
    "undo_suspension",
    "withdraw_correction",
    "write_agenda",
]
