"""Small rotas told in a line or two, for the tests by example."""

import datetime

from voters.rota import Case, Day, Group, Level, Member, Rules, Span

FIRST, SECOND = Group(1, "第一代表小组"), Group(2, "第二代表小组")
ELECTED = datetime.date(2016, 12, 18)


def the_15th(month: int, year: int = 2020) -> datetime.date:
    return datetime.date(year, month, 15)


def make_member(
    key, name, level=Level.TOWN, group=1, start=ELECTED, end=None, away=(), person=None
):
    return Member(
        key=key,
        person=person or name,
        group=group,
        name=name,
        level=level,
        spans=(Span(start, end),),
        unavailable=frozenset(the_15th(month) for month in away),
    )


def make_days(months, places, group=1):
    return tuple(Day(group, the_15th(month), places) for month in months)


def make_case(days, members, groups=(FIRST,), past=(), minimum=0, town_word="镇"):
    return Case(groups, tuple(days), tuple(members), tuple(past), Rules(minimum, town_word))


def names(rota, group=1) -> list[str]:
    """Names on duty, a string a day."""
    return ["、".join(pick.name for pick in day.picks) for day in rota.days if day.group == group]


def reasons(rota) -> list[str]:
    return [f"{pick.name}：{pick.reason}" for day in rota.days for pick in day.picks]


def sentences(rota) -> list[str]:
    return [problem.sentence for problem in rota.problems]


FOUR = (
    make_member("X1", "张某", Level.COUNTY),
    make_member("X2", "李某", Level.COUNTY),
    make_member("Z1", "王某"),
    make_member("Z2", "赵某"),
)
