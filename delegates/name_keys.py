"""Whether every person is found by name: the keys kept beside the names agree with them.

``migrate`` brings up those that a newer table of readings, or a hand in the database, left behind.
"""

from collections.abc import Iterator

from django.apps import apps as current

from .pinyin import search_key


def out_of_step(people) -> Iterator:
    for person in people.only("name", "name_key").order_by("pk"):
        if person.name_key != search_key(person.name):
            yield person


def bring_up(using: str, apps=current, **kwargs) -> None:
    """After ``migrate``, also to a state that has no such keys yet."""
    model = apps.get_model("delegates", "Delegate")
    if any(field.name == "name_key" for field in model._meta.fields):
        behind = list(out_of_step(model._base_manager.using(using)))
        for person in behind:
            person.name_key = search_key(person.name)
        model._base_manager.using(using).bulk_update(behind, ["name_key"], batch_size=500)
