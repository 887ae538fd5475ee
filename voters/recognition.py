"""Whether two texts tell of the same matter: likely duplicates among earlier items."""

import re
from collections.abc import Iterable
from typing import TypeVar

from voters.quick_entry.lexicon import fold

#: In the 2020 ledger 14 of 33 items reach this against the words of the visit they came from,
#: though title and summary are the office's; none of the 1,048 other pairs does.
LIKELY = 0.15

_RUN = re.compile(r"[^\W_]+")

Key = TypeVar("Key")


def _bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters; none reaches over a mark or blank."""
    runs = _RUN.findall(fold(text))
    return frozenset(run[n : n + 2] for run in runs for n in range(max(len(run) - 1, 1)))


def similar(text_a: str, text_b: str) -> float:
    """How much of the shorter text's bigrams stand in the other too, from 0 to 1.

    The overlap coefficient, |A ∩ B| ÷ min(|A|, |B|), over sets of character bigrams of Han,
    letters and digits. Measured by the shorter one, since a clerk's few words stand against a
    voter's many. Symmetric; 0 where either is empty. A run of one character is its own bigram.
    """
    a, b = _bigrams(text_a), _bigrams(text_b)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def most_similar(
    text: str,
    earlier: Iterable[tuple[Key, str]],
    *,
    at_least: float = LIKELY,
    limit: int = 3,
) -> list[tuple[Key, float]]:
    """The earlier texts most like this one, the likest first, else in the order given."""
    scored = [(key, similar(text, other)) for key, other in earlier]
    likely = [pair for pair in scored if pair[1] >= at_least]
    return sorted(likely, key=lambda pair: -pair[1])[:limit]
