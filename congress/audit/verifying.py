"""Whether the log still says what was written: nothing changed, missing, put in or cut off."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from congress import append_only
from congress.models import AuditArchive, AuditEntry

from . import capture
from .chain import Head, Row, anchor, parts_of, rows, seal_pending
from .proofs import BEGINNING, is_archive_mark, is_linked, is_marked

#: An entry is chained as soon as its transaction is committed; none lasts so long.
LONGEST_TRANSACTION = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Verdict:
    """``head`` is worth keeping elsewhere: later it shows that nothing was cut off."""

    head: Head
    archived: int
    findings: tuple[str, ...]


def verdict(expected: Head | None = None) -> Verdict:
    """On the log in the database; entries that wait for it are chained first."""
    seal_pending()
    start, archive = anchor()
    findings = [*_triggers(), *_archives()]
    walk = _Walk(start, archive.before if archive else None, expected)
    findings += walk.through(rows(AuditEntry.objects.order_by("sequence", "pk")))
    return Verdict(walk.head, start.count, tuple(findings))


def is_part_of_log(head: Head) -> bool:
    """Whether the log of the database at hand goes on from there: it was not cut off before."""
    if head in {Head(0, BEGINNING), anchor()[0]}:
        return True
    return AuditEntry.objects.filter(sequence=head.count, digest=head.digest).exists()


def is_under_known_key() -> bool:
    """Whether the key is here under which the program marked its last entry."""
    row = next(rows(AuditEntry.objects.exclude(mark="").order_by("-pk")[:1]), None)
    return row is None or is_marked(row.content, row.mark)


def findings_in(archived: Iterable[Row], start: Head) -> tuple[Head, list[str]]:
    """On rows that an archive holds, which begin after ``start``."""
    walk = _Walk(start, None, None)
    findings = list(walk.through(archived))
    return walk.head, findings


class _Walk:
    def __init__(
        self, start: Head, before: datetime.datetime | None, expected: Head | None
    ) -> None:
        self.head = start
        self.before = before
        self.expected = expected
        # What was archived since cannot be looked up here; its file proves it.
        self.met = (
            expected is None
            or expected in (start, Head(0, start.digest))
            or expected.count < start.count
        )

    def through(self, entries: Iterable[Row]) -> Iterator[str]:
        for row in entries:
            if row.sequence is None:
                yield f"编号{row.key}的记录没有连入日志。"
                continue
            yield from self._link(row)
            yield from self._origin(row)
        if not self.met:
            yield (
                f"日志应有第{self.expected.count}条，链值{self.expected.digest}，"
                "现在没有：日志被截短或换掉。"
            )

    def _link(self, row: Row) -> Iterator[str]:
        following = self.head.count + 1
        if row.sequence > following:
            yield f"缺少第{following}条至第{row.sequence - 1}条。"
        elif row.sequence < following:
            yield f"第{row.sequence}条已经归档，又在日志中出现。"
            return
        elif not is_linked(
            row.digest, self.head.digest, row.sequence, row.key, row.mark, row.content
        ):
            yield f"第{row.sequence}条（编号{row.key}）与链值不符：被改动或换掉。"
        self.head = Head(row.sequence, row.digest)
        self.met = self.met or self.expected == self.head

    def _origin(self, row: Row) -> Iterator[str]:
        at = row.content.at.astimezone().strftime("%Y-%m-%d %H:%M")
        if not row.mark:
            said = row.content.words or "没有说明"
            yield f"第{row.sequence}条（{at}）不是本程序写入的：{said}。"
        elif not is_marked(row.content, row.mark):
            yield f"第{row.sequence}条（{at}）的写入标记不对：被改动或伪造。"
        elif self.before and row.content.at < self.before - LONGEST_TRANSACTION:
            yield f"第{row.sequence}条（{at}）早于已归档的日期：归档后放回。"


def _triggers() -> Iterator[str]:
    for table in append_only.unprotected(connection):
        yield f"数据表{table}失去保护，可以修改和删除；请运行 manage.py migrate。"
    for table in capture.missing(connection):
        yield f"数据表{table}的改动没有记入日志；请运行 manage.py migrate。"


def _archives() -> Iterator[str]:
    for archive in AuditArchive.objects.order_by("through"):
        if not is_archive_mark(archive.mark, *parts_of(archive)):
            yield f"归档至第{archive.through}条的记录是伪造的或被改动。"
