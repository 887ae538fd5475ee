"""The institution: township, terms and sessions, villages, documents, accounts."""

from .accounts import User
from .base import Record, RunningNumber, Submission
from .calendar import SpecialDay
from .institution import Document, Session, Term, Village
from .township import ReceptionShift, SatisfactionThreshold, Township

__all__ = [
    "Document",
    "ReceptionShift",
    "Record",
    "RunningNumber",
    "SatisfactionThreshold",
    "Session",
    "SpecialDay",
    "Submission",
    "Term",
    "Township",
    "User",
    "Village",
]
