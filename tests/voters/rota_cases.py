"""Generated cases of a rota, and its rules written out anew from the case alone.

Cases are small: up to five or six mandates, some held by one person, in and out of office, on
leave; days held, fixed or open; duties of the year before.
"""

import datetime
import re
from fractions import Fraction
from itertools import combinations
from math import floor

from hypothesis import strategies as st

from voters.rota import (
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

DAY = datetime.timedelta(days=1)
DATES = [datetime.date(2020, month, 15) for month in range(1, 13)]
GROUPS = (Group(1, "第一代表小组"), Group(2, "第二代表小组"))
STATES = [*[DayState.OPEN] * 5, DayState.FIXED, DayState.FIXED, DayState.HELD]


class Digits:
    """A drawn number read digit by digit: drawing each small one by itself takes too long.

    Zero everywhere is the plainest case: somebody of one's own, in office, never away.
    """

    def __init__(self, number: int):
        self.number = number

    def below(self, base: int) -> int:
        self.number, digit = divmod(self.number, base)
        return digit

    def dates(self, dates) -> list[datetime.date]:
        """A few of the dates."""
        return [date for date in dates if self.below(5) == 1]


def digits() -> st.SearchStrategy:
    return st.integers(0, 2**40 - 1)


@st.composite
def cases(draw, groups=1, most_days=4, most_members=5, most_places=2):
    """A case; what stands on fixed and held days keeps the hard rules."""
    dates = DATES[: draw(st.integers(2, most_days))]
    members = tuple(
        make_member(place, Digits(number), dates, groups)
        for place, number in enumerate(draw(st.lists(digits(), min_size=3, max_size=most_members)))
    )
    days, busy = [], set()
    for date in dates:
        number = Digits(draw(digits()))
        for group in GROUPS[:groups]:
            days.append(make_day(number, group.key, date, most_places, members, busy))
    past = [Digits(number) for number in draw(st.lists(digits(), max_size=4))]
    return Case(
        groups=GROUPS[:groups],
        days=tuple(days),
        members=members,
        past=tuple(
            PastDuty(
                person=number.below(most_members),
                date=datetime.date(2019, 7 + number.below(6), 15),
                status=list(Status)[number.below(3)],
            )
            for number in past
        ),
        rules=Rules(minimum=draw(st.integers(0, 2))),
    )


def make_member(place, number, dates, groups) -> Member:
    """The mandate of somebody new, or a second one of the person before."""
    person = place - (number.below(5) == 1)
    away = number.dates(dates)
    return Member(
        key=f"Z{place:02}",
        person=person,
        group=1 + number.below(groups),
        name=f"代表{person}",
        level=list(Level)[number.below(2)],
        spans=tuple(Span(date, date + DAY) for date in dates if date not in away),
        unavailable=frozenset(number.dates(dates)),
    )


def make_day(number, group, date, most_places, members, busy) -> Day:
    state = STATES[number.below(len(STATES))]
    places = most_places - number.below(most_places + 1)
    duties = []
    for member in members if state is not DayState.OPEN else ():
        if (
            number.below(2)
            and member.group == group
            and can_serve(members, member, date)
            and (member.person, date) not in busy
        ):
            busy.add((member.person, date))
            absent = state is DayState.HELD and number.below(2)
            duties.append(Duty(member.key, Status.ABSENT if absent else Status.ON_DUTY))
    if state is DayState.FIXED:
        places = max(places, len(duties))
    return Day(group, date, places, state, tuple(duties))


def can_serve(members, member, date) -> bool:
    leave = {day for other in members if other.person == member.person for day in other.unavailable}
    return any(date in span for span in member.spans) and date not in leave


def people_free(case, day) -> set:
    """Who of the group is in office that day, not on leave and not standing in another group."""
    persons = {member.key: member.person for member in case.members}
    standing = {
        persons[duty.mandate]
        for other in case.days
        if other.date == day.date and other.group != day.group
        for duty in other.duties
        if duty.status is Status.ON_DUTY
    }
    return {
        member.person
        for member in case.members
        if member.group == day.group and can_serve(case.members, member, day.date)
    } - standing


def turns_of(rota, group) -> dict:
    turns = {member.person: 0 for member in rota.case.members if member.group == group}
    for day in rota.days:
        for pick in day.picks:
            if day.group == group and pick.status is Status.ON_DUTY:
                turns[pick.person] += 1
    return turns


def broken_rules(rota) -> list:
    """Hard rules 1–4 and 6 on every day, written out from the case alone."""
    case, broken = rota.case, []
    days = {day.key: day for day in case.days}
    members = {(member.group, member.key): member for member in case.members}
    served = [
        (day.date, pick.person)
        for day in rota.days
        for pick in day.picks
        if pick.status is Status.ON_DUTY
    ]
    if len(set(served)) < len(served):
        broken.append("twice on one day")
    for day in rota.days:
        if day.state is not DayState.OPEN:
            if [(p.mandate, p.status) for p in day.picks] != [
                (duty.mandate, duty.status) for duty in days[day.key].duties
            ]:
                broken.append(("not as it stood", day.key))
            continue
        if len(day.picks) > day.places:
            broken.append(("too many", day.key))
        for pick in day.picks:
            member = members.get((day.group, pick.mandate))
            if member is None or not can_serve(case.members, member, day.date):
                broken.append(("cannot serve", day.key, pick.mandate))
    return broken


def minimums(case) -> dict:
    """Due of each person of the only group: the rule × days in office ÷ days, rounded down."""
    return {
        person: case.rules.minimum
        * sum(
            any(m.in_office(day.date) for m in case.members if m.person == person)
            for day in case.days
        )
        // len(case.days)
        for person in {member.person for member in case.members}
    }


def best_possible(case) -> tuple[int, int]:
    """Least lack of turns under the minimum, then the least spread, of all rotas there are."""
    people = sorted({member.person for member in case.members})
    persons = {member.key: member.person for member in case.members}
    turns = dict.fromkeys(people, 0)
    available = dict.fromkeys(people, 0)
    for day in case.days:
        on_duty = {persons[d.mandate] for d in day.duties if d.status is Status.ON_DUTY}
        for person in on_duty:
            turns[person] += 1
        for person in people_free(case, day) | on_duty:
            available[person] += 1
    reachable = {tuple(turns[person] for person in people)}
    for day in case.days:
        if day.state is DayState.OPEN:
            free = [people.index(person) for person in people_free(case, day)]
            teams = list(combinations(free, min(day.places, len(free))))
            reachable = {
                tuple(count + (place in team) for place, count in enumerate(counts))
                for counts in reachable
                for team in teams
            }
    due = minimums(case)
    return min(
        (
            lack(dict(zip(people, counts, strict=True)), due),
            spread(dict(zip(people, counts, strict=True)), available),
        )
        for counts in reachable
    )


def lack(turns, due) -> int:
    return sum(max(0, due[person] - turns[person]) for person in turns)


def spread(turns, available) -> int:
    """Whole turns between the furthest above and the furthest below the fair share."""
    days = sum(available.values())
    excess = [
        turns[person] - Fraction(sum(turns.values()) * available[person], days)
        for person in turns
        if available[person]
    ]
    return floor(max(excess) - min(excess)) if excess else 0


def may_swap(rota, day_a, pick_a, day_b, pick_b) -> bool:
    """Whether the two may change places, from the rules alone."""
    if DayState.HELD in {day_a.state, day_b.state} or day_a.date == day_b.date:
        return False
    if pick_a.person == pick_b.person:
        return False
    for pick, target in ((pick_a, day_b), (pick_b, day_a)):
        mandates = [
            member
            for member in rota.case.members
            if member.person == pick.person and member.group == target.group
        ]
        busy = {
            other.person
            for day in rota.days
            if day.date == target.date
            for other in day.picks
            if other.status is Status.ON_DUTY
        }
        if pick.person in busy or not any(
            can_serve(rota.case.members, member, target.date) for member in mandates
        ):
            return False
    if day_a.group == day_b.group:
        return True
    for pick, lost in ((pick_a, day_a.group), (pick_b, day_b.group)):
        row = next(row for row in rota.fairness(lost) if row.person == pick.person)
        if row.turns - 1 < row.minimum:
            return False
    return True


def check_reasons(rota) -> list:
    """Clauses of reasons of open days that are wrong or missing."""
    wrong = []
    duties = [(duty.person, duty.date, duty.status) for duty in rota.case.past] + [
        (pick.person, day.date, pick.status) for day in rota.days for pick in day.picks
    ]
    for day in rota.days:
        for pick in day.picks if day.state is DayState.OPEN else ():
            earlier = sorted(
                (date, status)
                for person, date, status in duties
                if person == pick.person and date < day.date and status is not Status.SWAPPED
            )
            turns = [date for date, status in earlier if status is Status.ON_DUTY]
            this_year = sum(date.year == day.date.year for date in turns)
            expected = {f"本年已轮值{this_year}次"}
            if turns:
                months = (day.date.year - turns[-1].year) * 12 + day.date.month - turns[-1].month
                expected.add(f"距上次轮值{months}个月")
            else:
                expected.add("此前未轮值过")
            if earlier and earlier[-1][0] not in turns:
                expected.add("上次缺岗，优先安排")
            others = {other.level for other in day.picks if other != pick}
            if others and pick.level not in others:
                expected.add("与镇代表搭配" if pick.level is Level.COUNTY else "与县代表搭配")
            few = re.search("本组当日可轮值的只有([0-9]+)人，", pick.reason)
            if few and not len(day.picks) <= int(few[1]) <= day.places:
                wrong.append((day.key, pick.reason, "few"))
            told = pick.reason.removesuffix(f"，{pick.note}" if pick.note else "")
            told = told.replace(few[0], "") if few else told
            told = told.replace("上次缺岗，优先安排", "上次缺岗")
            if set(told.split("，")) != {clause.split("，")[0] for clause in expected}:
                wrong.append((day.key, pick.reason, expected))
    return wrong
