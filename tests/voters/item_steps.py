"""Steps of an item as the page sends them, and what became of the item."""

from voters.models import FeedbackItem


def take(client, item, step, **fields):
    return client.post(f"/items/{item.pk}/{step}/", {"version": item.version, **fields})


def values(item, *names):
    return FeedbackItem.objects.values_list(*names).get(pk=item.pk)


def trail(item):
    return list(item.steps.values_list("user__username", "from_state", "to_state", "note"))
