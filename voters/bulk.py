"""Many items at once: which were chosen on a list, and which of them a step moves.

What was chosen is always taken anew from what the user may see: keys and conditions of the address
only narrow that.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from congress.editing import fingerprint
from congress.fields import number_sent
from congress.models import User
from congress.periods import today
from voters.actions import Standing, parts_of
from voters.inbox import to_triage
from voters.item_filter import FeedbackItemFilter
from voters.lifecycle import STEPS
from voters.models import FeedbackItem
from voters.states import State
from voters.step import Step

#: More than this are not moved in one go.
MOST = 2000

#: Parameters of the address that are no condition of the list.
CHOICE = ("step", "item", "all", "inbox", "chosen", "forms")


def steps_in_bulk(user: User, states=tuple(State)) -> list[Step]:
    """Steps for many items in some of those states that the user may take of some item."""
    parts = parts_of(user)
    return [
        step
        for step in STEPS.values()
        if step.in_bulk and step.who & parts and step.leads.keys() & set(states)
    ]


@dataclass(frozen=True)
class Chosen:
    """What the step moves, and what it does not, with the reason."""

    movable: list[FeedbackItem]
    stuck: list[tuple[FeedbackItem, str]]
    is_too_much: bool = False

    def __bool__(self) -> bool:
        return bool(self.movable or self.stuck)

    @property
    def shown(self) -> str:
        """The same as long as the same items would be moved from where they are now."""
        return fingerprint([(item.pk, item.version) for item in self.movable])


def chosen(request: HttpRequest, step: Step) -> Chosen:
    items = _asked_for(request).with_clock(today()).select_related("topic", "lead_unit")
    found = list(items[: MOST + 1])
    standing = Standing(request.user, found)
    movable, stuck = [], []
    for item in found[:MOST]:
        if not standing.may(step, item):
            stuck.append((item, "不由您办理"))
        elif not step.fits(item):
            stuck.append((item, f"现在的状态是“{item.get_state_display()}”"))
        else:
            movable.append(item)
    return Chosen(movable, stuck, is_too_much=len(found) > MOST)


def _asked_for(request: HttpRequest) -> QuerySet[FeedbackItem]:
    sent = request.GET
    items = FeedbackItem.objects.visible_to(request.user)
    if "all" not in sent:
        keys = {number_sent(key) for key in sent.getlist("item")[:MOST]} - {None}
        return items.filter(pk__in=keys)
    if "inbox" in sent:
        return to_triage(request.user)
    return FeedbackItemFilter(sent, items, request=request).qs


def conditions(sent: QueryDict) -> list[tuple[str, str]]:
    """Name and value of each condition of the list that the address carries."""
    kept = [name for name in sent if name not in (*CHOICE, "page", "sort", "export")]
    return [(name, value) for name in kept for value in sent.getlist(name) if value]


def address_of_list(sent: QueryDict) -> str:
    """The list the items were chosen on, with its conditions."""
    if "inbox" in sent:
        return reverse("feedbackitem_inbox")
    query = QueryDict(mutable=True)
    for name, value in conditions(sent):
        query.appendlist(name, value)
    return reverse("feedbackitem_list") + (f"?{query.urlencode()}" if query else "")
