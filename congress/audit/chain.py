"""The chain: each entry's digest holds the one before it, numbered without a gap.

Rows come unsealed, and after their commit a short transaction of its own chains all that are
there: no writer waits for another one's commit. PostgreSQL: one at a time, under an advisory lock.
"""

import datetime
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connections, transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast

from congress.faults import Trouble, trouble_of
from congress.models import AuditArchive, AuditEntry

from .proofs import BEGINNING, COLUMNS, Content, archive_mark, digest_of, is_archive_mark

logger = logging.getLogger(__name__)

#: The key of the advisory lock: any number that nothing else of this database uses.
LOCK = 7_203_110_801
#: As many rows are chained at once; a larger import takes several turns.
AT_ONCE = 2000

_left_as_it_is: ContextVar[bool] = ContextVar("left_as_it_is", default=False)


@dataclass(frozen=True)
class Row:
    """An entry as it stands in the database."""

    key: int
    sequence: int | None
    digest: str
    mark: str
    content: Content


@dataclass(frozen=True)
class Head:
    """How many entries are chained, archived ones too, and the digest of the last one."""

    count: int
    digest: str

    def __str__(self):
        return f"{self.count}:{self.digest}"

    @classmethod
    def read(cls, written: str) -> "Head":
        """Of what ``str`` gives. Raises ``ValueError``."""
        if not re.fullmatch(r"[0-9]+:[0-9a-f]{64}", written):
            raise ValueError(written)
        count, digest = written.split(":")
        return cls(int(count), digest)


def rows(entries) -> Iterator[Row]:
    """Of a queryset of entries, exactly as written."""
    columns = [name for name in COLUMNS if name != "changes"]
    values = entries.annotate(text=Cast(F("changes"), TextField())).values_list(
        "pk", "sequence", "digest", "mark", "text", *columns
    )
    for key, sequence, digest, mark, text, *others in values.iterator(2000):
        content = Content(**dict(zip(columns, others, strict=True)), changes=text)
        yield Row(key, sequence, digest, mark, content)


def parts_of(archive: AuditArchive) -> list[str]:
    """What the mark of an archive proves."""
    return [
        archive.at.astimezone(datetime.UTC).isoformat(),
        archive.before.astimezone(datetime.UTC).isoformat(),
        str(archive.through),
        archive.digest,
        archive.sha256,
    ]


def anchor() -> tuple[Head, AuditArchive | None]:
    """Where the chain in the database begins: after the last archive that the program made."""
    for archive in AuditArchive.objects.order_by("-through"):
        if is_archive_mark(archive.mark, *parts_of(archive)):
            return Head(archive.through, archive.digest), archive
    return Head(0, BEGINNING), None


def leave_anchor(archive: AuditArchive) -> None:
    archive.mark = archive_mark(*parts_of(archive))
    archive.save(force_insert=True)


def head() -> Head:
    last = AuditEntry.objects.exclude(sequence=None).order_by("-sequence").first()
    return Head(last.sequence, last.digest) if last else anchor()[0]


@contextmanager
def left_as_it_is():
    """Rows are put back as they were: what is written within is not chained for that."""
    token = _left_as_it_is.set(True)
    try:
        yield
    finally:
        _left_as_it_is.reset(token)


def seal_soon(connection) -> None:
    """Once this transaction is committed; without one, at the end of the request.

    Not while migrations are applied, which may stand before the columns of the chain.
    """
    if _left_as_it_is.get() or getattr(connection, "log_is_migrated", False):
        return
    if not connection.in_atomic_block:
        connection.log_is_unsealed = True
    elif not any(getattr(each[1], "seals_the_log", False) for each in connection.run_on_commit):

        def seal_committed():
            _seal_quietly(connection.alias)

        seal_committed.seals_the_log = True
        transaction.on_commit(seal_committed, using=connection.alias)


def seal_left() -> None:
    """What this thread wrote outside of a transaction."""
    for connection in connections.all(initialized_only=True):
        if getattr(connection, "log_is_unsealed", False):
            _seal_quietly(connection.alias)


def _seal_quietly(alias: str) -> None:
    """What was done stands, even if it is chained only by the next one."""
    connection = connections[alias]
    if connection.in_atomic_block:
        return
    try:
        with _not_waiting(connection):
            seal_pending(alias, wait=False)
        connection.log_is_unsealed = False
    except Exception as error:
        trouble = trouble_of(error)
        if trouble is None:
            logger.exception("The audit log could not be sealed")
        elif trouble is not Trouble.BUSY:
            logger.warning("The next entry of the audit log seals the last: %s", trouble.name)


@contextmanager
def _not_waiting(connection):
    """SQLite: who writes now chains these entries as well."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def seal_pending(alias: str = "default", *, wait: bool = True) -> None:
    """Chain all entries that are not yet; without waiting, unless somebody is at it."""
    while _seal_some(alias, wait) == AT_ONCE:
        pass


def _seal_some(alias: str, wait: bool) -> int:
    connection = connections[alias]
    with transaction.atomic(alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if wait:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            else:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                if not cursor.fetchone()[0]:
                    return 0
        pending = list(rows(AuditEntry.objects.filter(sequence=None).order_by("pk")[:AT_ONCE]))
        if not pending:
            return 0
        last = head()
        sealed = []
        for sequence, row in enumerate(pending, last.count + 1):
            digest = digest_of(last.digest, sequence, row.key, row.mark, row.content)
            last = Head(sequence, digest)
            sealed.append((sequence, digest, row.key))
        cursor.executemany(
            "UPDATE congress_auditentry SET sequence = %s, digest = %s WHERE id = %s", sealed
        )
    return len(pending)
