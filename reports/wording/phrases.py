"""Turns of phrase that several sentences share."""

from collections.abc import Sequence

from congress.numerals import approximate, group_name, listing, month_day, ordinal
from reports.figures import ReportFigures

# A list in running text names at most so many, then 等.
LONGEST_LIST = 5

NEIGHBOURHOODS = ("社区", "居委会", "居民委员会")


def since(figures: ReportFigures) -> str:
    """今年以来, or the month or day on which the period began."""
    first = figures.period.first
    year = "" if first.year == figures.year else f"{first.year}年"
    if (first.month, first.day) == (1, 1):
        return f"{year}以来" if year else "今年以来"
    if first.day == 1:
        return f"{year}{first.month}月以来"
    return f"{year}{month_day(first)}以来"


def counted(number: int, *, in_round_figures: bool) -> str:
    """A count as the report's figure style asks for it: 23, or 20余."""
    return approximate(number) if in_round_figures else str(number)


def first_few(items: Sequence[str], noun: str) -> str:
    """Up to five items, then 等 with their number: A、B、C、D、E等8个方面."""
    return f"{listing(items[:LONGEST_LIST])}等{len(items)}{noun}"


def village_list(villages: Sequence[str]) -> str:
    """XX村; XX、LJ冲2个村; 山口村、河口社区2个村（社区）."""
    if len(villages) == 1:
        return full_village_name(villages[0])
    neighbourhoods = sum(village.endswith(NEIGHBOURHOODS) for village in villages)
    kind = "村"
    if neighbourhoods:
        kind = "社区" if neighbourhoods == len(villages) else "村（社区）"
    return f"{listing(villages)}{len(villages)}个{kind}"


def full_village_name(village: str) -> str:
    return village if village.endswith(("村", *NEIGHBOURHOODS)) else f"{village}村"


def group_list(groups: Sequence[int]) -> str:
    """第一代表小组; 第一、第二代表小组."""
    *others, last = groups
    return listing([*map(ordinal, others), group_name(last)])


def all_or_some(groups: Sequence[int], figures: ReportFigures) -> str:
    """各代表小组 where it is all of them, else their names."""
    if len(groups) > 1 and set(groups) == {group.ordinal for group in figures.groups.groups}:
        return "各代表小组"
    return group_list(groups)


def kinds_of_work(figures: ReportFigures) -> int:
    """How many kinds of work took place in the period."""
    activities = figures.activities
    return sum(
        map(
            bool,
            (
                figures.reception.days_held,
                figures.duty.done,
                activities.training,
                activities.inspection,
                activities.evaluation,
                activities.other,
            ),
        )
    )
