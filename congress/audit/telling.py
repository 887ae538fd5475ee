"""Connections tell the triggers who acts, and have the log sealed after what they committed."""

import json
import re

from . import postgresql, sqlite
from .actor import current
from .chain import seal_soon
from .proofs import marking_pads
from .tables import captured

_WRITES = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)
_UNDOES = re.compile(r"\s*ROLLBACK", re.IGNORECASE)
_IDLE = 0


class Telling:
    """Stands around each statement of a connection (``execute_wrappers``).

    PostgreSQL: before a transaction's first write the connection is told who acts, for the length
    of the transaction; so that no later one inherits it. It goes past Django's cursors: what a
    page asks for is the same with and without.
    """

    def __init__(self, connection):
        self.connection = connection
        self.tables = {table.name for table in captured()} | {"congress_auditentry"}
        self.told: str | None = None

    def __call__(self, execute, sql, params, many, context):
        raw = self.connection.connection
        if self.connection.vendor == "postgresql" and (
            raw.info.transaction_status == _IDLE or _UNDOES.match(sql)
        ):
            self.told = None
        found = _WRITES.match(sql)
        if not found or found[1] not in self.tables:
            return execute(sql, params, many, context)
        if self.connection.vendor == "postgresql":
            result = self._execute_told(execute, sql, params, many, context)
        else:
            result = execute(sql, params, many, context)
        if found[1] != "congress_auditentry" or "INSERT" in found[0].upper():
            seal_soon(self.connection)
        return result

    def _execute_told(self, execute, sql, params, many, context):
        raw = self.connection.connection
        if raw.autocommit:
            with raw.transaction():
                self._tell(raw)
                return execute(sql, params, many, context)
        self._tell(raw)
        return execute(sql, params, many, context)

    def _tell(self, raw) -> None:
        actor = current()
        user = actor.user
        said = {
            "user_key": user.pk if user else None,
            "username": user.username if user else "",
            "name": user.name if user else "",
            "role": user.role if user else "",
            "address": actor.address,
        }
        text = json.dumps(said, ensure_ascii=False)
        if text == self.told:
            return
        with raw.cursor() as cursor:
            cursor.execute(
                "SELECT set_config(%s, %s, true), set_config(%s, %s, true)",
                [postgresql.ACTOR, text, postgresql.PADS, marking_pads()],
            )
        self.told = text


def prepare(connection, **kwargs) -> None:
    """A connection was made (``connection_created``)."""
    if connection.vendor == "sqlite":
        sqlite.register(connection.connection)
    if not any(isinstance(each, Telling) for each in connection.execute_wrappers):
        connection.execute_wrappers.insert(0, Telling(connection))
