"""The inbox as the page sends it."""

import uuid

from tests import factory


def triage_post(item, **fields):
    """What the form of an open item sends, with the unit chosen and all else as it was."""
    sent = {
        "version": item.version,
        "submission": uuid.uuid4(),
        "topic": item.topic_id,
        "title": item.title,
        "summary": item.summary,
        "lead_unit": fields.pop("lead_unit", None) or factory.make_unit().name,
        "due_on": "2020-09-28",
        **fields,
    }
    return f"/items/inbox/?item={item.pk}", sent


def make_returned(visit=None, **fields):
    """An item that its unit returned on 19 August."""
    item = factory.make_item(visit, "assigned", **fields)
    item.state, item.return_kind = "returned", "not_ours"
    item.returned_on = factory.day("2020-08-19")
    item.right_unit = factory.make_unit("镇水利站")
    item.save()
    return item
