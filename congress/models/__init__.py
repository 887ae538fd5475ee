"""The institution: township, terms and sessions, villages, documents, accounts."""

from .accounts import User
from .base import Record, RunningNumber, Submission
from .institution import Document, SatisfactionThreshold, Session, Term, Township, Village

__all__ = [
    "Document",
    "Record",
    "RunningNumber",
    "SatisfactionThreshold",
    "Session",
    "Submission",
    "Term",
    "Township",
    "User",
    "Village",
]
