"""接待情况 as tables with their charts: each number with the address of the list that it counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from congress.charts import Series, bar_chart
from congress.figure_tables import Cell, Table
from congress.numerals import group_name, month_day, weekday

from .models import Channel
from .turnout import GroupTurns, Turnout
from .turnout_scope import Compared, Scope

HELD = {"state": "held"}
COUNTED = {"counted": "true"}

#: Heading, field of the turnout, the list that it counts and what narrows that list.
TURNOUT = (
    ("接待（次）", "days", "receptionday_list", HELD),
    ("无人来访", "without_visitor", "receptionday_list", HELD | {"visitors": "none"}),
    ("到岗（班次）", "on_duty", "receptionduty_list", HELD | {"status": "on_duty"}),
    ("缺岗（班次）", "absent", "receptionduty_list", HELD | {"status": "absent"}),
    ("来访（次）", "visits", "visit_list", COUNTED),
    ("来访人次", "persons", "visit_list", COUNTED),
)
#: Label, unit, number, list and what narrows it.
HEADLINE = (
    ("接待", "次", lambda year: year.total.days, "receptionday_list", HELD),
    (
        "其中无人来访",
        "次",
        lambda year: year.total.without_visitor,
        "receptionday_list",
        HELD | {"visitors": "none"},
    ),
    ("来访", "次", lambda year: year.total.visits, "visit_list", COUNTED),
    ("来访选民", "人次", lambda year: year.total.persons, "visit_list", COUNTED),
    ("意见建议", "条", lambda year: year.items, "feedbackitem_list", COUNTED),
)


@dataclass(frozen=True)
class Headline:
    label: str
    unit: str
    now: Cell
    before: Cell


_TURNOUT_HEADINGS = tuple(heading for heading, *_ in TURNOUT)


def headlines(year: Compared) -> list[Headline]:
    return [
        Headline(label, unit, *year.pair(number, url_name, narrowed))
        for label, unit, number, url_name, narrowed in HEADLINE
    ]


def tables(year: Compared) -> list[Table]:
    """By day, group, place, channel and topic."""
    return [
        _by_day(year),
        _by_group(year),
        _by_place(year),
        _by_channel(year),
        _by_topic(year),
    ]


def turns_tables(groups: Iterable[GroupTurns], scope: Scope) -> list[Table]:
    """The turns of each group's delegates."""
    return [_turns(group, scope) for group in groups]


def _by_day(year: Compared) -> Table:
    by_date = year.now.by(lambda day: day.date)
    return Table(
        "按日期",
        ("日期", *_TURNOUT_HEADINGS),
        tuple(
            (
                Cell(f"{month_day(date)}（{weekday(date)}）"),
                *_turnout_cells(year.scope, counts, {"first": date, "last": date}),
            )
            for date, counts in by_date.items()
        ),
        _chart(
            "各接待日来访人次",
            [f"{date.month}.{date.day}" for date in by_date],
            tuple(counts.persons for counts in by_date.values()),
            unit="人次",
            upright=True,
        ),
        total=(Cell("合计"), *_turnout_cells(year.scope, year.now.total, {})),
    )


def _by_group(year: Compared) -> Table:
    now, before = (
        figures.by(lambda day: (day.ordinal, day.group)) for figures in (year.now, year.before)
    )
    groups = sorted(now | before)
    return Table(
        "按代表小组",
        ("代表小组", *_TURNOUT_HEADINGS, *_before_heading(year, "来访人次")),
        tuple(
            (
                Cell(group_name(group[0])),
                *_turnout_cells(year.scope, now.get(group, Turnout()), {"group": group[1]}),
                *_persons_before(year, before.get(group, Turnout()), {"group": group[1]}),
            )
            for group in groups
        ),
        _chart(
            "各代表小组来访人次",
            [group_name(group[0]) for group in groups],
            tuple(now.get(group, Turnout()).persons for group in groups),
            unit="人次",
        ),
        total=(
            Cell("合计"),
            *_turnout_cells(year.scope, year.now.total, {}),
            *_persons_before(year, year.before.total, {}),
        ),
    )


def _by_place(year: Compared) -> Table:
    by_place = year.now.by(lambda day: day.place)
    return Table(
        "按接待地点",
        ("接待地点", *_TURNOUT_HEADINGS),
        tuple(
            (Cell(place), *_turnout_cells(year.scope, counts, {"place": place}))
            for place, counts in by_place.items()
        ),
        _chart(
            "各接待地点来访人次",
            by_place,
            tuple(counts.persons for counts in by_place.values()),
            unit="人次",
        ),
        total=(Cell("合计"), *_turnout_cells(year.scope, year.now.total, {})),
    )


def _chart(title: str, labels: Iterable[str], values: tuple[int, ...], **how) -> SafeString:
    """A chart of one number for each label."""
    return bar_chart(title, list(labels), [Series(title, values)], **how)


def _turnout_cells(scope: Scope, counts: Turnout, narrowed: dict) -> tuple[Cell, ...]:
    return tuple(
        scope.cell(getattr(counts, field), url_name, query | narrowed)
        for _, field, url_name, query in TURNOUT
    )


def _persons_before(year: Compared, counts: Turnout, narrowed: dict) -> list[Cell]:
    return _before(year, counts.persons, "visit_list", COUNTED | narrowed)


def _before_heading(year: Compared, words: str) -> list[str]:
    """The heading of the year before, where there is one."""
    return [f"{year.before_words}{words}"] if year.has_before else []


def _before(year: Compared, number: int, url_name: str, narrowed: dict) -> list[Cell]:
    """The cell under that heading."""
    return [year.scope_before.cell(number, url_name, narrowed)] if year.has_before else []


def _by_channel(year: Compared) -> Table:
    now, before = year.now.channels, year.before.channels
    channels = [channel for channel in Channel if channel in now | before]

    def cells(channel: Channel) -> tuple[Cell, ...]:
        narrowed = COUNTED | {"channel": channel.value}
        (visits, persons), (visits_before, _) = (
            now.get(channel, (0, 0)),
            before.get(channel, (0, 0)),
        )
        return (
            Cell(str(channel.label)),
            year.scope.cell(visits, "visit_list", narrowed),
            year.scope.cell(persons, "visit_list", narrowed),
            *_before(year, visits_before, "visit_list", narrowed),
        )

    return Table(
        "来访方式",
        ("来访方式", "来访（次）", "来访人次", *_before_heading(year, "来访（次）")),
        tuple(cells(channel) for channel in channels),
        _chart(
            "各来访方式的来访次数",
            [str(channel.label) for channel in channels],
            tuple(now.get(channel, (0, 0))[0] for channel in channels),
            unit="次",
        ),
    )


def _by_topic(year: Compared) -> Table:
    now, before = year.now.topics, year.before.topics
    topics = list(now | before)

    def cells(topic: tuple[int, str]) -> tuple[Cell, ...]:
        narrowed = COUNTED | {"topic": topic[0]}
        return (
            Cell(topic[1]),
            year.scope.cell(now.get(topic, 0), "feedbackitem_list", narrowed),
            *_before(year, before.get(topic, 0), "feedbackitem_list", narrowed),
        )

    return Table(
        "意见建议类别",
        ("类别", "意见建议（条）", *_before_heading(year, "（条）")),
        tuple(cells(topic) for topic in topics),
        _chart(
            "各类意见建议条数",
            [name for _, name in topics],
            tuple(now.get(topic, 0) for topic in topics),
            unit="条",
        ),
    )


def _turns(group: GroupTurns, scope: Scope) -> Table:
    def cell(person: int, number: int, status: str) -> Cell:
        return scope.cell(
            number,
            "receptionduty_list",
            HELD | {"status": status, "delegate": person, "group": group.group},
        )

    name = group_name(group.ordinal)
    return Table(
        f"{name}轮值",
        ("代表", "到岗（班次）", "缺岗（班次）", "每次都可轮值"),
        tuple(
            (
                Cell(row.name),
                cell(row.person, row.turns, "on_duty"),
                cell(row.person, row.absent, "absent"),
                Cell("是" if row.is_full else "否"),
            )
            for row in group.rows
        ),
        bar_chart(
            f"{name}各代表轮值班次",
            [row.name for row in group.rows],
            [
                Series("到岗", tuple(row.turns for row in group.rows)),
                Series("缺岗", tuple(row.absent for row in group.rows)),
            ],
            unit="班次",
        ),
        note=_fairness_words(group),
    )


def _fairness_words(group: GroupTurns) -> str:
    words = f"{len(group.rows)}名代表中{group.on_duty}名到岗。"
    if group.most_and_least is None:
        return f"{words}没有代表每次都可轮值，不作比较。"
    most, least = group.most_and_least
    return f"{words}每次都可轮值的代表中，最多{most}班次，最少{least}班次，相差{group.spread}班次。"
