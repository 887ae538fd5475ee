"""People, their mandates over time, the constituencies that elected them, what they did in session.

A session is the institution's (``congress``); who came to it and whom it elected stands here.
"""

from .constituencies import Constituency, Level
from .elections import Candidate, Election
from .mandates import Mandate, Suspension
from .people import Delegate, IdentityReveal
from .portraits import Portrait
from .sessions import SessionAttendance

__all__ = [
    "Candidate",
    "Constituency",
    "Delegate",
    "Election",
    "IdentityReveal",
    "Level",
    "Mandate",
    "Portrait",
    "SessionAttendance",
    "Suspension",
]
