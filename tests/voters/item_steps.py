"""Steps of an item as the page sends them, and what became of the item."""

from voters.lifecycle import STEPS
from voters.models import FeedbackItem


def take(client, item, step, **fields):
    return client.post(f"/items/{item.pk}/{step}/", {"version": item.version, **fields})


def values(item, *names):
    return FeedbackItem.objects.values_list(*names).get(pk=item.pk)


def trail(item):
    """(who, from, to, what and why) of each entry, in order."""
    return [
        (step.user.username, step.from_state, step.to_state, step.words)
        for step in item.steps.select_related("user")
    ]


def offered(page):
    """Labels of the steps that the item's page offers, in their order."""
    return [STEPS[name].label for name in page.context["menu"].names]
