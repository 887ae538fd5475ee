"""Why somebody is on duty, in words; every clause is a fact of the finished rota."""

import datetime

from .availability import Availability
from .case import Day, DayState, Level, Member, Status
from .diary import Diary, months_between

STANDING = {
    Status.ON_DUTY: "已举行，当日到岗",
    Status.SWAPPED: "已举行，当日换班",
    Status.ABSENT: "已举行，当日缺岗",
}
FOR_BALANCE = "为全年次数均衡安排"


def reason(
    availability: Availability,
    diary: Diary,
    day: Day,
    member: Member,
    status: Status,
    levels: list[Level],
    note: str,
) -> str:
    """Why the member is on duty that day; ``levels`` are those of all on duty that day."""
    if day.state is DayState.HELD:
        return STANDING[status]
    if day.state is DayState.FIXED:
        return "，".join(filter(None, ["已固定", note]))
    clauses = []
    available = len(availability.available(day))
    if available <= day.places:
        clauses.append(f"本组当日可轮值的只有{available}人")
    if diary.was_absent_last(member.person, day.date):
        clauses.append("上次缺岗，优先安排")
    clauses.append(f"本年已轮值{diary.turns_this_year(member.person, day.date)}次")
    clauses.append(since_last_turn(diary.last_turn(member.person, day.date), day.date))
    if levels.count(member.level) == 1 and len(levels) > 1:
        word = level_word(
            Level.TOWN if member.level is Level.COUNTY else Level.COUNTY,
            availability.case.rules.town_word,
        )
        clauses.append(f"与{word}搭配")
    if note:
        clauses.append(note)
    return "，".join(clauses)


def level_word(level: Level, town_word: str) -> str:
    return "县代表" if level is Level.COUNTY else f"{town_word}代表"


def since_last_turn(last: datetime.date | None, date: datetime.date) -> str:
    if last is None:
        return "此前未轮值过"
    months = months_between(last, date)
    return f"距上次轮值{months}个月" if months else "上次轮值在本月"
