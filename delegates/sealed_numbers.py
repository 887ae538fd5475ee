"""Where 身份证号 stand sealed: with the person, and in the records of merged persons."""

from collections.abc import Iterator

from django.db import connection

from congress import append_only
from congress.key_rotation import Renewal, Store

from .models import Delegate, Merge

#: Rows a statement.
BATCH = 500


def of_persons() -> Iterator[str]:
    kept = Delegate.objects.exclude(identity_sealed="")
    return kept.values_list("identity_sealed", flat=True).iterator()


def renew_persons(renewal: Renewal) -> None:
    owners: dict[str, Delegate] = {}
    for person in Delegate.objects.exclude(identity_sealed="").select_for_update():
        old = person.identity_sealed
        person.identity_sealed, person.identity_index = renewal.sealed(old), renewal.index(old)
        twin = owners.setdefault(person.identity_index, person)
        if twin is not person:
            raise ValueError(f"代表{twin}和{person}登记的身份证号相同，请先核对或者合并。")
    Delegate.objects.bulk_update(
        owners.values(), ["identity_sealed", "identity_index"], batch_size=BATCH
    )


def of_merges() -> Iterator[str]:
    for record in Merge.objects.values_list("record", flat=True).iterator():
        for told in _persons_in(record):
            yield told["identity_sealed"]


def renew_merges(renewal: Renewal) -> None:
    """The record tells the same; without this a merge could not be undone under the new key."""
    with append_only.opened(connection, Merge._meta.db_table):
        for merge in Merge.objects.select_for_update():
            told = list(_persons_in(merge.record))
            for values in told:
                old = values["identity_sealed"]
                values["identity_sealed"] = renewal.sealed(old)
                values["identity_index"] = renewal.index(old)
            if told:
                merge.save(update_fields=["record"])


def _persons_in(told) -> Iterator[dict]:
    """Each set of values, at any depth, that holds a number."""
    if isinstance(told, dict):
        if told.get("identity_sealed"):
            yield told
        told = list(told.values())
    if isinstance(told, list):
        for part in told:
            yield from _persons_in(part)


STORES = (
    Store("代表的身份证号", of_persons, renew_persons),
    Store("代表合并记录中的身份证号", of_merges, renew_merges),
)
