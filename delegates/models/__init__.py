"""People, their mandates over time, the constituencies that elected them, what they did in session.

A session is the institution's (``congress``); who came to it and whom it elected stands here.
"""

from .constituencies import Constituency, Level
from .corrections import CorrectionRequest
from .elections import Candidate, Election
from .honours import Honour
from .mandates import Mandate, Suspension
from .merges import KeptApart, Merge, MergeUndone
from .people import Delegate, IdentityReveal
from .portraits import Portrait
from .score_rules import SCORED, ScoreRule, ScoreRules
from .sessions import SessionAttendance

__all__ = [
    "SCORED",
    "Candidate",
    "Constituency",
    "CorrectionRequest",
    "Delegate",
    "Election",
    "Honour",
    "IdentityReveal",
    "KeptApart",
    "Level",
    "Mandate",
    "Merge",
    "MergeUndone",
    "Portrait",
    "ScoreRule",
    "ScoreRules",
    "SessionAttendance",
    "Suspension",
]
