"""A new feedback item gets its number and its first entry in the trail."""

from congress.models import User
from congress.periods import today
from congress.privacy import without_personal_numbers
from voters.models import FeedbackItem, FeedbackStep
from voters.states import State

from .numbers import number_in_series


def enter_item(*, user: User, item: FeedbackItem, year: int) -> FeedbackItem:
    """Save a new item under the year's next number; within a transaction of the caller.

    Delegates' suggestions are numbered apart: 2020-Y001.
    """
    letter = "Y" if item.is_suggestion else "J"
    item.number = number_in_series(FeedbackItem, f"{year}-{letter}")
    item.registered_on = today()
    # A title stands in every list and on every paper.
    item.title = without_personal_numbers(item.title)
    item.state = State.REGISTERED
    item.full_clean()
    item.save()
    write_entry(user, item, "register", "")
    return item


def write_entry(user: User, item: FeedbackItem, kind: str, note: str) -> None:
    """An entry of the trail that moves nothing, or the first one.

    It says where the item is now, which somebody may have moved since ``item`` was read.
    """
    state = FeedbackItem.objects.values_list("state", flat=True).get(pk=item.pk)
    FeedbackStep.objects.create(
        item=item,
        user=user,
        kind=kind,
        from_state="" if kind == "register" else state,
        to_state=state,
        # Nothing in it can be cleared later.
        note=without_personal_numbers(note),
    )
