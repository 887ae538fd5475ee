"""The rota on generated cases, against rules written out anew and an oracle that tries all."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.voters.rota_cases import (
    DATES,
    GROUPS,
    Digits,
    best_possible,
    broken_rules,
    cases,
    check_reasons,
    digits,
    lack,
    may_swap,
    minimums,
    turns_of,
)
from voters.rota import (
    Case,
    Day,
    DayState,
    Duty,
    Level,
    Member,
    Rule,
    Rules,
    Span,
    SwapRefused,
    make_rota,
    swap,
)
from voters.rota.balance import Balance, Terms

many = settings(
    max_examples=500,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


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


@many
@given(cases(groups=2))
def test_reasons_tell_true_facts(case):
    assert check_reasons(make_rota(case)) == []
