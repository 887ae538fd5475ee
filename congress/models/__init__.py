"""The institution: township, terms and sessions, villages, documents, accounts."""

from .accounts import FormerPassword, User
from .audit import AuditArchive, AuditEntry
from .backups import BackupCheck
from .ballot_scales import BallotScale, BallotScales, BallotThreshold
from .base import Record, RunningNumber, Submission
from .calendar import SpecialDay
from .documents import Document, DocumentFile, DocumentMatter
from .institution import Term, Village
from .numberless import NumberlessLine, NumberlessText
from .sessions import AgendaItem, Session, SessionFile, agenda_titles
from .stored_file import StoredFile
from .township import ReceptionShift, Township

__all__ = [
    "AgendaItem",
    "AuditArchive",
    "AuditEntry",
    "BackupCheck",
    "BallotScale",
    "BallotScales",
    "BallotThreshold",
    "Document",
    "DocumentFile",
    "DocumentMatter",
    "FormerPassword",
    "NumberlessLine",
    "NumberlessText",
    "ReceptionShift",
    "Record",
    "RunningNumber",
    "Session",
    "SessionFile",
    "SpecialDay",
    "StoredFile",
    "Submission",
    "Term",
    "Township",
    "User",
    "Village",
    "agenda_titles",
]
