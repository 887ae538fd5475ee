"""What it would do if two people on duty changed their days."""

from dataclasses import dataclass

from congress import editing

from . import rota
from .models import ReceptionDay, ReceptionDuty
from .rota_planning import rota_standing


@dataclass(frozen=True)
class PlannedSwap:
    """The effect in words, and who stands on the first and the second day then."""

    before: rota.Rota
    after: rota.Rota
    effect: tuple[str, ...]
    picks: tuple[rota.Pick, rota.Pick]

    @property
    def fingerprint(self) -> str:
        told = (self.effect, [(pick.mandate, pick.note) for pick in self.picks])
        return editing.fingerprint(told)


def swap_of(first: ReceptionDuty, second: ReceptionDuty) -> PlannedSwap:
    """Raises ``rota.SwapRefused`` where a hard rule would break."""
    if first.day.date.year != second.day.date.year:
        raise rota.SwapRefused("只能在同一年度内互换。")
    for duty in (first, second):
        if duty.day.state not in ReceptionDay.STILL_OPEN:
            raise rota.SwapRefused(f"{duty.day}现在是“{duty.day.state_words}”，不能换班。")
    before = rota.make_rota(rota_standing(first.day.date.year).case)
    days = [(duty.day.date, duty.day.group_id) for duty in (first, second)]
    people = [duty.mandate.delegate_id for duty in (first, second)]
    swap = rota.swap(before, days[0], people[0], days[1], people[1])
    after = {day.key: day for day in swap.rota.days}
    picks = tuple(
        next(pick for pick in after[day].picks if pick.person == person)
        for day, person in zip(days, reversed(people), strict=True)
    )
    return PlannedSwap(before, swap.rota, swap.effect, picks)
