"""Every row of a table as a line of JSON, in the same words whichever database holds it.

Values are those of the columns: what is sealed stays sealed. Lines follow the key, names are
sorted, so that equal tables make equal files.
"""

import base64
import datetime
import decimal
import hashlib
import json
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import models, transaction

from congress.audit.chain import left_as_it_is

BATCH = 200
#: Whoever is logged in while a backup is made is not after it is restored.
LEFT_OUT = {"django_session"}


def kept_models(apps: Apps) -> list[type[models.Model]]:
    """One model a table, by the table's name."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return [found[table] for table in sorted(found) if table not in LEFT_OUT]


def write_rows(model: type[models.Model], path: Path) -> dict:
    """Write the table's rows to a new file; returns ``rows`` and ``sha256``."""
    count, digest = 0, hashlib.sha256()
    with path.open("xb") as file:
        for line in lines_of(model):
            file.write(line)
            digest.update(line)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def summary_of(model: type[models.Model]) -> dict:
    """What ``write_rows`` returns, without a file."""
    count, digest = 0, hashlib.sha256()
    for line in lines_of(model):
        digest.update(line)
        count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def lines_of(model: type[models.Model]) -> Iterator[bytes]:
    names = [field.attname for field in model._meta.local_concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        values = dict(zip(names, map(_told, row), strict=True))
        yield json.dumps(values, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def read_rows(models_of_state: list[type[models.Model]], folder: Path, connection) -> None:
    """Put the rows of all files into the tables in place of what they hold, as one transaction.

    No trigger may stand on them. Raises ``IntegrityError`` where the rows contradict each other.
    """
    with (
        left_as_it_is(),
        connection.constraint_checks_disabled(),
        transaction.atomic(connection.alias),
    ):
        with connection.cursor() as cursor:
            for model in models_of_state:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        for model in models_of_state:
            _read_table(model, folder / f"{model._meta.db_table}.jsonl", connection)
        connection.check_constraints()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models_of_state):
                cursor.execute(statement)


def _read_table(model: type[models.Model], path: Path, connection) -> None:
    fields = model._meta.local_concrete_fields
    batch: list[models.Model] = []
    most = min(BATCH, connection.ops.bulk_batch_size(fields, range(BATCH)))
    with path.open("rb") as file:
        for line in file:
            told = json.loads(line)
            values = {field.attname: _value(field, told[field.attname]) for field in fields}
            batch.append(model(**values))
            if len(batch) == most:
                _insert(model, fields, batch)
                batch = []
    if batch:
        _insert(model, fields, batch)


def _insert(model, fields, batch) -> None:
    # raw: no field may put the present moment in the place of what was written down.
    model._base_manager._insert(batch, fields=fields, using="default", raw=True)


def _told(value):
    match value:
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat()
        case decimal.Decimal() | uuid.UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    return value


def _value(field: models.Field, told):
    if told is None:
        return None
    match field.get_internal_type():
        case "BinaryField":
            return base64.b64decode(told)
        case "DateTimeField":
            return datetime.datetime.fromisoformat(told)
        case "DateField":
            return datetime.date.fromisoformat(told)
        case "TimeField":
            return datetime.time.fromisoformat(told)
        case "DecimalField":
            return decimal.Decimal(told)
        case "UUIDField":
            return uuid.UUID(told)
    return told
