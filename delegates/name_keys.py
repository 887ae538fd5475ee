"""Whether every person is found by name: the keys kept beside the names agree with them.

``migrate`` brings up those that a newer table of readings, or a hand in the database, left behind.
"""

from collections.abc import Iterator

from django.apps import apps as current
from django.core.checks import Error, Tags, Warning, register
from django.db import connections

from congress.sealing import Sealed, unseal

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


@register(Tags.database)
def names_are_found(app_configs, databases, **kwargs):
    found = []
    for alias in databases or []:
        if not _is_migrated(alias):
            continue
        people = current.get_model("delegates", "Delegate")._base_manager.using(alias)
        behind = sum(1 for _ in out_of_step(people))
        if behind:
            found.append(
                Warning(
                    f"有{behind}位代表按姓名、拼音可能检索不到。",
                    hint="运行 manage.py migrate，会自动更新。",
                    id="delegates.W001",
                )
            )
        closed = sum(
            map(
                _is_closed,
                people.exclude(identity_sealed="").values_list("identity_sealed", flat=True),
            )
        )
        if closed:
            found.append(
                Error(
                    f"有{closed}位代表的身份证号用现在的 PERSONAL_DATA_KEY 打不开。",
                    hint="把以前用过的 PERSONAL_DATA_KEY 加在后面，用英文逗号隔开。",
                    id="delegates.E001",
                )
            )
    return found


def _is_closed(sealed: str) -> bool:
    try:
        unseal(sealed)
    except Sealed:
        return True
    return False


def _is_migrated(alias: str) -> bool:
    connection = connections[alias]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return "delegates_delegate" in tables and any(
            column.name == "identity_sealed"
            for column in connection.introspection.get_table_description(
                cursor, "delegates_delegate"
            )
        )
