"""The parts of the duty file that this room knows: reception, items, duty reports, proposals.

Voters appear as numbers only: no name, no telephone, nobody's own words.
"""

from . import duty_reports, proposals  # noqa: F401 (declare their parts)
from .items import progress_in_words, topics_in_words
from .reception import received_in_words

__all__ = ["progress_in_words", "received_in_words", "topics_in_words"]
