"""Turns of one group divided as evenly as the open days allow.

The cost of a person's turns is convex, so an assignment of which no chain of hand-overs (A gives a
day to B, B another one to C …) lowers the cost is the best of all: turns per person over a fixed
number of places a day are the bases of a matroid. First counts what the minimum still lacks, then
the square of turns minus fair share; that optimum has the smallest possible maximum and the
largest possible minimum of turns minus share, so the smallest spread.

People and days are positions; sets of people are bit masks, so that nothing hangs on hash order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """What counts for one person: turns already set, days available in the year, minimum."""

    turns: int
    available: int
    minimum: int


def _people(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class Balance:
    """The open days of a group, in order of time, and who is on duty on each."""

    def __init__(self, terms: Sequence[Terms], free: Sequence[int], places: Sequence[int]):
        self.terms = terms
        self.free = free
        self.turns = [person.turns for person in terms]
        self.total = sum(self.turns) + sum(map(_filled, free, places))
        self.available = sum(person.available for person in terms)
        self.on = [0] * len(free)
        for day, people in enumerate(free):
            chosen = sorted(_people(people), key=lambda person: (self._gain(person), person))
            for person in chosen[: places[day]]:
                self._put(day, person)
        self._level()

    def _cost_of_turn(self, person: int, turns: int) -> tuple[int, int]:
        """Of going from that many turns to one more; in units of one ÷ days available in all."""
        terms = self.terms[person]
        return (
            -1 if turns < terms.minimum else 0,
            (2 * turns + 1) * self.available - 2 * self.total * terms.available,
        )

    def _gain(self, person: int) -> tuple[int, int]:
        return self._cost_of_turn(person, self.turns[person])

    def _loss(self, person: int) -> tuple[int, int]:
        return self._cost_of_turn(person, self.turns[person] - 1)

    def _put(self, day: int, person: int) -> None:
        self.on[day] |= 1 << person
        self.turns[person] += 1

    def _take(self, day: int, person: int) -> None:
        self.on[day] &= ~(1 << person)
        self.turns[person] -= 1

    def _hand_over(self, chain: list[tuple[int, int, int]]) -> None:
        for day, giver, receiver in chain:
            self._take(day, giver)
            self._put(day, receiver)

    def _receivers(self, giver: int, days: range) -> dict[int, tuple[int, int] | None]:
        """Everyone to whom a turn of the giver can come by a chain; each with its last step."""
        seen, steps, queue = 1 << giver, {giver: None}, [giver]
        for person in queue:
            for day in days:
                if self.on[day] >> person & 1:
                    found = self.free[day] & ~self.on[day] & ~seen
                    seen |= found
                    for other in _people(found):
                        steps[other] = (day, person)
                        queue.append(other)
        return steps

    def _givers(self, receivers: int, days: range) -> dict[int, tuple[int, int] | None]:
        """Everyone from whom a turn can come to one of the receivers; each with its first step."""
        seen, queue = receivers, list(_people(receivers))
        steps = dict.fromkeys(queue)
        for person in queue:
            for day in days:
                if self.free[day] & ~self.on[day] & 1 << person:
                    found = self.on[day] & ~seen
                    seen |= found
                    for other in _people(found):
                        steps[other] = (day, person)
                        queue.append(other)
        return steps

    @staticmethod
    def _chain_to(receiver: int, steps: dict) -> list[tuple[int, int, int]]:
        chain = []
        while step := steps[receiver]:
            day, giver = step
            chain.append((day, giver, receiver))
            receiver = giver
        return chain

    @staticmethod
    def _chain_from(giver: int, steps: dict) -> tuple[list[tuple[int, int, int]], int]:
        """The chain and the receiver at whom it ends."""
        chain = []
        while step := steps[giver]:
            day, receiver = step
            chain.append((day, giver, receiver))
            giver = receiver
        return chain, giver

    def _level(self) -> None:
        """Hand turns over along chains until none lowers the cost."""
        days = range(len(self.on))
        improved = True
        while improved:
            improved = False
            for giver in sorted(range(len(self.turns)), key=self._loss, reverse=True):
                steps = self._receivers(giver, days)
                receiver = min(steps, key=lambda person: (self._gain(person), person))
                if self._gain(receiver) < self._loss(giver):
                    self._hand_over(self._chain_to(receiver, steps))
                    improved = True
                    break

    def bring_in(self, day: int, person: int, settled: int) -> bool:
        """Put the person on duty that day if the year stays as even as it can be.

        Days before are settled, and so are the people of ``settled`` on the day itself; only the
        days after it may change in return.
        """
        if self.on[day] >> person & 1:
            return True
        later = range(day + 1, len(self.on))
        leaving = self.on[day] & ~settled
        taking = self._receivers(person, later)
        for other in _people(leaving):
            if other in taking:
                self._hand_over([(day, other, person), *self._chain_to(other, taking)])
                return True
        giving = self._givers(leaving, later)
        receiver = min(taking, key=lambda other: (self._gain(other), other))
        giver = max(giving, key=lambda other: (self._loss(other), -other), default=None)
        if giver is None or self._gain(receiver) > self._loss(giver):
            return False
        chain, other = self._chain_from(giver, giving)
        self._hand_over([(day, other, person), *chain, *self._chain_to(receiver, taking)])
        return True


def _filled(free: int, places: int) -> int:
    return min(free.bit_count(), places)
