"""Lists and pages of people, mandates, constituencies, sessions and elections."""

from .constituencies import ConstituencyPages
from .corrections import CorrectionRequestPages
from .elections import ElectionPages
from .honours import HonourPages
from .people import (
    DelegateFilter,
    DelegatePages,
    MandatePages,
    state_on,
)
from .score_rules import ScoreRulesPages
from .sessions import SessionPages
from .suspensions import SuspensionPages

__all__ = [
    "ConstituencyPages",
    "CorrectionRequestPages",
    "DelegateFilter",
    "DelegatePages",
    "ElectionPages",
    "HonourPages",
    "MandatePages",
    "ScoreRulesPages",
    "SessionPages",
    "SuspensionPages",
    "state_on",
]
