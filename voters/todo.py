"""What waits for a user in this room, for the to-do list and the dashboard."""

import datetime
from collections.abc import Iterable
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from congress.models import Township, User
from congress.todo import Sample, Todo, todo_source

from .models import Commitment, FeedbackItem
from .queues import Queue, Reminds, queues_of

#: So many of a queue are shown on the to-do list; the rest is in the list of items.
SHOWN = 5


@todo_source
def waiting_items(user: User, day: datetime.date) -> Iterable[Todo]:
    items = FeedbackItem.objects.visible_to(user).order_by()
    for queue in queues_of(user):
        waiting = queue.select(items, user, day)
        yield Todo(
            queue.label,
            waiting.count(),
            f"{reverse('feedbackitem_list')}?queue={queue.key}",
            queue.urgency,
            queue.advice,
            reminders=partial(reminders, queue, user, day),
            samples=partial(_first, queue, user, day),
        )


def reminders(queue: Queue, user: User, day: datetime.date) -> int:
    """How many of the queue have reached a day on which the township wants to be reminded.

    So many days before the deadline and on it; after it every so many days; of what was assigned,
    the day after.
    """
    items = queue.select(FeedbackItem.objects.visible_to(user), user, day).with_deadline()
    return items.filter(_days_to_remind(queue, items, day)).count()


def _days_to_remind(queue: Queue, items: QuerySet, day: datetime.date) -> Q:
    township = Township.current()
    days = [day, day + datetime.timedelta(days=township.remind_before_days)]
    if queue.reminds == Reminds.BEFORE:
        return Q(deadline__in=days)
    if queue.reminds == Reminds.PROMISE:
        open_ones = Commitment.objects.open().filter(item=OuterRef("pk"), due_on__in=days)
        return Q(Exists(open_ones))
    if queue.reminds == Reminds.AFTER:
        deadlines = items.order_by().values_list("deadline", flat=True).distinct()
        every = township.remind_after_days
        return Q(deadline__in=[each for each in deadlines if (day - each).days % every == 0])
    if queue.reminds == Reminds.ASSIGNMENT:
        return Q(assigned_on=day - datetime.timedelta(days=1))
    return Q(pk__in=[])


def _first(queue: Queue, user: User, day: datetime.date) -> list[Sample]:
    """Those due first; what has no deadline by the day it was registered."""
    items = queue.select(FeedbackItem.objects.visible_to(user), user, day).with_clock(day)
    return [
        Sample(str(item), _when(item), item.get_absolute_url())
        for item in items.order_by("due_on", "registered_on", "pk")[:SHOWN]
    ]


def _when(item: FeedbackItem) -> str:
    if item.deadline:
        return f"期限{item.deadline.isoformat()}"
    return f"{item.registered_on.isoformat()}登记"
