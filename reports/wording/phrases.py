"""Turns of phrase that several sentences share."""

from collections.abc import Sequence

from congress.numerals import approximate, group_name, listing, month_day, ordinal
from reports.figures import ReportFigures
from reports.marks import linked, numbers_linked

# A list in running text names at most so many, then 等.
LONGEST_LIST = 5

NEIGHBOURHOODS = ("社区", "居委会", "居民委员会")


def subject(figures: ReportFigures) -> str:
    """Who acted: 镇人大, in the report of a group that group."""
    group = figures.scope.group
    return group_name(group.ordinal) if group else figures.institution.congress


def since(figures: ReportFigures) -> str:
    """今年以来, 第三季度, 3月至5月, or the month or day on which the period began."""
    return numbers_linked(_since(figures), "report.period")


def _since(figures: ReportFigures) -> str:
    if figures.scope.part:
        return figures.scope.part
    first = figures.period.first
    year = "" if first.year == figures.year else f"{first.year}年"
    if (first.month, first.day) == (1, 1):
        return f"{year}以来" if year else "今年以来"
    if first.day == 1:
        return f"{year}{first.month}月以来"
    return f"{year}{month_day(first)}以来"


def so_far(figures: ReportFigures) -> str:
    """截至目前; 截至6月底 where the part of the year that is told of is over."""
    scope = figures.scope
    if scope.part and scope.period.is_of_whole_months:
        return numbers_linked(f"截至{scope.last.month}月底", "report.period")
    return "截至目前"


def counted(number: int, figure: str, *, in_round_figures: bool) -> str:
    """A count as the report's figure style asks for it: 23, or 20余."""
    return linked(approximate(number) if in_round_figures else number, figure)


def first_few(items: Sequence[str], number: str, noun: str) -> str:
    """Up to five items, then 等 with how many there are: A、B、C、D、E等8个方面."""
    return f"{listing(items[:LONGEST_LIST])}等{number}{noun}"


def village_list(villages: Sequence[str], whose: str, of: int) -> str:
    """XX村; XX、LJ冲2个村; 山口村、河口社区2个村（社区）. Those of a group or an activity."""
    if len(villages) == 1:
        return numbers_linked(full_village_name(villages[0]), whose, of)
    neighbourhoods = sum(village.endswith(NEIGHBOURHOODS) for village in villages)
    kind = "村"
    if neighbourhoods:
        kind = "社区" if neighbourhoods == len(villages) else "村（社区）"
    named = numbers_linked(listing(villages), whose, of)
    return f"{named}{linked(len(villages), f'{whose}.villages', of)}个{kind}"


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


def kinds_of_work(figures: ReportFigures) -> list[str]:
    """The kinds of work that took place in the period."""
    activities = figures.activities
    took_place = {
        "接待选民": figures.reception.days_held,
        "向选民述职": figures.duty.done,
        "学习培训": activities.training,
        "视察调研": activities.inspection,
        "工作评议": activities.evaluation,
        "执法检查": activities.law_check,
        "": activities.other,
    }
    return [kind for kind, events in took_place.items() if events]
