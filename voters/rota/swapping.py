"""Two people change their days: checked against the hard rules, its effect told in words."""

import datetime
from dataclasses import dataclass, replace

from congress.numerals import month_day

from .availability import Availability
from .case import DayState, Duty, Level, Member, Status
from .diary import months_between
from .reasons import level_word
from .result import Choice, Pick, Rota, RotaDay, write_rota


class SwapRefused(ValueError):
    """The swap would break a hard rule; the message says which, for the user."""


@dataclass(frozen=True)
class Swap:
    rota: Rota
    effect: tuple[str, ...]


@dataclass(frozen=True)
class _Move:
    pick: Pick
    origin: RotaDay
    target: RotaDay
    member: Member


def swap(rota: Rota, day_a: tuple, person_a, day_b: tuple, person_b) -> Swap:
    """``person_a``, on duty on ``day_a``, and ``person_b``, on ``day_b``, change places.

    Days are given as ``RotaDay.key`` (date, group). Fixed days may be swapped, held ones not.
    Raises SwapRefused where a hard rule would break.
    """
    first, second = rota.day(day_a[1], day_a[0]), rota.day(day_b[1], day_b[0])
    if first.date == second.date:
        raise SwapRefused("两人在同一天轮值，不用互换。")
    if person_a == person_b:
        raise SwapRefused("同一位代表的两次轮值不能互换。")
    moves = (
        _move(rota, first, second, person_a),
        _move(rota, second, first, person_b),
    )
    swapped = write_rota(*_moved(rota, moves))
    _refuse_below_minimum(rota, swapped)
    return Swap(swapped, tuple(_effect(rota, swapped, moves)))


def _move(rota: Rota, origin: RotaDay, target: RotaDay, person) -> _Move:
    """The person's move to the other day, or why it cannot be."""
    pick = next(
        (pick for pick in origin.picks if pick.person == person and pick.status is Status.ON_DUTY),
        None,
    )
    if pick is None:
        raise SwapRefused(f"{month_day(origin.date)}的轮值名单中没有这位代表。")
    if origin.state is DayState.HELD:
        raise SwapRefused(f"{month_day(origin.date)}已举行接待，不能再换人。")
    members = [
        member
        for member in rota.case.members
        if member.person == person
        and member.group == target.group
        and member.in_office(target.date)
    ]
    name, date = pick.name, month_day(target.date)
    if not members:
        group = rota.case.group_name(target.group)
        raise SwapRefused(f"{name}{date}不是{group}的在任代表，不能换到这一天。")
    if rota.availability.on_leave(person, target.date):
        raise SwapRefused(f"{name}{date}请假，不能换到这一天。")
    if any(
        other.person == person and other.status is Status.ON_DUTY
        for day in rota.days
        if day.date == target.date
        for other in day.picks
    ):
        raise SwapRefused(f"{name}{date}已经轮值，一天不能排两次。")
    member = min(members, key=lambda member: (member.key != pick.mandate, member.key))
    return _Move(pick, origin, target, member)


def _moved(rota: Rota, moves: tuple[_Move, _Move]) -> tuple[Availability, dict]:
    """The case with its fixed days changed, and the choices of all days after the moves."""
    choices = {
        day.key: [Choice(pick.mandate, pick.status, pick.note) for pick in day.picks]
        for day in rota.days
    }
    for move, other in zip(moves, reversed(moves), strict=True):
        place = move.target.picks.index(other.pick)
        note = f"与{other.pick.name}（{month_day(move.origin.date)}）互换"
        choices[move.target.key][place] = Choice(move.member.key, note=note)
    days = tuple(
        replace(day, duties=tuple(Duty(c.mandate, c.status) for c in choices[day.key]))
        if day.state is DayState.FIXED
        else day
        for day in rota.case.days
    )
    return Availability(replace(rota.case, days=days)), choices


def _refuse_below_minimum(before: Rota, after: Rota) -> None:
    for group in before.case.groups:
        rows = zip(before.fairness(group.key), after.fairness(group.key), strict=True)
        for old, new in rows:
            if new.turns < new.minimum and new.turns < old.turns:
                raise SwapRefused(
                    f"互换后{new.name}在{group.name}本年只轮值{new.turns}次，"
                    f"少于最低{new.minimum}次。"
                )


def _effect(before: Rota, after: Rota, moves: tuple[_Move, _Move]) -> list[str]:
    """What the swap does to turns, to spacing and to the mix of levels."""
    sentences = []
    for group in sorted({move.origin.group for move in moves}):
        name, old, new = before.case.group_name(group), before.spread(group), after.spread(group)
        changed = f"仍为{new}次" if new == old else f"由{old}次变为{new}次"
        sentences.append(f"{name}轮值次数相差{changed}。")
    for move in moves:
        old = _nearest(before, move.pick.person, move.origin.date)
        new = _nearest(after, move.pick.person, move.target.date)
        sentences.append(
            f"{move.pick.name}由{month_day(move.origin.date)}换到{month_day(move.target.date)}，"
            f"{_spacing(old, new)}。"
        )
    for move in moves:
        old, new = _levels(before, move.target), _levels(after, move.target)
        for level in Level:
            if (level in old) != (level in new):
                word = level_word(level, before.case.rules.town_word)
                has = "有了" if level in new else "不再有"
                sentences.append(f"{month_day(move.target.date)}{has}{word}。")
    return sentences


def _spacing(old: int | None, new: int | None) -> str:
    if new is None:
        return "没有其他轮值"
    if old == new:
        return f"与其他轮值最近仍相隔{new}个月"
    return f"与其他轮值最近相隔{new}个月（原为{old}个月）"


def _nearest(rota: Rota, person, date: datetime.date) -> int | None:
    """Months between the turn on that date and the person's nearest other turn."""
    turns = {
        day.date
        for day in rota.days
        for pick in day.picks
        if pick.person == person and pick.status is Status.ON_DUTY
    } | {
        duty.date
        for duty in rota.case.past
        if duty.person == person and duty.status is Status.ON_DUTY
    }
    return min((abs(months_between(turn, date)) for turn in turns - {date}), default=None)


def _levels(rota: Rota, day: RotaDay) -> set[Level]:
    return {
        pick.level for pick in rota.day(day.group, day.date).picks if pick.status is Status.ON_DUTY
    }
