"""The institution: township, terms and sessions, villages, documents, accounts."""

from .accounts import User
from .ballot_scales import BallotScale, BallotScales, BallotThreshold
from .base import Record, RunningNumber, Submission
from .calendar import SpecialDay
from .institution import Document, Session, Term, Village
from .township import ReceptionShift, Township

__all__ = [
    "BallotScale",
    "BallotScales",
    "BallotThreshold",
    "Document",
    "ReceptionShift",
    "Record",
    "RunningNumber",
    "Session",
    "SpecialDay",
    "Submission",
    "Term",
    "Township",
    "User",
    "Village",
]
