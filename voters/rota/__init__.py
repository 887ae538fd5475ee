"""The fair rota of the reception days: pure functions over frozen dataclasses, no database.

Hard rules, none of which a pick ever breaks
1. Only members of the group in office on that day.
2. Nobody on a date declared unavailable.
3. A person at most once on one day, whatever mandates and groups the person has.
4. At most the day's places; all of them are filled as far as rules 1–3 leave people.
5. Everybody reaches the yearly minimum as far as the places reach (``fairness.minimums``).
6. Held and fixed days stay as they are, and count.

Soft rules, each giving way to those before it
1. Turns by fair share: the spread (``fairness.spread``) is the smallest possible over the year,
   so at most 1 whenever that can be had.
2. Along the year those with fewer turns so far come first.
3. Whoever was absent last time comes sooner.
4. Nobody again within a month of another turn.
5. County and town delegates together on a day.
6. The longest since the last turn comes first; then the order of the mandates' keys.

The unit of fairness is the person in a group: who holds two mandates there takes turns once.
"""

from .case import (
    Case,
    Day,
    DayState,
    Duty,
    Group,
    Level,
    Member,
    PastDuty,
    Rules,
    Span,
    Status,
)
from .fairness import FairnessRow
from .making import make_rota
from .problems import Problem, Rule
from .result import Pick, Rota, RotaDay
from .swapping import Swap, SwapRefused, swap

__all__ = [
    "Case",
    "Day",
    "DayState",
    "Duty",
    "FairnessRow",
    "Group",
    "Level",
    "Member",
    "PastDuty",
    "Pick",
    "Problem",
    "Rota",
    "RotaDay",
    "Rule",
    "Rules",
    "Span",
    "Status",
    "Swap",
    "SwapRefused",
    "make_rota",
    "swap",
]
