"""The desk of a reception day: what the typed line says, and what is known already."""

from .known import Alike, fill_known_voter, likely_duplicates, seen_before
from .reading import Reading, read_line
from .words import lexicon

__all__ = [
    "Alike",
    "Reading",
    "fill_known_voter",
    "lexicon",
    "likely_duplicates",
    "read_line",
    "seen_before",
]
