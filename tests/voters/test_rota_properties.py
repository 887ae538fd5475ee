"""The rota on generated cases, against rules written out anew and an oracle that tries everything.

Cases are small: up to five delegates, some with two mandates, in and out of office, on leave;
days held, fixed or open; duties of the year before.
"""

import datetime
import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import floor
from random import Random

from hypothesis import HealthCheck, given, settings
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
    Rule,
    Rules,
    Span,
    Status,
    SwapRefused,
    make_rota,
    swap,
)
from voters.rota.balance import Balance, Terms

DAY = datetime.timedelta(days=1)
DATES = [datetime.date(2020, month, 15) for month in range(1, 13)]
GROUPS = (Group(1, "第一代表小组"), Group(2, "第二代表小组"))
STATES = [*[DayState.OPEN] * 5, DayState.FIXED, DayState.FIXED, DayState.HELD]

many = settings(
    max_examples=500,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


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


@many
@given(cases(groups=2))
def test_no_hard_rule_is_broken_and_no_place_left_empty(case):
    rota = make_rota(case)

    assert broken_rules(rota) == []
    assert [problem.sentence for problem in rota.problems if problem.rule is Rule.FIXED] == []
    told = {(p.date, p.group): p.reached for p in rota.problems if p.rule is Rule.PLACES}
    assert told == {
        day.key: len(day.picks)
        for day in rota.days
        if day.state is DayState.OPEN and len(day.picks) < day.places
    }


@many
@given(cases())
def test_minimum_and_spread_are_the_best_there_are(case):
    rota = make_rota(case)
    turns, due = turns_of(rota, 1), minimums(case)

    assert (lack(turns, due), rota.spread(1)) == best_possible(case)
    below = {person for person in turns if turns[person] < due[person]}
    told = [problem for problem in rota.problems if problem.rule is Rule.MINIMUM]
    assert {person for problem in told for person in problem.people} == below
    assert sum(problem.needed - problem.reached for problem in told) == lack(turns, due)


@many
@given(st.integers(2, 4), st.integers(2, 5), st.integers(0, 2), digits(), digits())
def test_a_turn_is_granted_just_when_the_year_stays_as_even(people, days, minimum, number, more):
    digit, order = Digits(number), Random(more)
    free = [(2**people - 1) & ~digit.below(2**people) | digit.below(2**people) for _ in range(days)]
    places = [min(2 - digit.below(3), mask.bit_count()) for mask in free]
    available = [sum(mask >> person & 1 for mask in free) for person in range(people)]
    set_before = [digit.below(4) // 3 for _ in range(people)]
    terms = [Terms(*row, minimum) for row in zip(set_before, available, strict=True)]
    share = Fraction(sum(places) + sum(set_before), sum(available) or 1)

    def least_cost(turns, teams_of_days):
        reachable = {tuple(turns)}
        for teams in teams_of_days:
            reachable = {
                tuple(count + (person in team) for person, count in enumerate(counts))
                for counts in reachable
                for team in teams
            }
        return min(
            (
                sum(max(0, minimum - count) for count in counts),
                sum((n - share * a) ** 2 for n, a in zip(counts, available, strict=True)),
            )
            for counts in reachable
        )

    teams = [
        [set(team) for team in combinations([p for p in range(people) if mask >> p & 1], count)]
        for mask, count in zip(free, places, strict=True)
    ]
    balance = Balance(terms, free, places)
    best = least_cost(set_before, teams)
    for day, count in enumerate(places):
        settled = set()
        candidates = [person for person in range(people) if free[day] >> person & 1]
        for person in order.sample(candidates, len(candidates)):
            if len(settled) == count:
                break
            with_person = [team for team in teams[day] if team >= settled | {person}]
            possible = (
                least_cost(set_before, [*teams[:day], with_person, *teams[day + 1 :]]) == best
            )
            mask = sum(1 << other for other in settled)
            assert balance.bring_in(day, person, mask) is possible
            if possible:
                settled.add(person)
        teams[day] = [settled]
        assert balance.on[day] == sum(1 << person for person in settled)


@many
@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 4), st.integers(0, 3))
def test_those_always_available_differ_by_one_turn_at_most(days, people, places, minimum):
    case = Case(
        groups=GROUPS[:1],
        days=tuple(Day(1, date, places) for date in DATES[:days]),
        members=tuple(
            Member(key, key, 1, f"代表{key}", Level.TOWN, (Span(DATES[0]),))
            for key in range(people)
        ),
        rules=Rules(minimum=minimum),
    )

    rota = make_rota(case)

    turns = turns_of(rota, 1).values()
    assert max(turns) - min(turns) == rota.spread(1) <= 1
    filled = days * min(places, people)
    assert (min(turns) >= minimum) is (filled >= minimum * people)


@many
@given(cases(groups=2), digits())
def test_same_input_in_any_order_gives_the_same_rota(case, seed):
    random = Random(seed)
    mixed = {
        name: random.sample(getattr(case, name), len(getattr(case, name)))
        for name in ("groups", "days", "members", "past")
    }

    assert make_rota(replace(case, **mixed)) == make_rota(case)


def fixed(case, rota, keys) -> Case:
    """The case with what the rota says of those days fixed."""
    made = {day.key: day for day in rota.days}
    return replace(
        case,
        days=tuple(
            replace(
                day,
                state=DayState.FIXED,
                duties=tuple(Duty(pick.mandate) for pick in made[day.key].picks),
            )
            if day.key in keys and day.state is DayState.OPEN
            else day
            for day in case.days
        ),
    )


def on_duty(rota) -> dict:
    return {day.key: [pick.mandate for pick in day.picks] for day in rota.days}


@many
@given(cases(groups=2), digits())
def test_changing_one_day_leaves_fixed_days_alone(case, number):
    rota = make_rota(case)
    digit = Digits(number)
    changed = case.days[digit.below(len(case.days))]
    places = digit.below(4)
    away = [member for member in case.members if digit.below(2)]
    standing = fixed(case, rota, {day.key for day in case.days} - {changed.key})
    standing = replace(
        standing,
        days=tuple(
            replace(day, places=places) if day.key == changed.key else day for day in standing.days
        ),
        members=tuple(
            replace(member, unavailable=member.unavailable | {changed.date})
            if member in away
            else member
            for member in standing.members
        ),
    )

    remade = make_rota(standing)

    before, after = on_duty(rota), on_duty(remade)
    if changed.state is DayState.OPEN:
        del before[changed.key], after[changed.key]
    assert after == before


@many
@given(cases(), st.integers(0, 3))
def test_announcing_the_first_days_does_not_change_the_rest(case, count):
    rota = make_rota(case)

    remade = make_rota(fixed(case, rota, {day.key for day in case.days[:count]}))

    assert on_duty(remade) == on_duty(rota)


@many
@given(st.one_of(cases(), cases(groups=2, most_members=6)), digits())
def test_a_swap_keeps_the_hard_rules_or_is_refused_for_one(case, number):
    rota = make_rota(case)
    places = [(day, pick) for day in rota.days for pick in day.picks]
    some = Random(number).sample(places, min(len(places), 5))

    for (day_a, pick_a), (day_b, pick_b) in combinations(some, 2):
        try:
            swapped = swap(rota, day_a.key, pick_a.person, day_b.key, pick_b.person).rota
        except SwapRefused:
            assert not may_swap(rota, day_a, pick_a, day_b, pick_b)
            continue

        assert may_swap(rota, day_a, pick_a, day_b, pick_b)
        assert broken_rules(swapped) == []
        people = {day.key: [pick.person for pick in day.picks] for day in rota.days}
        for day, out, into in ((day_a, pick_a, pick_b), (day_b, pick_b, pick_a)):
            people[day.key][people[day.key].index(out.person)] = into.person
        assert {day.key: [pick.person for pick in day.picks] for day in swapped.days} == people
        assert check_reasons(swapped) == []


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


@many
@given(cases(groups=2))
def test_reasons_tell_true_facts(case):
    assert check_reasons(make_rota(case)) == []


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
                expected.add("此前没有轮值记录")
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
