"""Asked again (曾反映): earlier items of the same matter, to be merged into or to answer from.

The database looks first, so that the words of at most ``SEARCHED`` items are compared whatever the
size of the register.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from congress.models import User
from congress.periods import today
from congress.privacy import texts_shown_to
from voters.models import FeedbackItem
from voters.outcomes import outcome_labels
from voters.recognition import most_similar
from voters.states import TAKING_OTHERS

#: The newest of the same village and topic, whatever their words.
NEWEST = 20
#: The newest of the same village or the same topic, whose words are compared.
SEARCHED = 200
#: The likest of those.
ALIKE = 10

_TEXTS = ("title", "summary", "visit__words")


@dataclass(frozen=True)
class Earlier:
    """An earlier item, with the outcome of its answer as this township calls it."""

    item: FeedbackItem
    outcome: str


@dataclass(frozen=True)
class AskedBefore:
    """Earlier items, the likest first: those that others may still be merged into, and the rest."""

    open: list[Earlier]
    over: list[Earlier]

    def __bool__(self) -> bool:
        return bool(self.open or self.over)


def asked_before(item: FeedbackItem, user: User) -> AskedBefore:
    """What this user may see of earlier items that ask the same as this one."""
    village = item.visit.village_id if item.visit_id else None
    earlier = _earlier_than(item, user)
    same = Q(topic=item.topic_id, visit__village=village)
    near = Q(topic=item.topic_id)
    if village:
        near |= Q(visit__village=village)
    searched = [
        (key, _joined(texts))
        for key, *texts in earlier.filter(near).values_list("pk", *_TEXTS)[:SEARCHED]
    ]
    asked = _joined([item.title, item.summary, item.visit.words if item.visit_id else ""])
    alike = [key for key, _ in most_similar(asked, searched, limit=ALIKE)]
    newest = earlier.filter(same).values_list("pk", flat=True)[:NEWEST]
    keys = list(dict.fromkeys([*alike, *newest]))
    shown = FeedbackItem.objects.filter(pk__in=keys).with_clock(today())
    shown = texts_shown_to(user, shown.select_related("lead_unit", "visit__day"), "reply")
    by_key = {found.pk: found for found in shown}
    labels = outcome_labels()
    found = [
        Earlier(by_key[key], labels.get(by_key[key].outcome, "")) for key in keys if key in by_key
    ]
    return AskedBefore(
        open=[other for other in found if _takes(other.item, item)],
        over=[other for other in found if not _takes(other.item, item)],
    )


def _takes(other: FeedbackItem, item: FeedbackItem) -> bool:
    """Whether the item may be merged into the other one; a suggestion only into a suggestion."""
    is_of_kind = other.is_suggestion or not item.is_suggestion
    return other.state in TAKING_OTHERS and is_of_kind


def _earlier_than(item: FeedbackItem, user: User) -> QuerySet[FeedbackItem]:
    """The latest first."""
    before = Q(registered_on__lt=item.registered_on)
    before |= Q(registered_on=item.registered_on, pk__lt=item.pk)
    return FeedbackItem.objects.visible_to(user).filter(before).order_by("-registered_on", "-pk")


def _joined(texts: list[str | None]) -> str:
    return " ".join(filter(None, texts))
