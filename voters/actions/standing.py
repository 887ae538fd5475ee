"""Which part a user has in items: who may take which step is said by ``lifecycle``."""

from collections.abc import Iterable

from congress.models import User
from congress.periods import today
from congress.roles import Role, handles_items, keeps_records, leads_group
from groups.models import DelegateGroup
from voters.lifecycle import STEPS
from voters.models import FeedbackItem, HandlingUnit
from voters.step import Actor, Step


def parts_of(user: User) -> set[Actor]:
    """Every part that the user may have in some item or other."""
    holders = {
        Actor.OFFICE: keeps_records(user),
        Actor.CHAIR: user.role == Role.CHAIR,
        Actor.LEADER: leads_group(user),
        Actor.LEAD_UNIT: handles_items(user),
        Actor.CO_UNIT: handles_items(user),
    }
    return {actor for actor, holds in holders.items() if holds}


class Standing:
    """One user's part in some items; as many queries for one item as for a thousand."""

    def __init__(self, user: User, items: Iterable[FeedbackItem]):
        self._everywhere = parts_of(user) & {Actor.OFFICE, Actor.CHAIR}
        self._led, self._shared, self._units = set(), set(), set()
        if leads_group(user):
            groups = DelegateGroup.objects.led_by(user, today())
            own = FeedbackItem.objects.filter(visit__day__group__in=groups)
            self._led = _keys(own.filter(pk__in=[item.pk for item in items]))
        if handles_items(user):
            units = HandlingUnit.objects.filter(accounts=user)
            self._units = _keys(units)
            shared = FeedbackItem.objects.filter(co_units__in=units)
            self._shared = _keys(shared.filter(pk__in=[item.pk for item in items]))

    def actors(self, item: FeedbackItem) -> set[Actor]:
        actors = set(self._everywhere)
        if item.pk in self._led:
            actors.add(Actor.LEADER)
        if item.lead_unit_id in self._units:
            actors.add(Actor.LEAD_UNIT)
        if item.pk in self._shared:
            actors.add(Actor.CO_UNIT)
        return actors

    def may(self, step: Step, item: FeedbackItem) -> bool:
        """Whether the user takes this step of this item at all, whatever its state."""
        return bool(step.who & self.actors(item))

    def next_steps(self, item: FeedbackItem) -> list[Step]:
        """What the user may do with the item now, in the order of the table."""
        return [step for step in STEPS.values() if step.fits(item) and self.may(step, item)]


def _keys(rows) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def takes_step(user: User, item: FeedbackItem, name: str) -> bool:
    """Whether this user takes this step of this item, whatever its state."""
    return Standing(user, [item]).may(STEPS[name], item)
