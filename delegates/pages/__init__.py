"""Lists and pages of people, mandates, constituencies, sessions and elections."""

from .elections import ElectionPages
from .people import (
    ConstituencyPages,
    DelegateFilter,
    DelegatePages,
    MandatePages,
    state_on,
)
from .sessions import SessionPages

__all__ = [
    "ConstituencyPages",
    "DelegateFilter",
    "DelegatePages",
    "ElectionPages",
    "MandatePages",
    "SessionPages",
    "state_on",
]
