"""Making the rota: first the year is balanced, then each day is settled in order of time."""

from .availability import Availability, Delegate
from .balance import Balance, Terms
from .case import Case, Day, DayState, Member, Status
from .diary import Diary
from .fairness import days_available, minimums
from .reasons import FOR_BALANCE
from .result import Choice, Rota, count_turns, write_rota


def make_rota(case: Case) -> Rota:
    """Fill the open days of the case. Equal cases give equal rotas.

    A candidate preferred on a day is passed over only if taking that turn would make the year
    less even, or leave somebody below the minimum, whatever came after.
    """
    availability = Availability(case)
    standing = {
        day.key: tuple(Choice(duty.mandate, duty.status) for duty in day.duties)
        for day in case.days
    }
    turns = count_turns(availability, standing)
    due = minimums(availability)
    plans = {group.key: _Plan(availability, group.key, turns, due) for group in case.groups}
    diary = Diary(availability)
    choices = {
        day.key: (
            plans[day.group].settle(day, diary) if day.state is DayState.OPEN else standing[day.key]
        )
        for day in case.days
    }
    return write_rota(availability, choices)


class _Plan:
    """One group's year while its open days are settled one after another."""

    def __init__(self, availability: Availability, group, turns: dict, due: dict):
        self.availability = availability
        self.delegates = availability.delegates[group]
        self.positions = {d.person: place for place, d in enumerate(self.delegates)}
        self.days = [day for day in availability.case.days if day.group == group]
        self.open_days = [day for day in self.days if day.state is DayState.OPEN]
        counts = days_available(availability, group)
        self.balance = Balance(
            terms=[
                Terms(
                    turns=turns.get((group, delegate.person), 0),
                    available=counts[delegate.person],
                    minimum=due.get((group, delegate.person), 0),
                )
                for delegate in self.delegates
            ],
            free=[self._mask(availability.available(day)) for day in self.open_days],
            places=[day.places for day in self.open_days],
        )
        self.turns = {d.person: turns.get((group, d.person), 0) for d in self.delegates}
        self.days_missed = dict.fromkeys(self.positions, 0)
        self.days_passed = 0
        self.mandate_turns = {}
        for day in self.days:
            for duty in day.duties:
                if duty.status is Status.ON_DUTY:
                    self._count_mandate(duty.mandate)

    def _mask(self, delegates: tuple[Delegate, ...]) -> int:
        return sum(1 << self.positions[delegate.person] for delegate in delegates)

    def _count_mandate(self, mandate) -> None:
        self.mandate_turns[mandate] = self.mandate_turns.get(mandate, 0) + 1

    def _pass_days_before(self, day: Day) -> None:
        """Note who was not available on the group's days before this one."""
        while self.days[self.days_passed].key != day.key:
            passed = self.availability.available(self.days[self.days_passed])
            for person in self.positions.keys() - {delegate.person for delegate in passed}:
                self.days_missed[person] += 1
            self.days_passed += 1

    def _turns_so_far(self, person) -> int:
        """Turns had, fixed or picked, and those a share of the days missed would have brought."""
        total, available = self.balance.total, self.balance.available
        missed = self.days_missed[person]
        return self.turns[person] + (2 * missed * total + available) // (2 * available)

    def settle(self, day: Day, diary: Diary) -> tuple[Choice, ...]:
        """Fill the places one by one, each time with the most preferred who may be taken."""
        self._pass_days_before(day)
        place = next(i for i, other in enumerate(self.open_days) if other.key == day.key)
        candidates = list(self.availability.available(day))
        chosen: list[Choice] = []
        levels = set()
        settled = 0
        for _ in range(min(day.places, len(candidates))):
            candidates.sort(key=lambda delegate: self._preference(delegate, day, diary, levels))
            rank, delegate = next(
                (rank, delegate)
                for rank, delegate in enumerate(candidates)
                if self.balance.bring_in(place, self.positions[delegate.person], settled)
            )
            candidates.remove(delegate)
            settled |= 1 << self.positions[delegate.person]
            mandate = self._mandate(delegate, day, levels)
            chosen.append(Choice(mandate.key, note=FOR_BALANCE if rank else ""))
            levels.add(mandate.level)
            self.turns[delegate.person] += 1
            self._count_mandate(mandate.key)
            diary.enter(delegate.person, day.date)
        return tuple(chosen)

    def _preference(self, delegate: Delegate, day: Day, diary: Diary, levels: set) -> tuple:
        """The soft rules from the second on; the smallest comes first."""
        person, date = delegate.person, day.date
        gap = diary.gap(person, date)
        last = diary.last_turn(person, date)
        mandates = delegate.in_office(date)
        return (
            self._turns_so_far(person),
            not diary.was_absent_last(person, date),
            gap is not None and gap <= 1,
            all(mandate.level in levels for mandate in mandates),
            0 if last is None else last.toordinal(),
            self.positions[person],
        )

    def _mandate(self, delegate: Delegate, day: Day, levels: set) -> Member:
        """Of two mandates the one whose level is missing that day, else the one used less."""
        return min(
            delegate.in_office(day.date),
            key=lambda mandate: (
                mandate.level in levels,
                self.mandate_turns.get(mandate.key, 0),
                mandate.key,
            ),
        )
