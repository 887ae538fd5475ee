"""Which hard rule cannot be met on which day or for whom, and how far it gets."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from congress.numerals import listing, month_day

from .availability import Availability
from .case import Day, DayState, Member, Status
from .fairness import FairnessRow


class Rule(StrEnum):
    PLACES = "places"
    MINIMUM = "minimum"
    FIXED = "fixed"


@dataclass(frozen=True)
class Problem:
    """``reached`` of ``needed`` people or turns; the sentence names day, group and person."""

    rule: Rule
    group: int | str
    sentence: str
    date: datetime.date | None = None
    people: tuple[int | str, ...] = ()
    needed: int = 0
    reached: int = 0


def find_problems(availability: Availability, table: dict) -> tuple[Problem, ...]:
    """By day, then by group; ``table`` holds the fairness rows of each group."""
    problems = []
    for day in availability.case.days:
        if day.state is DayState.OPEN:
            problems += _empty_places(availability, day)
        elif day.state is DayState.FIXED:
            problems += _broken_by_fixed(availability, day)
    for group, rows in table.items():
        problems += _below_minimum(availability, group, rows)
    return tuple(problems)


def _empty_places(availability: Availability, day: Day) -> list[Problem]:
    available = availability.available(day)
    if len(available) >= day.places:
        return []
    in_office = [d for d in availability.delegates[day.group] if d.in_office(day.date)]
    on_leave = [d.name for d in in_office if availability.on_leave(d.person, day.date)]
    elsewhere = [
        d.name
        for d in in_office
        if not availability.on_leave(d.person, day.date) and availability.elsewhere(day, d.person)
    ]
    why = [f"当日在任{len(in_office)}人"]
    if on_leave:
        why.append(f"请假{len(on_leave)}人：{listing(on_leave)}")
    if elsewhere:
        why.append(f"当日在其他小组{len(elsewhere)}人：{listing(elsewhere)}")
    return [
        Problem(
            rule=Rule.PLACES,
            group=day.group,
            date=day.date,
            needed=day.places,
            reached=len(available),
            sentence=(
                f"{_day_and_group(availability, day)}需{day.places}人，"
                f"可轮值{len(available)}人（{'；'.join(why)}）。"
            ),
        )
    ]


def _broken_by_fixed(availability: Availability, day: Day) -> list[Problem]:
    """Fixed days are never changed here; what does not hold on them any more is told."""
    members = [
        availability.member(day.group, duty.mandate)
        for duty in day.duties
        if duty.status is Status.ON_DUTY
    ]
    people = [member.person for member in members]
    problems = [
        Problem(
            rule=Rule.FIXED,
            group=day.group,
            date=day.date,
            people=(member.person,),
            sentence=f"{_day_and_group(availability, day)}已固定的{member.name}{why}，请换人。",
        )
        for place, member in enumerate(members)
        if (why := _why_not(availability, day, member, people[:place]))
    ]
    if len(members) > day.places:
        problems.append(
            Problem(
                rule=Rule.FIXED,
                group=day.group,
                date=day.date,
                needed=len(members),
                reached=day.places,
                sentence=(
                    f"{_day_and_group(availability, day)}已固定{len(members)}人，"
                    f"多于名额{day.places}人。"
                ),
            )
        )
    return problems


def _why_not(availability: Availability, day: Day, member: Member, before: list) -> str:
    if member.group != day.group or not member.in_office(day.date):
        return "当日不是本组在任代表"
    if availability.on_leave(member.person, day.date):
        return "当日请假"
    if availability.on_duty_elsewhere(day, member.person):
        return "当日还在其他小组轮值"
    if member.person in before:
        return "当日排了两次"
    return ""


def _below_minimum(
    availability: Availability, group, rows: tuple[FairnessRow, ...]
) -> list[Problem]:
    below = [row for row in rows if row.turns < row.minimum]
    total, due = sum(row.turns for row in rows), sum(row.minimum for row in rows)
    if below and total < due:
        missing = sum(row.minimum - row.turns for row in below)
        return [
            Problem(
                rule=Rule.MINIMUM,
                group=group,
                people=tuple(row.person for row in below),
                needed=due,
                reached=due - missing,
                sentence=(
                    f"{availability.case.group_name(group)}本年可排{total}人次，"
                    f"人人排到最低次数需{due}人次，还差{missing}人次；"
                    f"未排到的{len(below)}人：{_turns_listed(below)}。"
                ),
            )
        ]
    return [
        Problem(
            rule=Rule.MINIMUM,
            group=group,
            people=(row.person,),
            needed=row.minimum,
            reached=row.turns,
            sentence=(
                f"{availability.case.group_name(group)}{row.name}本年只能排到{row.turns}次，"
                f"少于最低{row.minimum}次：{_why_below(availability, group, row)}。"
            ),
        )
        for row in below
    ]


def _turns_listed(rows: list[FairnessRow]) -> str:
    """李某、王某各1次（最低2次），张某0次（最低1次）."""
    names = {}
    for row in rows:
        names.setdefault((row.turns, row.minimum), []).append(row.name)
    return "，".join(
        f"{listing(people)}{'各' if len(people) > 1 else ''}{turns}次（最低{minimum}次）"
        for (turns, minimum), people in names.items()
    )


def _why_below(availability: Availability, group, row: FairnessRow) -> str:
    if row.available < row.minimum:
        return f"全年可轮值的只有{row.available}天"
    still_open = sum(
        day.group == group
        and day.state is DayState.OPEN
        and any(delegate.person == row.person for delegate in availability.available(day))
        for day in availability.case.days
    )
    standing = sum(
        row.person in availability.on_duty(day)
        for day in availability.case.days
        if day.group == group
    )
    if standing + still_open < row.minimum:
        return f"除已举行和已固定的以外，可轮值的只有{still_open}天"
    return f"可轮值的{still_open}天名额都要留给其他须排到最低次数的代表"


def _day_and_group(availability: Availability, day: Day) -> str:
    return f"{month_day(day.date)}{availability.case.group_name(day.group)}"
